using System.Text.Json.Serialization;
using static TorchSharp.torch;

namespace FaLW.Weighting;

/// <summary>
/// WGA, weighted gradient ascent, as in open-unlearning's code: w = p^beta with p the probability of the true
/// class, not normalised, so the weights fall as forgetting goes on and with them the effective learning rate.
/// <see cref="LossBasedWeighting"/> with temperature 1 / beta is the same with a mean of 1: the
/// pair shows what normalisation does. There per token of a language model, here per image.
/// </summary>
/// <param name="Beta">Not negative; 0 is uniform. The code's default is 1.</param>
public sealed record WeightedAscentWeighting(double Beta = 1) : LossWeighting
{
    /// <summary>Whether the weights of a batch are divided by their mean; false is the weight as published, under which the learning rate must be tuned anew.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public bool Normalised { get; init; }

    /// <inheritdoc/>
    [JsonIgnore]
    public override string Title => Normalised ? "WGA (normalised)" : "WGA";

    /// <inheritdoc/>
    public override Tensor Weights(ForgetState state)
    {
        using var scope = NewDisposeScope();
        var weights = (state.Loss.to_type(Normalised ? float64 : state.Loss.dtype) * -Beta).exp();
        return (Normalised ? OverTheirMean(weights) : weights).MoveToOuterDisposeScope();
    }

    /// <inheritdoc/>
    public override IEnumerable<string> Faults()
    {
        if (!(Beta >= 0 && double.IsFinite(Beta))) yield return FormattableString.Invariant($"beta must not be negative, but is {Beta}");
    }
}
