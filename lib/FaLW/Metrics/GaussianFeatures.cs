namespace FaLW.Metrics;

/// <summary>
/// The Gaussian kernel exp(-(x - x')^2) on [0, 1] as a plain inner product. With c = x - 1/2 it is
/// exp(-c^2) exp(-c'^2) sum_k (2 c c')^k / k!, and since |2 c c'| is at most 1/2 the sum is exact to
/// double precision after 16 terms (0.5^16 / 16! is below 1e-18).
/// </summary>
internal static class GaussianFeatures
{
    /// <summary>Number of features.</summary>
    public const int Count = 16;

    /// <summary>Writes the features of a value.</summary>
    /// <param name="x">0 to 1.</param>
    /// <param name="features">Receives <see cref="Count"/> numbers.</param>
    public static void Write(double x, Span<double> features)
    {
        var centred = x - 0.5;
        features[0] = Math.Exp(-centred * centred);
        for (var k = 1; k < Count; k++) features[k] = features[k - 1] * centred * Math.Sqrt(2.0 / k);
    }

    /// <summary>Inner product of the features of a value with a weight vector.</summary>
    /// <param name="x">0 to 1.</param>
    /// <param name="weights"><see cref="Count"/> numbers.</param>
    public static double Dot(double x, ReadOnlySpan<double> weights)
    {
        Span<double> features = stackalloc double[Count];
        Write(x, features);
        var sum = 0.0;
        for (var k = 0; k < Count; k++) sum += features[k] * weights[k];
        return sum;
    }
}
