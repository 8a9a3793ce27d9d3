using System.Text.Json.Serialization;

namespace FaLW.Weighting;

/// <summary>How the distance of a probability from those of unseen samples of its class is counted.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<Spread>))]
public enum Spread
{
    /// <summary>In standard deviations of the probability: the paper's, which takes a normal law on 0 to 1.</summary>
    Gaussian,

    /// <summary>In standard deviations of the logit of the probability, which is not bounded (ours).</summary>
    GaussianOfLogit,

    /// <summary>As the normal score of the rank among the unseen samples: no law is assumed (ours).</summary>
    Quantile,
}
