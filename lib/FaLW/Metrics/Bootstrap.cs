using FaLW.Data;
using MathNet.Numerics.Distributions;
using MathNet.Numerics.Statistics;

namespace FaLW.Metrics;

/// <summary>A bootstrap interval of a mean.</summary>
/// <param name="Mean">Arithmetic mean of the values.</param>
/// <param name="Low">Lower end; NaN below two values.</param>
/// <param name="High">Upper end; NaN below two values.</param>
/// <param name="Confidence">Chance of such an interval to hold the true mean, for many values; below about ten it promises too much, Student's interval does not.</param>
/// <param name="Resamples">Resamples drawn.</param>
public sealed record Bootstrap(double Mean, double Low, double High, double Confidence, int Resamples)
{
    /// <summary>
    /// The bias-corrected and accelerated interval (Efron, "Better bootstrap confidence intervals", JASA 82, 1987), from resamples that
    /// are the same on every machine.
    /// </summary>
    /// <param name="values">Independent values, one per seed; where one is not finite the interval is NaN.</param>
    /// <param name="seed">Seed of the resampling; zero is a seed.</param>
    /// <param name="confidence">Between 0 and 1, both excluded.</param>
    /// <param name="resamples">How many resamples, at least 1000.</param>
    /// <exception cref="ArgumentOutOfRangeException">Confidence or resamples out of range.</exception>
    public static Bootstrap Over(IEnumerable<double> values, int seed, double confidence = 0.95, int resamples = 9999)
    {
        if (!(confidence is > 0 and < 1))
            throw new ArgumentOutOfRangeException(nameof(confidence), confidence, "A confidence lies between 0 and 1, both excluded; 0.95 is usual.");
        ArgumentOutOfRangeException.ThrowIfLessThan(resamples, 1000);
        double[] all = [.. values];
        var mean = all.DefaultIfEmpty(double.NaN).Average();
        if (all.Length < 2 || !all.All(double.IsFinite)) return new Bootstrap(mean, double.NaN, double.NaN, confidence, resamples);
        if (all.All(value => value == all[0])) return new Bootstrap(mean, all[0], all[0], confidence, resamples);
        var means = Means(all, new SeededStream(seed, "bootstrap"), resamples);
        var bias = Normal.InvCDF(0, 1, (means.Count(m => m < mean) + means.Count(m => m == mean) / 2.0) / resamples);
        var acceleration = Acceleration(all);
        double At(double share)
        {
            var shifted = bias + Normal.InvCDF(0, 1, share);
            return means.QuantileCustom(Normal.CDF(0, 1, bias + shifted / (1 - acceleration * shifted)), QuantileDefinition.Excel);
        }

        return new Bootstrap(mean, At((1 - confidence) / 2), At((1 + confidence) / 2), confidence, resamples);
    }

    private static double[] Means(double[] all, SeededStream stream, int resamples)
    {
        var means = new double[resamples];
        for (var i = 0; i < resamples; i++)
        {
            var sum = 0.0;
            for (var k = 0; k < all.Length; k++) sum += all[stream.Below(all.Length)];
            means[i] = sum / all.Length;
        }

        return means;
    }

    // The jackknife means of a mean differ from it by (mean - value) / (n - 1), so values will do.
    private static double Acceleration(double[] all)
    {
        var mean = all.Average();
        var squares = all.Sum(value => (value - mean) * (value - mean));
        return all.Sum(value => Math.Pow(value - mean, 3)) / (6 * Math.Pow(squares, 1.5));
    }
}
