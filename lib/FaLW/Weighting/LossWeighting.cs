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
    public virtual string Title => GetType().Name;

    /// <summary>The unseen profile is renewed every so many steps; 0 when z-scores are not needed.</summary>
    public virtual int ProfileEvery => 0;

    /// <summary>How many unseen samples a renewal of the profile evaluates, in turns; 0 for all of them.</summary>
    public virtual int ProfileSlice => 0;

    /// <summary>How many unseen samples of a class, at most, the profile is made of; 0 for all of them.</summary>
    public virtual int ProfilePerClass => 0;

    /// <summary>How z-scores are counted.</summary>
    public virtual Spread ProfileSpread => Spread.Gaussian;

    /// <summary>Whether the true-class probability under Original is needed.</summary>
    public virtual bool NeedsOriginal => false;

    /// <summary>Which losses of the whole forget set are needed.</summary>
    public virtual SetLoss SetLoss => SetLoss.None;

    /// <summary>What soft weights are to be solved for; null when they are not needed.</summary>
    public virtual SoftDemand? SoftDemand => null;

    /// <summary>Whether weights may be negative, which only a host that can turn a loss round understands.</summary>
    public virtual bool IsSigned => false;

    /// <summary>The one setting that decides most what the weights are, and that a search may try; NaN when there is none.</summary>
    public virtual double Searched => double.NaN;

    /// <summary>The weighting with that setting.</summary>
    public virtual LossWeighting WithSearched(double value) => this;

    /// <summary>The values a search tries: as many as it tries learning rates, so that every method has the same budget.</summary>
    public virtual IReadOnlyList<double> ValuesToSearch() => [];

    /// <summary>One weight per forget sample.</summary>
    /// <param name="state">The forget samples of one batch; there may be none.</param>
    /// <returns>[n], finite and not negative unless <see cref="IsSigned"/>, in the caller's dispose scope; the host takes the gradient off. Take care with
    /// <c>matmul</c>: shapes that do not fit end the process, where <c>mm</c> and <c>*</c> throw.</returns>
    public abstract Tensor Weights(ForgetState state);

    /// <summary>What is wrong with the settings, in the form "tau must not be negative, but is -1"; empty when nothing is.</summary>
    public virtual IEnumerable<string> Faults() => [];

    /// <summary>
    /// The weights of one batch divided by their mean, so that the learning rate keeps the meaning it has without weights. Where all are
    /// zero there is nothing to tell samples apart by, and each weighs 1. Give float64: small weights underflow in float32.
    /// </summary>
    /// <param name="weights">[n], not negative.</param>
    /// <returns>[n] with a mean of 1, in the caller's dispose scope.</returns>
    protected static Tensor OverTheirMean(Tensor weights)
    {
        var mean = weights.mean();
        return where(mean > 0, weights / mean, ones_like(weights));
    }
}

/// <summary>
/// What a weighting may see of the forget samples of one batch, never the model; no gradient is attached.
/// Retain samples are not among them. A quantity that the weighting did not ask for is NaN.
/// </summary>
/// <param name="Labels">int64 [n], true classes.</param>
/// <param name="Probability">float32 [n], probability of the true class in the forward pass that trains.</param>
/// <param name="Loss">float32 [n], cross-entropy to the true class in that pass, in nats.</param>
/// <param name="ZScore">float32 [n], distance from the unseen profile of the class in spreads; asked for by <see cref="LossWeighting.ProfileEvery"/>.</param>
/// <param name="Rarity">float32 [n], N_f / (C N_{f,k}) of the class: 1 is average, larger is rarer.</param>
/// <param name="OriginalProbability">float32 [n], probability of the true class under Original in evaluation mode; asked for by <see cref="LossWeighting.NeedsOriginal"/>.</param>
/// <param name="Counts">float64 [classes], forget samples of each class, whole set.</param>
/// <param name="SetLoss">float32 [N_f], loss of every forget sample of the whole set, in the order of the forget set; asked for by <see cref="LossWeighting.SetLoss"/>.</param>
/// <param name="Epsilon">float32 [n], soft weight of the sample, of mean absolute value 1 over the set: below 0 it is to be forgotten; asked for by <see cref="LossWeighting.SoftDemand"/>.</param>
public readonly record struct ForgetState(
    Tensor Labels, Tensor Probability, Tensor Loss, Tensor ZScore, Tensor Rarity, Tensor OriginalProbability, Tensor Counts, Tensor SetLoss,
    Tensor Epsilon)
{
    /// <summary>The epoch in progress, counted from 0.</summary>
    public int Epoch { get; init; }
}

/// <summary>Which losses of the whole forget set a weighting asks for.</summary>
public enum SetLoss
{
    /// <summary>None: the batch is enough.</summary>
    None,

    /// <summary>Under Original in evaluation mode; the same at every step.</summary>
    Original,

    /// <summary>
    /// The latest known of each sample: the one of the forward pass in which it was last trained on, this
    /// step's included, and that of Original before the first. Costs no pass of its own.
    /// </summary>
    Latest,
}

/// <summary>Every forget sample weighs 1: the method as it is.</summary>
public sealed record UniformWeighting : LossWeighting
{
    /// <inheritdoc/>
    public override string Title => "Uniform";

    /// <inheritdoc/>
    public override Tensor Weights(ForgetState state) => ones_like(state.Probability);
}
