using FaLW.Data;
using FaLW.Models;

namespace FaLW.Metrics;

/// <summary>
/// ZRF, the zero-retrain forgetting metric (Chundawat et al., AAAI 2023, arXiv 2205.08096): 1 minus the mean Jensen-Shannon divergence, to base 2, of
/// the model's softmax from those of untrained networks on the forget set. Not "higher is better": a model that answers at random is not a
/// retrained one, so set it beside <em>Retrain's</em> figure. Code in circulation averages over classes too, exchanges the arguments of the
/// divergence or takes a cosine of logits; none of those is this number.
/// </summary>
internal static class ZeroRetrainForgetting
{
    // One alone measures its own accident.
    private const int FewestUntrained = 5;

    /// <summary>The figure of one model, from its logits on the forget set and those of at least 5 untrained networks. In evaluation mode their batch normalisation divides by the fresh running variance of 1.</summary>
    /// <returns>0 to 1.</returns>
    /// <exception cref="Fault">There are too few untrained networks, no row, or other rows.</exception>
    public static double Of(LogitTable model, IReadOnlyList<LogitTable> untrained)
    {
        if (untrained.Count < FewestUntrained)
            throw new Fault(Invariant(
                $"ZRF needs at least {FewestUntrained} untrained networks to average their accidents out, but got {untrained.Count}; create more with other seeds."));
        Demand.Some(model.Count, "Rows of logits");
        foreach (var other in untrained) Demand.Alike(model.Count, other.Count, "Rows of logits");
        return 1 - untrained.Average(other => Enumerable.Range(0, model.Count).Average(i => Divergence(model.Softmax(i), other.Softmax(i))));
    }

    /// <summary>Jensen-Shannon divergence of two distributions in bits, 0 (equal) to 1 (disjoint): half KL(p || m) plus half KL(q || m), m their mean.</summary>
    public static double Divergence(IReadOnlyList<double> first, IReadOnlyList<double> second)
    {
        Demand.Alike(first.Count, second.Count, "Classes of two distributions");
        static double Part(double share, double mean) => share == 0 ? 0 : share * Math.Log2(share / mean) / 2;
        return first.Zip(second, (p, q) => Part(p, (p + q) / 2) + Part(q, (p + q) / 2)).Sum();
    }
}
