using System.Text.Json.Serialization;

namespace FaLW.Unlearning;

/// <summary>How <see cref="InfluenceUnlearning"/> approximates the inverse curvature.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<InfluenceInverse>))]
public enum InfluenceInverse
{
    /// <summary>1 / (diagonal of the empirical Fisher matrix + damping times its mean), from gradients of single retain samples.</summary>
    DiagonalFisher,

    /// <summary>
    /// The recursion of the public code, kept to be comparable with published tables. Its helper vector is only ever rescaled, so
    /// it stays parallel to the first sample's gradient and the result is the raw gradient difference with a correction in that
    /// one direction, not an inverse Fisher matrix times a vector.
    /// </summary>
    PublishedRecursion,
}
