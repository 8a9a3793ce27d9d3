using FaLW.Data;
using MathNet.Numerics.Statistics;

namespace FaLW.Metrics;

/// <summary>One divergence over many samples.</summary>
/// <param name="Mean">Mean over the samples.</param>
/// <param name="Median">Median over the samples.</param>
/// <param name="Worst">95th percentile over the samples: what the mean hides.</param>
public sealed record Divergence(double Mean, double Median, double Worst)
{
    internal static Divergence Of(IEnumerable<double> values)
    {
        double[] all = [.. values];
        if (all.Any(double.IsNaN)) return new Divergence(double.NaN, double.NaN, double.NaN);
        return new Divergence(all.Mean(), all.Median(), all.QuantileCustom(0.95, QuantileDefinition.Excel));
    }
}

/// <summary>The three divergences of <see cref="MarginDivergence"/> of some models from the retrained ones.</summary>
/// <param name="Binned">KLoM, nats.</param>
/// <param name="Gaussian">KL of fitted normal distributions, nats.</param>
/// <param name="Scaled">Wasserstein-1 in standard deviations of the retrained models.</param>
public sealed record Divergences(Divergence Binned, Divergence Gaussian, Divergence Scaled);

/// <summary>
/// Do unlearned models distribute their margins as retrained models do? Always with its null level: retrained models measured against other
/// retrained ones, in the same numbers. What does not rise above it is noise.
/// </summary>
/// <param name="Unlearned">Unlearned against retrained models.</param>
/// <param name="Null">Retrained against other retrained models, equally many on both sides.</param>
/// <param name="Models">Models on each side.</param>
public sealed record DistributionMatch(Divergences Unlearned, Divergences Null, int Models)
{
    /// <summary>
    /// Measures some samples. The retrained models are cut into two halves: the first is the reference, the second gives the null
    /// level, and as many unlearned models are compared, so that both figures have the same bias.
    /// </summary>
    /// <param name="unlearned">For each unlearned model the margins of the samples; at least half as many models as <paramref name="retrained"/>.</param>
    /// <param name="retrained">For each retrained model the margins of the same samples; at least 4 models.</param>
    /// <exception cref="Fault">There are too few models; the sentence says how many are needed.</exception>
    public static DistributionMatch Of(IReadOnlyList<IReadOnlyList<double>> unlearned, IReadOnlyList<IReadOnlyList<double>> retrained)
    {
        var half = retrained.Count / 2;
        if (half < 2 || unlearned.Count < half)
            throw new Fault(FormattableString.Invariant(
                $"A distribution match needs at least 4 retrained models and half as many unlearned ones, but got {retrained.Count} and {unlearned.Count}; train more seeds, 10 to 20 for a steady figure."));
        foreach (var model in unlearned.Concat(retrained)) Demand.Alike(retrained[0].Count, model.Count, "Margins of the samples");
        IReadOnlyList<double>[] reference = [.. retrained.Take(half)];
        return new DistributionMatch(
            Between([.. unlearned.Skip(unlearned.Count - half)], reference), Between([.. retrained.Skip(retrained.Count - half)], reference), half);
    }

    private static Divergences Between(IReadOnlyList<double>[] models, IReadOnlyList<double>[] reference)
    {
        (double[] Ours, double[] Theirs)[] samples = [.. Enumerable.Range(0, reference[0].Count)
            .Select(i => (models.Select(model => model[i]).ToArray(), reference.Select(model => model[i]).ToArray()))];
        return new Divergences(
            Divergence.Of(samples.Select(s => MarginDivergence.Binned(s.Ours, s.Theirs))),
            Divergence.Of(samples.Select(s => MarginDivergence.Gaussian(s.Ours, s.Theirs))),
            Divergence.Of(samples.Select(s => MarginDivergence.Scaled(s.Ours, s.Theirs))));
    }
}
