using FaLW.Data;
using MathNet.Numerics.Distributions;

namespace FaLW.Metrics;

/// <summary>Two methods on the same seeds: is one nearer to Retrain, or is it the draw?</summary>
/// <param name="Difference">Mean difference, first minus second, with Student's interval.</param>
/// <param name="Student">Two-sided p-value of the paired t-test; NaN below two pairs, and where a value is not finite.</param>
/// <param name="SignFlip">
/// Two-sided p-value of the exact sign-flip test on the mean difference (Fisher 1935): no normality assumed, but never below
/// 2^(1 - pairs), so five pairs cannot show significance at 5 %. NaN below one pair, and where a value is not finite.
/// </param>
public sealed record PairedTest(Estimate Difference, double Student, double SignFlip)
{
    private const int MostExact = 20, Draws = 99_999;

    // Sums in another order differ in the last digits; equal differences are to count as equal.
    private const double Rounding = 1e-12;

    /// <summary>Compares paired values.</summary>
    /// <param name="first">One value per seed.</param>
    /// <param name="second">The other method on the same seeds, in the same order.</param>
    /// <param name="confidence">Of the interval, between 0 and 1.</param>
    /// <exception cref="ArgumentException">The lists have different lengths.</exception>
    public static PairedTest Of(IReadOnlyList<double> first, IReadOnlyList<double> second, double confidence = 0.95)
    {
        if (first.Count != second.Count)
            throw new ArgumentException(FormattableString.Invariant(
                $"Pairs need as many values on both sides, but got {first.Count} and {second.Count}; run both methods on the same seeds."), nameof(second));
        double[] differences = [.. first.Zip(second, (a, b) => a - b)];
        var estimate = Statistics.Over(differences, confidence);
        return new PairedTest(estimate, StudentP(estimate), SignFlipP(differences));
    }

    private static double StudentP(Estimate difference)
    {
        if (difference.Count < 2 || !double.IsFinite(difference.Deviation)) return double.NaN;
        var error = difference.Deviation / Math.Sqrt(difference.Count);
        if (error == 0) return difference.Mean == 0 ? 1 : 0;
        return 2 * StudentT.CDF(0, 1, difference.Count - 1, -Math.Abs(difference.Mean / error));
    }

    private static double SignFlipP(double[] differences)
    {
        if (differences.Length == 0 || !differences.All(double.IsFinite)) return double.NaN;
        var seen = Math.Abs(differences.Sum()) - Rounding * differences.Sum(Math.Abs);
        return differences.Length <= MostExact ? Exact(differences, seen) : Drawn(differences, seen);
    }

    private static double Exact(double[] differences, double seen)
    {
        var (all, extreme) = (1L << differences.Length, 0L);
        for (var signs = 0L; signs < all; signs++)
        {
            var sum = 0.0;
            for (var i = 0; i < differences.Length; i++) sum += (signs >> i & 1) == 0 ? differences[i] : -differences[i];
            if (Math.Abs(sum) >= seen) extreme++;
        }

        return (double)extreme / all;
    }

    private static double Drawn(double[] differences, double seen)
    {
        var (stream, extreme) = (new SeededStream(0, "sign flips"), 1);
        for (var draw = 0; draw < Draws; draw++)
        {
            var sum = 0.0;
            foreach (var difference in differences) sum += stream.Below(2) == 0 ? difference : -difference;
            if (Math.Abs(sum) >= seen) extreme++;
        }

        return extreme / (Draws + 1.0);
    }
}
