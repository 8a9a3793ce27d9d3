using static TorchSharp.torch;

namespace FaLW.Weighting;

/// <summary>
/// Every forget sample weighs the same c: the control that tells the size of a weight from its distribution over samples. The
/// forget loss of the host is multiplied by c and nothing else changes; c = 1 is the method as it is, bit for bit.
/// </summary>
/// <param name="Weight">c, any finite number; below 0 the host must be able to turn its loss round.</param>
public sealed record ConstantWeighting(double Weight) : LossWeighting
{
    /// <inheritdoc/>
    public override string Title => "Constant";

    /// <inheritdoc/>
    public override bool IsSigned => Weight < 0;

    /// <inheritdoc/>
    public override Tensor Weights(ForgetState state) => full_like(state.Loss, Weight);

    /// <inheritdoc/>
    public override IEnumerable<string> Faults() => Must.All(Must.Hold(double.IsFinite(Weight), "be a finite number", Weight, "a constant weight"));
}

/// <summary>
/// The constant twin of a weighting: in every epoch each forget sample weighs what they weigh on average under
/// <paramref name="Of"/> in the same epoch of the same host, settings and seeds. What still differs between the two is what
/// the distribution of the weight over samples does, and not its size. The lab runs the weighted method first and takes
/// the means from its log; whoever runs a method without a lab gives them with <see cref="With"/>.
/// </summary>
/// <param name="Of">The weighting whose means are taken.</param>
public sealed record ConstantTwin(LossWeighting Of) : LossWeighting
{
    private double[] Means { get; init; } = [];

    /// <inheritdoc/>
    public override string Title => $"Constant as {Of.Title}";

    /// <inheritdoc/>
    public override bool IsSigned => Of.IsSigned;

    /// <summary>The twin with its weights known.</summary>
    /// <param name="means">Mean weight over the forget samples of each epoch, at least one; the last holds for all that follow.</param>
    public ConstantTwin With(IEnumerable<double> means) => this with { Means = [.. means] };

    /// <inheritdoc/>
    /// <exception cref="InvalidOperationException">The means are not known.</exception>
    public override Tensor Weights(ForgetState state) => Means.Length > 0
        ? full_like(state.Loss, Means[Math.Min(state.Epoch, Means.Length - 1)])
        : throw new InvalidOperationException(
            $"The constant twin of {Of.Title} does not know its weights before {Of.Title} has run; run it in a lab, which sees to that, or give it the means of a log (With).");

    /// <inheritdoc/>
    public override IEnumerable<string> Faults() => Of is UniformWeighting or ConstantWeighting or ConstantTwin
        ? [$"a constant twin is taken of a weighting that tells samples apart, but {Of.Title} gives all the same; use it as it is"]
        : Of.Faults();
}

/// <summary>
/// The plain remedy for a long tail, by class alone: w_k in proportion to 1 / n_k (inverse frequency) or to
/// (1 - beta) / (1 - beta^n_k) (effective number of samples, Cui et al., CVPR 2019, arXiv 1901.05555, Eq. 2).
/// Whatever weighs samples must beat it, or its instance part is not what helps. The mean over the forget
/// set is 1, so that the learning rate keeps its meaning; Cui et al. let the class weights sum to C, which
/// differs by a constant factor.
/// </summary>
/// <param name="Beta">From 0 (uniform) to below 1 (towards inverse frequency); null is inverse frequency itself.</param>
public sealed record ClassBalancedWeighting(double? Beta = null) : LossWeighting
{
    /// <inheritdoc/>
    public override string Title => Beta is null ? "Inverse frequency" : "Effective number";

    /// <inheritdoc/>
    public override Tensor Weights(ForgetState state)
    {
        // A class of which nothing is forgotten is never looked up; 1 keeps it out of the sums without dividing by zero.
        var counts = state.Counts.clamp(min: 1);
        var share = Beta is { } beta ? (beta * ones_like(counts)).pow(counts).neg().add(1).reciprocal() : counts.reciprocal();
        var scale = state.Counts.sum() / (state.Counts * share).sum();
        return (share * scale).index_select(0, state.Labels);
    }

    /// <inheritdoc/>
    public override IEnumerable<string> Faults() =>
        Must.All(Beta is { } beta ? Must.Hold(beta is >= 0 and < 1, "lie in 0 to 1, 1 excluded", beta, "beta of the effective number") : null);
}
