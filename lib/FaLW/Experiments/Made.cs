using System.Text.Json.Serialization;

namespace FaLW.Experiments;

/// <summary>How a stage came about: told by whoever made it, kept with it, repeated whenever it is reused.</summary>
/// <param name="Seconds">Wall-clock time of the making.</param>
/// <param name="Provenance">Where it was made.</param>
public sealed record Made(double Seconds, Provenance Provenance)
{
    /// <summary>The most memory the process held while making it, in mebibytes; null where the system does not tell.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public double? PeakMemory { get; init; }
}
