using FaLW.Data;
using MathNet.Numerics.Statistics;

namespace FaLW.Metrics;

/// <summary>Margins of one class under a model against those under Retrain.</summary>
/// <param name="Class">The class id.</param>
/// <param name="Count">Number of its forget samples.</param>
/// <param name="Shift">Mean margin minus Retrain's: positive is under-forgotten; NaN without samples.</param>
/// <param name="Distance">Wasserstein-1 distance of the two distributions, at least |<paramref name="Shift"/>|; NaN without samples.</param>
public sealed record ClassMargin(int Class, int Count, double Shift, double Distance);

/// <summary>
/// How far the margins of the forget samples are from Retrain's, class by class: a judge that no method here optimises, in the unit of
/// log-odds, which does not saturate as probabilities do. One model against one model, so compare it with Retrain of another seed.
/// </summary>
/// <param name="Classes">One row per class, in the order of the ids.</param>
/// <param name="ClassBalanced">Mean over classes of their distance.</param>
/// <param name="Pooled">Distance of all forget samples together; hides what classes cancel.</param>
public sealed record MarginReport(ValueList<ClassMargin> Classes, double ClassBalanced, double Pooled)
{
    /// <summary>Compares the margins of the forget samples under two models.</summary>
    /// <exception cref="ArgumentException">The lists have different lengths.</exception>
    public static MarginReport Of(IReadOnlyList<int> labels, IReadOnlyList<double> model, IReadOnlyList<double> retrain, int classes)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(classes, 1);
        if (model.Count != labels.Count || retrain.Count != labels.Count)
            throw new ArgumentException(Invariant(
                $"A distance of margins needs two margins for every forget sample, but got {labels.Count} labels, {model.Count} and {retrain.Count} margins."), nameof(labels));
        var rows = Enumerable.Range(0, labels.Count).ToLookup(i => labels[i]);
        ValueList<ClassMargin> found = [.. Enumerable.Range(0, classes).Select(k =>
        {
            double[] ours = [.. rows[k].Select(i => model[i])], theirs = [.. rows[k].Select(i => retrain[i])];
            return new ClassMargin(k, ours.Length, Means.Mean(ours) - Means.Mean(theirs), Wasserstein.Distance(ours, theirs));
        })];
        return new MarginReport(found, Means.Mean(found.Where(row => row.Count > 0).Select(row => row.Distance)), Wasserstein.Distance([.. model], [.. retrain]));
    }
}

/// <summary>
/// Three ways to say how far the margins of one sample under several unlearned models are from those under several retrained ones
/// ("oracles"). The first is the published one and the least steady: with 20 models a side it reads 3 where nothing differs.
/// </summary>
public static class MarginDivergence
{
    private const int Bins = 20;
    private const double Floor = 1e-5, Clip = 100, LeastDeviation = 0.05;

    /// <summary>
    /// KLoM (Georgiev, Rinberg et al., ICLR 2025, arXiv 2410.23232): KL(unlearned || oracle) in nats of histograms of 20 equal bins on the joint range, margins
    /// of one sample under the models of either side, clipped to 100, empty bins at 1e-5. The published code calls it with the arguments exchanged and loses the largest value; this does neither.
    /// </summary>
    /// <returns>Not negative; NaN when a margin is.</returns>
    /// <exception cref="Fault">A side is empty.</exception>
    public static double Binned(IReadOnlyList<double> unlearned, IReadOnlyList<double> oracle)
    {
        Demand.Some(Math.Min(unlearned.Count, oracle.Count), "Margins on both sides");
        if (unlearned.Any(double.IsNaN) || oracle.Any(double.IsNaN)) return double.NaN;
        double[] ours = [.. unlearned.Select(m => Math.Clamp(m, -Clip, Clip))], theirs = [.. oracle.Select(m => Math.Clamp(m, -Clip, Clip))];
        var (least, most) = (Math.Min(ours.Min(), theirs.Min()), Math.Max(ours.Max(), theirs.Max()));
        if (least == most) return 0;
        return Shares(ours, least, most).Zip(Shares(theirs, least, most), (p, q) => p * Math.Log(p / q)).Sum();
    }

    /// <summary>KL(unlearned || oracle) in nats of the two normal distributions with the samples' means and deviations, at least two a side; no deviation below 0.05 is believed, so that two equal margins are not taken for certainty.</summary>
    public static double Gaussian(IReadOnlyList<double> unlearned, IReadOnlyList<double> oracle)
    {
        var (a, b) = (unlearned.MeanStandardDeviation(), oracle.MeanStandardDeviation());
        var (ours, theirs) = (Math.Max(a.StandardDeviation, LeastDeviation), Math.Max(b.StandardDeviation, LeastDeviation));
        var shift = (a.Mean - b.Mean) / theirs;
        return Math.Log(theirs / ours) + (ours * ours / (theirs * theirs) + shift * shift - 1) / 2;
    }

    /// <summary>Wasserstein-1 distance in units of the oracles' standard deviation: the steadiest of the three for few models. No deviation below 0.05 is believed.</summary>
    public static double Scaled(IReadOnlyList<double> unlearned, IReadOnlyList<double> oracle) =>
        Wasserstein.Distance([.. unlearned], [.. oracle]) / Math.Max(oracle.StandardDeviation(), LeastDeviation);

    private static double[] Shares(double[] values, double least, double most)
    {
        var counts = new double[Bins];
        foreach (var value in values) counts[Math.Min(Bins - 1, (int)((value - least) / (most - least) * Bins))]++;
        return [.. counts.Select(count => Math.Max(count / values.Length, Floor))];
    }
}

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
    /// level, and as many unlearned models are compared, so that both figures have the same bias. One list of
    /// margins for each model, of the same samples; at least 4 retrained models and half as many unlearned ones.
    /// </summary>
    /// <exception cref="Fault">There are too few models; the sentence says how many are needed.</exception>
    public static DistributionMatch Of(IReadOnlyList<IReadOnlyList<double>> unlearned, IReadOnlyList<IReadOnlyList<double>> retrained)
    {
        var half = retrained.Count / 2;
        if (half < 2 || unlearned.Count < half)
            throw new Fault(Invariant(
                $"A distribution match needs at least 4 retrained models and half as many unlearned ones, but got {retrained.Count} and {unlearned.Count}; train more seeds, 10 to 20 for a steady figure."));
        foreach (var model in unlearned.Concat(retrained)) Demand.Alike(retrained[0].Count, model.Count, "Margins of the samples");
        IReadOnlyList<double>[] reference = [.. retrained.Take(half)];
        return new DistributionMatch(
            Between([.. unlearned.Skip(unlearned.Count - half)], reference), Between([.. retrained.Skip(retrained.Count - half)], reference), half);
    }

    private static Divergences Between(IReadOnlyList<double>[] models, IReadOnlyList<double>[] reference)
    {
        Divergence Of(Func<double[], double[], double> divergence) => Divergence.Of(Enumerable.Range(0, reference[0].Count)
            .Select(i => divergence([.. models.Select(model => model[i])], [.. reference.Select(model => model[i])])));
        return new Divergences(Of(MarginDivergence.Binned), Of(MarginDivergence.Gaussian), Of(MarginDivergence.Scaled));
    }
}

/// <summary>The Wasserstein-1 (earth mover's) distance on the line.</summary>
internal static class Wasserstein
{
    /// <summary>Area between the empirical distribution functions of two samples, in the unit of the values; a metric, exact for any two sizes.</summary>
    /// <returns>Not negative; NaN when a sample is empty or a number is NaN.</returns>
    public static double Distance(IReadOnlyCollection<double> first, IReadOnlyCollection<double> second)
    {
        if (first.Count == 0 || second.Count == 0 || first.Any(double.IsNaN) || second.Any(double.IsNaN)) return double.NaN;
        (double Value, double Step)[] steps =
            [.. first.Select(value => (value, 1.0 / first.Count)).Concat(second.Select(value => (value, -1.0 / second.Count))).OrderBy(step => step.Item1)];
        var (between, area) = (0.0, 0.0);
        for (var i = 0; i + 1 < steps.Length; i++)
        {
            between += steps[i].Step;
            area += Math.Abs(between) * (steps[i + 1].Value - steps[i].Value);
        }

        return area;
    }
}
