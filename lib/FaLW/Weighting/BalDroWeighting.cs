using static TorchSharp.torch;

namespace FaLW.Weighting;

/// <summary>Which way the dual of BalDRO-DV leans.</summary>
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
    public override string Title => Sign == DualSign.WorstCase ? "BalDRO-DV" : "BalDRO-DV (as released)";

    /// <inheritdoc/>
    public override Tensor Weights(ForgetState state)
    {
        if (state.Loss.shape[0] == 0) return ones_like(state.Loss);
        var exponent = Sign == DualSign.WorstCase ? (state.Loss.min() - state.Loss) / Beta : (state.Loss - state.Loss.max()) / Beta;
        var share = exponent.exp();
        return share / share.mean();
    }

    /// <inheritdoc/>
    public override IEnumerable<string> Faults() => Must.All(Must.Hold(Beta > 0, "be positive", Beta));
}

/// <summary>
/// BalDRO-G (arXiv 2601.09172, WWW 2026; code nxZhai/BalDRO): of each batch only the share with the lowest loss, the
/// hardest to forget, counts, and the loss is averaged over these: weight n / k on the k chosen of n,
/// 0 on the others. As the code does, k = max(1, floor(share * n)); of equal losses the first.
/// </summary>
/// <param name="Share">Share kept, above 0, at most 1; 1 is uniform. The code's default is one half.</param>
public sealed record BalDroGroupWeighting(double Share = 0.5) : LossWeighting
{
    /// <inheritdoc/>
    public override string Title => "BalDRO-G";

    /// <inheritdoc/>
    public override Tensor Weights(ForgetState state)
    {
        var count = state.Loss.shape[0];
        if (count == 0) return ones_like(state.Loss);
        var kept = Math.Max(1, (long)Math.Floor((decimal)Share * count));
        var chosen = state.Loss.argsort().narrow(0, 0, kept);
        return zeros_like(state.Loss).index_fill(0, chosen, (double)count / kept);
    }

    /// <inheritdoc/>
    public override IEnumerable<string> Faults() => Must.All(Must.BeAShare(Share, "the share kept of a batch"));
}
