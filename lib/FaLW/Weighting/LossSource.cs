using System.Text.Json.Serialization;

namespace FaLW.Weighting;

/// <summary>Whose loss tells how hard a sample is to forget.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<LossSource>))]
public enum LossSource
{
    /// <summary>The model in training, in the forward pass that trains; the step needs it anyway.</summary>
    Dynamic,

    /// <summary>Original in evaluation mode, taken once.</summary>
    Static,
}

/// <summary>Over what the mean of the weights is 1.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<WeightScope>))]
public enum WeightScope
{
    /// <summary>The forget samples of the batch.</summary>
    Batch,

    /// <summary>The whole forget set, each sample with its latest known loss.</summary>
    Set,
}
