using MathNet.Numerics.LinearAlgebra;

namespace FaLW.Metrics;

/// <summary>
/// Solves (D + V V') x = z for a positive diagonal D through the Woodbury identity, so that only a matrix
/// as large as the number of features is ever factored.
/// </summary>
internal sealed class DiagonalPlusKernel
{
    private readonly SignedFeatures features;
    private readonly double[] inverse;
    private readonly MathNet.Numerics.LinearAlgebra.Factorization.Cholesky<double> core;

    private DiagonalPlusKernel(SignedFeatures features, double[] inverse, Matrix<double> core) =>
        (this.features, this.inverse, this.core) = (features, inverse, core.Cholesky());

    /// <summary>Prepares the solution; null when rounding has made the core lose its positive definiteness.</summary>
    /// <param name="features">V, one row per point.</param>
    /// <param name="inverse">1 / D, one number per point.</param>
    public static DiagonalPlusKernel? Factor(SignedFeatures features, double[] inverse)
    {
        try
        {
            return new DiagonalPlusKernel(features, inverse, Core(features, inverse));
        }
        catch (ArgumentException)
        {
            return null;
        }
    }

    /// <summary>x of (D + V V') x = z.</summary>
    public double[] Solve(double[] z)
    {
        double[] scaled = [.. z.Zip(inverse, (number, scale) => number * scale)];
        var inner = core.Solve(Vector<double>.Build.Dense(features.Combine(scaled))).AsArray();
        for (var i = 0; i < scaled.Length; i++) scaled[i] -= inverse[i] * features.Dot(i, inner);
        return scaled;
    }

    private static Matrix<double> Core(SignedFeatures features, double[] inverse)
    {
        const int Size = GaussianFeatures.Count;
        var sum = new double[Size, Size];
        for (var i = 0; i < features.Count; i++)
        {
            var row = features[i];
            for (var k = 0; k < Size; k++)
                for (var l = 0; l <= k; l++) sum[k, l] += inverse[i] * row[k] * row[l];
        }

        return Matrix<double>.Build.Dense(Size, Size, (k, l) => sum[Math.Max(k, l), Math.Min(k, l)] + (k == l ? 1 : 0));
    }
}
