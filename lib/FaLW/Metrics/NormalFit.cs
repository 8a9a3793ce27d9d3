using FaLW.Data;
using MathNet.Numerics.Distributions;
using MathNet.Numerics.Statistics;

namespace FaLW.Metrics;

/// <summary>A normal law fitted to values by mean and spread, and how far the values are from it.</summary>
/// <param name="Count">Number of values.</param>
/// <param name="Mean">Arithmetic mean.</param>
/// <param name="Deviation">Population standard deviation, as FaLW's profile has it.</param>
/// <param name="Distance">Kolmogorov-Smirnov distance: the largest difference of the shares of values and of law below any point, 0 to 1; NaN when all values are equal.</param>
/// <param name="Skewness">Sample skewness: below 0 the long tail is on the left; NaN below three values.</param>
public sealed record NormalFit(int Count, double Mean, double Deviation, double Distance, double Skewness)
{
    /// <summary>Fits by moments to at least one finite value.</summary>
    /// <exception cref="ArgumentException">There is no value.</exception>
    public static NormalFit Of(IEnumerable<double> values)
    {
        double[] sorted = [.. values.Order()];
        if (sorted.Length == 0) throw new ArgumentException("A law cannot be fitted to no value at all.", nameof(values));
        var (mean, deviation) = (sorted.Average(), sorted.PopulationStandardDeviation());
        return new NormalFit(sorted.Length, mean, deviation, Largest(sorted, mean, deviation), sorted.Skewness());
    }

    /// <summary>Density of the fitted law.</summary>
    public double Density(double x) => Normal.PDF(Mean, Deviation, x);

    /// <summary>Share of the fitted law outside an interval, 0 to 1: for a probability outside 0 to 1, what cannot be.</summary>
    public double Outside(double low, double high) => Normal.CDF(Mean, Deviation, low) + Normal.CDF(-Mean, Deviation, -high);

    // The share of values jumps at each of them: the law is compared with both sides of the jump.
    private static double Largest(double[] sorted, double mean, double deviation) => !(deviation > 0) ? double.NaN : sorted.Select((value, i) =>
    {
        var below = Normal.CDF(mean, deviation, value);
        return Math.Max((i + 1.0) / sorted.Length - below, below - (double)i / sorted.Length);
    }).Prepend(0.0).Max();
}

/// <summary>
/// How far samples that are normal lie from the normal law fitted to them, by chance alone. Since mean and spread come from
/// the sample itself, the tables of Kolmogorov and Smirnov are far too generous; Lilliefors (JASA 62, 1967) simulated the right
/// ones, and so does this, with draws that are the same on every machine.
/// </summary>
/// <param name="Count">Values in a sample.</param>
/// <param name="Distances">Distances of the simulated samples, ascending.</param>
public sealed record NormalNull(int Count, ValueList<double> Distances)
{
    // A draw is a multiple of 2^-53; half a step more, and the quantile of 0 is never asked for.
    private const double HalfStep = 1.0 / (1UL << 54);

    /// <summary>Simulates normal samples, at least 100 of at least 3 values.</summary>
    public static NormalNull Of(int count, int seed, int samples = 2000)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(count, 3);
        ArgumentOutOfRangeException.ThrowIfLessThan(samples, 100);
        var stream = new SeededStream(seed, "normal samples");
        double Draw() => Normal.InvCDF(0, 1, stream.Unit() + HalfStep);
        return new NormalNull(count, [.. Enumerable.Range(0, samples).Select(_ => NormalFit.Of(Enumerable.Range(0, count).Select(_ => Draw())).Distance).Order()]);
    }

    /// <summary>The distance that a share of normal samples, 0 to 1, stays below.</summary>
    /// <exception cref="Fault">The share lies outside.</exception>
    public double Level(double share = 0.95)
    {
        Demand.Shares([share], "Shares of samples");
        return Distances.Any(double.IsNaN) ? double.NaN : Distances.QuantileCustom(share, QuantileDefinition.Excel);
    }

    /// <summary>Chance of a normal sample to lie as far from its law or farther; never 0, since only so many samples were drawn.</summary>
    public double PValue(double distance) => double.IsNaN(distance) || Distances.Any(double.IsNaN) ? double.NaN : (1.0 + Distances.Count(chance => chance >= distance)) / (1 + Distances.Count);
}
