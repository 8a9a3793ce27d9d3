using MathNet.Numerics.Distributions;
using MathNet.Numerics.Integration;
using MathNet.Numerics.RootFinding;

namespace FaLW.Metrics;

/// <summary>What a number of seeds can show: the smallest true difference that a paired t-test would find often enough.</summary>
public static class DetectableDifference
{
    private const int Order = 128;

    /// <summary>The minimum detectable difference of a two-sided paired t-test, in the unit of the deviation; exact, from the noncentral t distribution.</summary>
    /// <param name="deviation">Standard deviation of the paired differences, not negative.</param>
    /// <param name="pairs">Number of seeds; below 2 nothing can be shown and the answer is NaN.</param>
    /// <param name="confidence">1 minus the level of the test.</param>
    /// <param name="power">Chance to find a difference of that size, above 1 - confidence, below 1.</param>
    /// <exception cref="ArgumentOutOfRangeException">A chance is out of range.</exception>
    public static double Of(double deviation, int pairs, double confidence = 0.95, double power = 0.8)
    {
        if (!(confidence is > 0 and < 1)) throw new ArgumentOutOfRangeException(nameof(confidence), confidence, "A confidence lies between 0 and 1, both excluded.");
        if (!(power > 1 - confidence && power < 1))
            throw new ArgumentOutOfRangeException(nameof(power), power, "A power lies above 1 - confidence, which chance alone reaches, and below 1.");
        if (pairs < 2) return double.NaN;
        var critical = StudentT.InvCDF(0, 1, pairs - 1, (1 + confidence) / 2);
        var shift = Brent.FindRoot(delta => Power(delta, pairs - 1, critical) - power, 0, 20 + 20 * critical, 1e-10, 200);
        return shift * deviation / Math.Sqrt(pairs);
    }

    /// <summary>Chance that |t| exceeds a bound when t is noncentral.</summary>
    /// <param name="shift">Noncentrality: true difference over its standard error.</param>
    /// <param name="freedom">Degrees of freedom, at least 1.</param>
    /// <param name="critical">The bound, positive.</param>
    public static double Power(double shift, int freedom, double critical)
    {
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
