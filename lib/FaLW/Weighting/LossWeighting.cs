using System.Text.Json.Serialization;
using static TorchSharp.torch;

namespace FaLW.Weighting;

/// <summary>
/// From the state of the forget samples to one weight each. Retain samples always weigh 1 and no gradient
/// flows through a weight; both are the host's promise, not the weighting's. A weighting is a value: its
/// serialised form is part of the identity of a result.
/// </summary>
[JsonPolymorphic]
[JsonDerivedType(typeof(UniformWeighting), nameof(UniformWeighting))]
[JsonDerivedType(typeof(ForgettingAwareWeighting), nameof(ForgettingAwareWeighting))]
[JsonDerivedType(typeof(ClassBalancedWeighting), nameof(ClassBalancedWeighting))]
[JsonDerivedType(typeof(LossBasedWeighting), nameof(LossBasedWeighting))]
[JsonDerivedType(typeof(WeightedAscentWeighting), nameof(WeightedAscentWeighting))]
[JsonDerivedType(typeof(NegativePreferenceWeighting), nameof(NegativePreferenceWeighting))]
[JsonDerivedType(typeof(SaturationImportanceWeighting), nameof(SaturationImportanceWeighting))]
[JsonDerivedType(typeof(BalDroGroupWeighting), nameof(BalDroGroupWeighting))]
[JsonDerivedType(typeof(BalDroDualWeighting), nameof(BalDroDualWeighting))]
[JsonDerivedType(typeof(SoftWeighting), nameof(SoftWeighting))]
[JsonDerivedType(typeof(ConstantWeighting), nameof(ConstantWeighting))]
[JsonDerivedType(typeof(ConstantTwin), nameof(ConstantTwin))]
public abstract record LossWeighting
{
    /// <summary>Short name for tables.</summary>
    [JsonIgnore]
    public virtual string Title => GetType().Name;

    /// <summary>The unseen profile is renewed every so many steps; 0 when z-scores are not needed.</summary>
    [JsonIgnore]
    public virtual int ProfileEvery => 0;

    /// <summary>How many unseen samples a renewal of the profile evaluates, in turns; 0 for all of them.</summary>
    [JsonIgnore]
    public virtual int ProfileSlice => 0;

    /// <summary>How z-scores are counted.</summary>
    [JsonIgnore]
    public virtual Spread ProfileSpread => Spread.Gaussian;

    /// <summary>Whether the true-class probability under Original is needed.</summary>
    [JsonIgnore]
    public virtual bool NeedsOriginal => false;

    /// <summary>Which losses of the whole forget set are needed.</summary>
    [JsonIgnore]
    public virtual SetLoss SetLoss => SetLoss.None;

    /// <summary>What soft weights are to be solved for; null when they are not needed.</summary>
    [JsonIgnore]
    public virtual SoftDemand? SoftDemand => null;

    /// <summary>Whether weights may be negative, which only a host that can turn a loss round understands.</summary>
    [JsonIgnore]
    public virtual bool IsSigned => false;

    /// <summary>One weight per forget sample.</summary>
    /// <param name="state">The forget samples of one batch; there may be none.</param>
    /// <returns>[n], in the caller's dispose scope.</returns>
    public abstract Tensor Weights(ForgetState state);

    /// <summary>
    /// The weights of one batch divided by their mean, so that the learning rate keeps the meaning it has without weights. Where all are
    /// zero there is nothing to tell samples apart by, and each weighs 1. Give float64: small weights underflow in float32.
    /// </summary>
    /// <param name="weights">[n], not negative.</param>
    /// <returns>[n] with a mean of 1, in the caller's dispose scope.</returns>
    protected static Tensor OverTheirMean(Tensor weights)
    {
        using var scope = NewDisposeScope();
        var mean = weights.mean();
        return where(mean > 0, weights / mean, ones_like(weights)).MoveToOuterDisposeScope();
    }

    /// <summary>What is wrong with the settings, in the form "tau must not be negative, but is -1"; empty when nothing is.</summary>
    public virtual IEnumerable<string> Faults() => [];
}
