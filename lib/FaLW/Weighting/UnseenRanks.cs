using static TorchSharp.torch;

namespace FaLW.Weighting;

/// <summary>
/// The unseen probabilities themselves. A probability with rank r among the m unseen ones of its class (ties
/// count half) lies at the quantile u = (r + 1/2) / (m + 1), and its z-score is the standard normal quantile
/// of u: 0 at the median, at most that of (m + 1/2) / (m + 1) above all of them, 2.06 for 50.
/// </summary>
/// <param name="Values">[classes, most], one row per class, shorter ones filled up with <see cref="Filler"/>.</param>
/// <param name="Counts">[classes], unseen samples of each class.</param>
public sealed record UnseenRanks(Tensor Values, Tensor Counts) : UnseenLaw
{
    /// <summary>Above every probability, so that it never counts.</summary>
    public const double Filler = 2;

    internal override IEnumerable<Tensor> Parts => [Values, Counts];

    /// <inheritdoc/>
    public override Tensor ZScore(Tensor probability, Tensor labels)
    {
        using var scope = NewDisposeScope();
        var (unseen, own) = (Values.index_select(0, labels), probability.unsqueeze(1));
        var rank = unseen.lt(own).to_type(float64).sum(1) + unseen.eq(own).to_type(float64).sum(1) * 0.5;
        return special.ndtri((rank + 0.5) / (Counts.index_select(0, labels) + 1)).to_type(probability.dtype).MoveToOuterDisposeScope();
    }
}
