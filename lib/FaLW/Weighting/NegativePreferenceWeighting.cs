using System.Text.Json.Serialization;
using static TorchSharp.torch;

namespace FaLW.Weighting;

/// <summary>
/// NPO, negative preference optimisation, as a weight: the gradient of its loss (2 / beta) log(1 + (p / p0)^beta)
/// is that of log p times w = 2 p^beta / (p^beta + p0^beta), with p0 under Original. Gradient ascent
/// with this weight is NPO; it starts at 1 and fades once a sample is less likely than it was.
/// </summary>
/// <param name="Beta">Inverse temperature, above 0; towards 0 this is gradient ascent itself.</param>
public sealed record NegativePreferenceWeighting(double Beta = 1) : LossWeighting
{
    /// <summary>Whether the weights of a batch are divided by their mean; false is the weight as published, under which the learning rate must be tuned anew.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public bool Normalised { get; init; }

    /// <inheritdoc/>
    [JsonIgnore]
    public override string Title => Normalised ? "NPO (normalised)" : "NPO";

    /// <inheritdoc/>
    [JsonIgnore]
    public override bool NeedsOriginal => true;

    /// <inheritdoc/>
    public override Tensor Weights(ForgetState state)
    {
        using var scope = NewDisposeScope();
        // 2 sigmoid(beta (log p - log p0)): the same number, and nothing underflows.
        var weights = ((state.Loss + state.OriginalProbability.log()).to_type(Normalised ? float64 : state.Loss.dtype) * -Beta).sigmoid().mul(2);
        return (Normalised ? OverTheirMean(weights) : weights).MoveToOuterDisposeScope();
    }

    /// <inheritdoc/>
    public override IEnumerable<string> Faults()
    {
        if (!(Beta > 0 && double.IsFinite(Beta))) yield return FormattableString.Invariant($"beta must lie above 0, but is {Beta}");
    }
}
