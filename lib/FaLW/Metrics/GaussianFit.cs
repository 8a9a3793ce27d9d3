using FaLW.Data;
using MathNet.Numerics.LinearAlgebra;

namespace FaLW.Metrics;

/// <summary>A normal law in several dimensions: mean and covariance of rows.</summary>
/// <param name="Mean">[d].</param>
/// <param name="Covariance">[d, d], of a sample (divided by n - 1).</param>
public sealed record GaussianFit(Vector<double> Mean, Matrix<double> Covariance)
{
    /// <summary>Fits by moments.</summary>
    /// <param name="rows">At least two rows of the same length, at least 1; finite numbers.</param>
    /// <exception cref="Fault">There are fewer, they differ in length, or a number is not finite.</exception>
    public static GaussianFit Of(IReadOnlyList<double[]> rows)
    {
        if (rows.Count < 2) throw new Fault(Invariant($"A covariance needs at least two rows, but there are {rows.Count}; give more images."));
        foreach (var row in rows)
        {
            Demand.Alike(rows[0].Length, row.Length, "Numbers of a row");
            Demand.Finite(row, "Features");
        }

        var all = Matrix<double>.Build.DenseOfRowArrays(rows);
        var mean = all.ColumnSums() / rows.Count;
        var centred = Matrix<double>.Build.DenseOfRowVectors(all.EnumerateRows().Select(row => row - mean));
        return new GaussianFit(mean, centred.TransposeThisAndMultiply(centred) / (rows.Count - 1));
    }

    /// <summary>
    /// The squared Fréchet distance of two normal laws (Dowson and Landau 1982), |m - m'|^2 + tr(C + C' - 2 (C^1/2 C' C^1/2)^1/2): not negative, 0 for equal laws. Between features of real and of made
    /// images this is what Heusel et al. 2017 call the Fréchet inception distance; with the features of another network it is on another scale, and few images make it too large.
    /// </summary>
    /// <param name="other">A law of the same dimension.</param>
    /// <returns>NaN where a mean or a covariance is not finite.</returns>
    /// <exception cref="Fault">The dimensions differ.</exception>
    public double FrechetDistance(GaussianFit other)
    {
        Demand.Alike(Mean.Count, other.Mean.Count, "Features");
        // A decomposition of what is no number need not end.
        if (!IsFinite || !other.IsFinite) return double.NaN;
        var difference = Mean - other.Mean;
        var root = Root(Covariance);
        var between = Root(root * other.Covariance * root).Trace();
        return Math.Max(0, difference.DotProduct(difference) + Covariance.Trace() + other.Covariance.Trace() - 2 * between);
    }

    private bool IsFinite => Mean.All(double.IsFinite) && Covariance.Enumerate().All(double.IsFinite);

    // Rounding makes zero eigenvalues of a matrix that has none below a little negative.
    private static Matrix<double> Root(Matrix<double> matrix)
    {
        var found = ((matrix + matrix.Transpose()) / 2).Evd(Symmetricity.Symmetric);
        var roots = Matrix<double>.Build.DiagonalOfDiagonalVector(found.EigenValues.Map(value => Math.Sqrt(Math.Max(0, value.Real))));
        return found.EigenVectors * roots * found.EigenVectors.Transpose();
    }
}
