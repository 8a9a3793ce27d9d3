using System.Text.Json.Serialization;
using static TorchSharp.torch;

namespace FaLW.Weighting;

/// <summary>
/// From the state of the forget samples to one weight each. Retain samples always weigh 1 and no gradient
/// flows through a weight; both are the host's promise, not the weighting's. A weighting is a value: its
/// serialised form is part of the identity of a result. Anybody can write one, in a notebook cell too: a record with its settings as
/// parameters and <see cref="Weights"/>; then a hash of its code is part of that identity as well.
/// </summary>
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

    /// <summary>How many unseen samples of a class, at most, the profile is made of; 0 for all of them.</summary>
    [JsonIgnore]
    public virtual int ProfilePerClass => 0;

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
    /// <returns>[n], finite and not negative unless <see cref="IsSigned"/>, in the caller's dispose scope; the host takes the gradient off. Take care with
    /// <c>matmul</c>: shapes that do not fit end the process, where <c>mm</c> and <c>*</c> throw.</returns>
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
