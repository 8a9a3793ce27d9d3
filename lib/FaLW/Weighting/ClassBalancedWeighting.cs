using System.Text.Json.Serialization;
using static TorchSharp.torch;

namespace FaLW.Weighting;

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
    [JsonIgnore]
    public override string Title => Beta is null ? "Inverse frequency" : "Effective number";

    /// <inheritdoc/>
    public override Tensor Weights(ForgetState state)
    {
        using var scope = NewDisposeScope();
        // A class of which nothing is forgotten is never looked up; 1 keeps it out of the sums without dividing by zero.
        var counts = state.Counts.clamp(min: 1);
        var share = Beta is { } beta ? (beta * ones_like(counts)).pow(counts).neg().add(1).reciprocal() : counts.reciprocal();
        var scale = state.Counts.sum() / (state.Counts * share).sum();
        return (share * scale).index_select(0, state.Labels).MoveToOuterDisposeScope();
    }

    /// <inheritdoc/>
    public override IEnumerable<string> Faults()
    {
        if (Beta is { } beta && !(beta is >= 0 and < 1)) yield return FormattableString.Invariant($"beta of the effective number must lie in 0 to 1, 1 excluded, but is {beta}");
    }
}
