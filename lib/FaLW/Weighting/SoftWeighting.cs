using System.Text.Json.Serialization;
using static TorchSharp.torch;

namespace FaLW.Weighting;

/// <summary>How the epsilons of <see cref="SoftWeighting"/> are to be solved for.</summary>
/// <param name="KeepUtility">Whether the retain loss must stay to first order.</param>
/// <param name="WeightDecay">Ridge per training sample of the last layer's Hessian.</param>
public sealed record SoftDemand(bool KeepUtility, double WeightDecay);

/// <summary>
/// Soft weights (arXiv 2505.18783) as a plug-in for methods with a forget loss. The task is ours: for every class
/// the mean true-class probability on forget samples shall become that on unseen ones. The smallest epsilons
/// that promise it are solved once, on the last layer of Original, and scaled to a mean |epsilon| of 1, which
/// leaves of a target fraction nothing but a factor. How much a sample is forgotten is max(-epsilon, 0),
/// or, signed, -epsilon: below 0 the sample is learned instead. Exact to first order for the last layer; of a large one solved by conjugate gradients.
/// </summary>
/// <param name="KeepUtility">Scheme 2.3, the retain loss must stay; false is 2.1.</param>
/// <param name="Signed">Whether negative weights are passed on, which needs a method that can turn its loss round.</param>
/// <param name="WeightDecay">Ridge per training sample, above 0; the Hessian of a fitted model is nearly singular without.</param>
public sealed record SoftWeighting(bool KeepUtility = true, bool Signed = false, double WeightDecay = 5e-4) : LossWeighting
{
    /// <inheritdoc/>
    [JsonIgnore]
    public override string Title => Signed ? "Soft (signed)" : "Soft";

    /// <inheritdoc/>
    [JsonIgnore]
    public override bool IsSigned => Signed;

    /// <inheritdoc/>
    [JsonIgnore]
    public override SoftDemand? SoftDemand => new(KeepUtility, WeightDecay);

    /// <inheritdoc/>
    public override Tensor Weights(ForgetState state)
    {
        using var scope = NewDisposeScope();
        var wish = state.Epsilon.neg();
        return (Signed ? wish : wish.clamp(min: 0)).MoveToOuterDisposeScope();
    }

    /// <inheritdoc/>
    public override IEnumerable<string> Faults()
    {
        if (!(WeightDecay > 0 && double.IsFinite(WeightDecay))) yield return FormattableString.Invariant($"the weight decay must lie above 0, but is {WeightDecay}");
    }
}
