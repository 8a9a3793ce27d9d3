using FaLW.Data;
using MathNet.Numerics.Statistics;

namespace FaLW.Metrics;

/// <summary>
/// Three ways to say how far the margins of one sample under several unlearned models are from those under several retrained ones
/// ("oracles"). The first is the published one and the least steady: with 20 models a side it reads 3 where nothing differs.
/// </summary>
public static class MarginDivergence
{
    private const int Bins = 20;
    private const double Floor = 1e-5, Clip = 100;

    /// <summary>
    /// KLoM (Georgiev, Rinberg et al., ICLR 2025, arXiv 2410.23232): KL(unlearned || oracle) in nats of histograms of 20 equal bins on the joint range, margins
    /// clipped to 100, empty bins at 1e-5. The published code calls it with the arguments exchanged and loses the largest value; this does neither.
    /// </summary>
    /// <param name="unlearned">Margins of one sample under the unlearned models, at least one.</param>
    /// <param name="oracle">Its margins under the retrained models, at least one.</param>
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

    /// <summary>KL(unlearned || oracle) in nats of the two normal distributions with the samples' means and deviations.</summary>
    /// <param name="unlearned">Margins of one sample, at least two.</param>
    /// <param name="oracle">Its margins under the retrained models, at least two.</param>
    /// <param name="least">Smallest deviation believed, positive, so that two equal margins are not taken for certainty.</param>
    /// <exception cref="Fault">The smallest deviation is not positive.</exception>
    public static double Gaussian(IReadOnlyList<double> unlearned, IReadOnlyList<double> oracle, double least = 0.05)
    {
        Demand.Above(0, least, "The smallest deviation believed");
        var (a, b) = (unlearned.MeanStandardDeviation(), oracle.MeanStandardDeviation());
        var (ours, theirs) = (Math.Max(a.StandardDeviation, least), Math.Max(b.StandardDeviation, least));
        var shift = (a.Mean - b.Mean) / theirs;
        return Math.Log(theirs / ours) + (ours * ours / (theirs * theirs) + shift * shift - 1) / 2;
    }

    /// <summary>Wasserstein-1 distance in units of the oracles' standard deviation: the steadiest of the three for few models.</summary>
    /// <param name="unlearned">Margins of one sample, at least one.</param>
    /// <param name="oracle">Its margins under the retrained models, at least two.</param>
    /// <param name="least">Smallest deviation believed, positive.</param>
    /// <exception cref="Fault">The smallest deviation is not positive.</exception>
    public static double Scaled(IReadOnlyList<double> unlearned, IReadOnlyList<double> oracle, double least = 0.05) =>
        Wasserstein.Distance([.. unlearned], [.. oracle]) / Math.Max(oracle.StandardDeviation(), Demand.Above(0, least, "The smallest deviation believed"));

    private static double[] Shares(double[] values, double least, double most)
    {
        var counts = new double[Bins];
        foreach (var value in values) counts[Math.Min(Bins - 1, (int)((value - least) / (most - least) * Bins))]++;
        return [.. counts.Select(count => Math.Max(count / values.Length, Floor))];
    }
}
