using System.Text.Json.Serialization;
using static TorchSharp.torch;

namespace FaLW.Weighting;

/// <summary>
/// BalDRO-G (arXiv 2601.09172, WWW 2026; code nxZhai/BalDRO): of each batch only the share with the lowest loss, the
/// hardest to forget, counts, and the loss is averaged over these: weight n / k on the k chosen of n,
/// 0 on the others. As the code does, k = max(1, floor(share * n)); of equal losses the first.
/// </summary>
/// <param name="Share">Share kept, above 0, at most 1; 1 is uniform. The code's default is one half.</param>
public sealed record BalDroGroupWeighting(double Share = 0.5) : LossWeighting
{
    /// <inheritdoc/>
    [JsonIgnore]
    public override string Title => "BalDRO-G";

    /// <inheritdoc/>
    public override Tensor Weights(ForgetState state)
    {
        using var scope = NewDisposeScope();
        var count = state.Loss.shape[0];
        if (count == 0) return ones_like(state.Loss).MoveToOuterDisposeScope();
        var kept = Math.Max(1, (long)Math.Floor((decimal)Share * count));
        var chosen = state.Loss.argsort().narrow(0, 0, kept);
        return zeros_like(state.Loss).index_fill(0, chosen, (double)count / kept).MoveToOuterDisposeScope();
    }

    /// <inheritdoc/>
    public override IEnumerable<string> Faults()
    {
        if (!(Share is > 0 and <= 1)) yield return FormattableString.Invariant($"the share kept of a batch must lie above 0 and at most at 1, but is {Share}");
    }
}
