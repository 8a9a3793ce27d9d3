using MathNet.Numerics.Distributions;

namespace FaLW.Metrics;

/// <summary>A mean over independent runs and how sure it is.</summary>
/// <param name="Mean">Arithmetic mean; NaN without values.</param>
/// <param name="Deviation">Sample standard deviation (n - 1); NaN below two values.</param>
/// <param name="Count">Number of values.</param>
/// <param name="HalfWidth">The interval is Mean plus or minus this; NaN below two values: one run has no interval.</param>
/// <param name="Confidence">Chance of such an interval to hold the true mean, e.g. 0.95.</param>
public sealed record Estimate(double Mean, double Deviation, int Count, double HalfWidth, double Confidence);

/// <summary>Summaries over seeds.</summary>
public static class Statistics
{
    /// <summary>Mean, standard deviation and Student's t-interval of independent values.</summary>
    /// <param name="values">One value per seed.</param>
    /// <param name="confidence">Between 0 and 1, both excluded.</param>
    /// <exception cref="ArgumentOutOfRangeException">The confidence is outside its range.</exception>
    public static Estimate Over(IEnumerable<double> values, double confidence = 0.95)
    {
        if (!(confidence is > 0 and < 1))
            throw new ArgumentOutOfRangeException(nameof(confidence), confidence, "A confidence lies between 0 and 1, both excluded; 0.95 is usual.");
        double[] all = [.. values];
        var mean = all.Length == 0 ? double.NaN : all.Average();
        var deviation = MathNet.Numerics.Statistics.Statistics.StandardDeviation(all);
        var halfWidth = all.Length < 2
            ? double.NaN
            : StudentT.InvCDF(0, 1, all.Length - 1, (1 + confidence) / 2) * deviation / Math.Sqrt(all.Length);
        return new Estimate(mean, deviation, all.Length, halfWidth, confidence);
    }
}
