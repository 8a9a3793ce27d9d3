using System.Text.Json.Serialization;
using static TorchSharp.torch;

namespace FaLW.Weighting;

/// <summary>Which way the dual of BalDRO-DV leans.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<DualSign>))]
public enum DualSign
{
    /// <summary>+beta log mean exp(+L / beta): favours what is least forgotten, the worst case the paper's text speaks of.</summary>
    WorstCase,

    /// <summary>-beta log mean exp(-L / beta): what the published code computes; favours what is forgotten already.</summary>
    AsReleased,
}

/// <summary>
/// BalDRO-DV (arXiv 2601.09172, WWW 2026; code nxZhai/BalDRO): the Donsker-Varadhan dual over a batch, whose gradient
/// weighs samples by n softmax(+-L / beta). L is small once a sample is forgotten (there: NPO and its kin);
/// here L is minus the cross-entropy to the true class, the loss of gradient ascent, which is our choice. With
/// that choice the worst case is <see cref="LossBasedWeighting"/> of the same temperature.
/// </summary>
/// <param name="Beta">Temperature in nats, above 0. The scripts search 0.5, 1, 2, 5, 10.</param>
/// <param name="Sign">Which way it leans; text and code differ.</param>
public sealed record BalDroDualWeighting(double Beta = 1, DualSign Sign = DualSign.WorstCase) : LossWeighting
{
    /// <inheritdoc/>
    [JsonIgnore]
    public override string Title => Sign == DualSign.WorstCase ? "BalDRO-DV" : "BalDRO-DV (as released)";

    /// <inheritdoc/>
    public override Tensor Weights(ForgetState state)
    {
        using var scope = NewDisposeScope();
        if (state.Loss.shape[0] == 0) return ones_like(state.Loss).MoveToOuterDisposeScope();
        var exponent = Sign == DualSign.WorstCase ? (state.Loss.min() - state.Loss) / Beta : (state.Loss - state.Loss.max()) / Beta;
        var share = exponent.exp();
        return (share / share.mean()).MoveToOuterDisposeScope();
    }

    /// <inheritdoc/>
    public override IEnumerable<string> Faults()
    {
        if (!(Beta > 0)) yield return FormattableString.Invariant($"beta must lie above 0, but is {Beta}");
    }
}
