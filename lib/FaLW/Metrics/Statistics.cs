using FaLW.Data;
using MathNet.Numerics.Distributions;
using MathNet.Numerics.Integration;
using MathNet.Numerics.RootFinding;

namespace FaLW.Metrics;

/// <summary>A mean over independent runs and how sure it is.</summary>
/// <param name="Mean">Arithmetic mean; NaN without values.</param>
/// <param name="Deviation">Sample standard deviation (n - 1); NaN below two values.</param>
/// <param name="Count">Number of values.</param>
/// <param name="HalfWidth">The interval is Mean plus or minus this; NaN below two values: one run has no interval.</param>
public sealed record Estimate(double Mean, double Deviation, int Count, double HalfWidth);

/// <summary>Summaries over seeds.</summary>
public static class Statistics
{
    /// <summary>Mean, standard deviation and Student's t-interval of independent values, one per seed; the confidence lies between 0 and 1, both excluded.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The confidence is outside its range.</exception>
    public static Estimate Over(IEnumerable<double> values, double confidence = 0.95)
    {
        Between(confidence, "A confidence lies between 0 and 1, both excluded; 0.95 is usual.", nameof(confidence));
        double[] all = [.. values];
        var mean = all.Length == 0 ? double.NaN : all.Average();
        var deviation = MathNet.Numerics.Statistics.Statistics.StandardDeviation(all);
        var halfWidth = all.Length < 2 ? double.NaN : StudentT.InvCDF(0, 1, all.Length - 1, (1 + confidence) / 2) * deviation / Math.Sqrt(all.Length);
        return new Estimate(mean, deviation, all.Length, halfWidth);
    }

    internal static void Between(double chance, string sentence, string name)
    {
        if (!(chance is > 0 and < 1)) throw new ArgumentOutOfRangeException(name, chance, sentence);
    }
}

/// <summary>Two methods on the same seeds: is one nearer to Retrain, or is it the draw?</summary>
/// <param name="Difference">Mean difference, first minus second, with Student's interval.</param>
/// <param name="Student">Two-sided p-value of the paired t-test; NaN below two pairs, and where a value is not finite.</param>
public sealed record PairedTest(Estimate Difference, double Student)
{
    /// <summary>Compares two methods, one value per seed each, on the same seeds in the same order.</summary>
    /// <exception cref="ArgumentException">The lists have different lengths.</exception>
    public static PairedTest Of(IReadOnlyList<double> first, IReadOnlyList<double> second, double confidence = 0.95)
    {
        if (first.Count != second.Count)
            throw new ArgumentException(Invariant(
                $"Pairs need as many values on both sides, but got {first.Count} and {second.Count}; run both methods on the same seeds."), nameof(second));
        var estimate = Statistics.Over(first.Zip(second, (a, b) => a - b), confidence);
        return new PairedTest(estimate, StudentP(estimate));
    }

    private static double StudentP(Estimate difference)
    {
        if (difference.Count < 2 || !double.IsFinite(difference.Deviation)) return double.NaN;
        var error = difference.Deviation / Math.Sqrt(difference.Count);
        if (error == 0) return difference.Mean == 0 ? 1 : 0;
        return 2 * StudentT.CDF(0, 1, difference.Count - 1, -Math.Abs(difference.Mean / error));
    }
}

/// <summary>Several tests at once: the step-down correction of Holm (Scandinavian Journal of Statistics 6, 1979).</summary>
public static class Holm
{
    /// <summary>
    /// Adjusted p-values: the one of rank k (from the smallest) times the number of tests not yet passed, made monotone, at most 1. Rejecting
    /// those at or below a level keeps the chance of any false rejection at or below it, whatever the dependence. NaN is no test, stays NaN and does not count.
    /// </summary>
    /// <exception cref="Fault">A number is no chance.</exception>
    public static double[] Adjusted(IReadOnlyList<double> values)
    {
        Demand.Shares([.. values.Where(p => !double.IsNaN(p))], "P-values");
        double[] adjusted = [.. values];
        var (left, largest) = (values.Count(p => !double.IsNaN(p)), 0.0);
        foreach (var i in Enumerable.Range(0, values.Count).Where(i => !double.IsNaN(values[i])).OrderBy(i => values[i]))
            adjusted[i] = largest = Math.Max(largest, Math.Min(1, values[i] * left--));
        return adjusted;
    }
}

/// <summary>What a number of seeds can show: the smallest true difference that a paired t-test would find often enough.</summary>
public static class DetectableDifference
{
    private const int Order = 128;

    /// <summary>
    /// The minimum detectable difference where the true deviation is not known but estimated from the same few seeds. The estimate s of 3 pairs
    /// is too small by half or more in one study of five, so s is replaced by the upper bound that the true deviation stays below with a
    /// chance of <paramref name="assurance"/>: s sqrt(f / q), f = pairs - 1 and q the (1 - assurance) quantile of chi-squared with f degrees of
    /// freedom (Browne, Statistics in Medicine 14, 1995). With 80 %: 2.1 s for 3 pairs, 1.6 s for 5, 1.3 s for 10.
    /// </summary>
    /// <param name="deviation">Sample standard deviation of the paired differences, not negative; NaN gives NaN.</param>
    /// <param name="pairs">Number of seeds; below 2 nothing can be shown and the answer is NaN.</param>
    /// <param name="confidence">1 minus the level of the test.</param>
    /// <param name="power">Chance to find a difference of that size, above 1 - confidence, below 1.</param>
    /// <param name="assurance">Chance that the true deviation is no larger than what is reckoned with, between 0 and 1.</param>
    /// <exception cref="ArgumentOutOfRangeException">A chance is out of range.</exception>
    /// <exception cref="Fault">The deviation is negative or infinite.</exception>
    public static double OfSample(double deviation, int pairs, double confidence = 0.95, double power = 0.8, double assurance = 0.8)
    {
        Statistics.Between(assurance, "An assurance lies between 0 and 1, both excluded; 0.8 is usual.", nameof(assurance));
        var known = Of(deviation, pairs, confidence, power);
        return pairs < 2 ? known : known * Math.Sqrt((pairs - 1) / ChiSquared.InvCDF(pairs - 1, 1 - assurance));
    }

    /// <summary>The minimum detectable difference of a two-sided paired t-test whose true deviation is known, in the unit of the deviation; exact, from the noncentral t distribution.</summary>
    /// <exception cref="ArgumentOutOfRangeException">A chance is out of range.</exception>
    /// <exception cref="Fault">The deviation is negative or infinite.</exception>
    public static double Of(double deviation, int pairs, double confidence = 0.95, double power = 0.8)
    {
        Statistics.Between(confidence, "A confidence lies between 0 and 1, both excluded.", nameof(confidence));
        if (!(power > 1 - confidence && power < 1))
            throw new ArgumentOutOfRangeException(nameof(power), power, "A power lies above 1 - confidence, which chance alone reaches, and below 1.");
        if (deviation < 0 || double.IsInfinity(deviation)) throw new Fault(Invariant($"A standard deviation must be a number from 0 on, but is {deviation}."));
        if (pairs < 2 || double.IsNaN(deviation)) return double.NaN;
        var critical = StudentT.InvCDF(0, 1, pairs - 1, (1 + confidence) / 2);
        var shift = Brent.FindRoot(delta => Power(delta, pairs - 1, critical) - power, 0, 20 + 20 * critical, 1e-10, 200);
        return shift * deviation / Math.Sqrt(pairs);
    }

    /// <summary>Chance that |t| exceeds a positive bound when t is noncentral: its noncentrality is the true difference over its standard error.</summary>
    public static double Power(double shift, int freedom, double critical)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(freedom, 1);
        // t = (Z + shift) / (chi / sqrt(freedom)); given chi the chance is normal, and chi is within 12 of its mode for all that counts.
        double Given(double chi)
        {
            var bound = critical * chi / Math.Sqrt(freedom);
            return Chi.PDF(freedom, chi) * (Normal.CDF(0, 1, shift - bound) + Normal.CDF(0, 1, -shift - bound));
        }

        var (mode, least) = (Math.Sqrt(freedom - 1), Math.Max(0, Math.Sqrt(freedom - 1) - 12));
        return GaussLegendreRule.Integrate(Given, least, mode, Order) + GaussLegendreRule.Integrate(Given, mode, mode + 12, Order);
    }
}
