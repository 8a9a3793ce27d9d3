using System.Text.Json.Serialization;
using static TorchSharp.torch;

namespace FaLW.Weighting;

/// <summary>
/// SatImp (arXiv 2505.11953, ICML 2025; code in open-unlearning): w = p^beta1 (1 - p)^beta2 with p the probability of the
/// true class. The first factor fades what is forgotten already (saturation), the second favours what is not
/// yet certain (importance). Not normalised, so the learning rate must be tuned anew. There per token of a
/// language model, here per image.
/// </summary>
/// <param name="Beta1">Saturation, not negative. The code's default is 5.</param>
/// <param name="Beta2">Importance, not negative. The code's default is 1. Both 0 is uniform.</param>
public sealed record SaturationImportanceWeighting(double Beta1 = 5, double Beta2 = 1) : LossWeighting
{
    /// <summary>Whether the weights of a batch are divided by their mean; false is the weight as published, under which the learning rate must be tuned anew.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public bool Normalised { get; init; }

    /// <inheritdoc/>
    [JsonIgnore]
    public override string Title => Normalised ? "SatImp (normalised)" : "SatImp";

    /// <inheritdoc/>
    public override Tensor Weights(ForgetState state)
    {
        using var scope = NewDisposeScope();
        // From the loss, not from p: near p = 1 the difference 1 - p has no digits left.
        var loss = state.Loss.to_type(Normalised ? float64 : state.Loss.dtype);
        var weights = (loss * -Beta1).exp() * loss.neg().expm1().neg().pow(Beta2);
        return (Normalised ? OverTheirMean(weights) : weights).MoveToOuterDisposeScope();
    }

    /// <inheritdoc/>
    public override IEnumerable<string> Faults()
    {
        foreach (var (name, beta) in ((string, double)[])[("beta1", Beta1), ("beta2", Beta2)])
            if (!(beta >= 0 && double.IsFinite(beta))) yield return FormattableString.Invariant($"{name} must not be negative, but is {beta}");
    }
}
