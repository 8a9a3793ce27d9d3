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
    /// <summary>Fits by moments.</summary>
    /// <param name="values">At least one finite value.</param>
    /// <exception cref="ArgumentException">There is no value.</exception>
    public static NormalFit Of(IEnumerable<double> values)
    {
        double[] sorted = [.. values.Order()];
        if (sorted.Length == 0) throw new ArgumentException("A law cannot be fitted to no value at all.", nameof(values));
        var (mean, deviation) = (sorted.Average(), sorted.PopulationStandardDeviation());
        return new NormalFit(sorted.Length, mean, deviation, Largest(sorted, mean, deviation), sorted.Skewness());
    }

    /// <summary>Density of the fitted law.</summary>
    /// <param name="x">Any number.</param>
    public double Density(double x) => Normal.PDF(Mean, Deviation, x);

    /// <summary>Share of the fitted law outside an interval, 0 to 1: for a probability outside 0 to 1, what cannot be.</summary>
    /// <param name="low">Lower end.</param>
    /// <param name="high">Upper end.</param>
    public double Outside(double low, double high) => Normal.CDF(Mean, Deviation, low) + Normal.CDF(-Mean, Deviation, -high);

    // The share of values jumps at each of them: the law is compared with both sides of the jump.
    private static double Largest(double[] sorted, double mean, double deviation)
    {
        if (!(deviation > 0)) return double.NaN;
        var largest = 0.0;
        for (var i = 0; i < sorted.Length; i++)
        {
            var below = Normal.CDF(mean, deviation, sorted[i]);
            largest = Math.Max(largest, Math.Max((i + 1.0) / sorted.Length - below, below - (double)i / sorted.Length));
        }

        return largest;
    }
}
