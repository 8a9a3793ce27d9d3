using MathNet.Numerics.LinearAlgebra;

namespace FaLW.Tests.Metrics;

/// <summary>The Fréchet distance of normal laws: where it is known in closed form, against an iteration in 50 digits, and what every distance must do.</summary>
public sealed class GaussianFitTests
{
    /// <summary>In one dimension, and along every axis of a diagonal one, it is (m - m')^2 + (s - s')^2.</summary>
    [Fact]
    public void Of_diagonal_laws_it_is_the_distance_of_means_and_deviations()
    {
        var (a, b) = (Law([1, 2, -1], [4, 9, 0]), Law([0, 2, 1], [1, 25, 16]));
        Assert.Equal(1 + 0 + 4 + 1 + 4 + 16, a.FrechetDistance(b), 1e-9);
        Assert.Equal(0, a.FrechetDistance(a), 1e-9);
    }

    [Fact]
    public void It_is_that_of_an_independent_root_in_fifty_digits() => Assert.All(Repository.Stored<Golden[]>("Metrics", "fixtures", "frechet.json"), golden =>
    {
        Assert.Equal(golden.Distance, GaussianFit.Of(golden.A).FrechetDistance(GaussianFit.Of(golden.B)), 1e-9);
        Assert.Equal(golden.Distance, GaussianFit.Of(golden.B).FrechetDistance(GaussianFit.Of(golden.A)), 1e-9);
    });

    /// <summary>Fewer rows than numbers: the covariance has no inverse, and eigenvalues that rounding makes negative.</summary>
    [Fact]
    public void A_shift_costs_its_square_also_where_rows_are_few()
    {
        double[][] rows = [.. Enumerable.Range(0, 5).Select(i => Enumerable.Range(0, 12).Select(k => Math.Sin(i + (3 * k))).ToArray())];
        double[][] shifted = [.. rows.Select(row => row.Select((x, k) => k == 4 ? x + 3 : x).ToArray())];
        Assert.Equal(9, GaussianFit.Of(rows).FrechetDistance(GaussianFit.Of(shifted)), 1e-6);
        Assert.InRange(GaussianFit.Of(rows).FrechetDistance(GaussianFit.Of(rows)), 0, 1e-6);
    }

    [Fact]
    public void What_is_no_number_or_does_not_fit_is_said()
    {
        Assert.Contains("number 1 of 2 is NaN", Assert.Throws<Fault>(() => GaussianFit.Of([[0, 1], [1, double.NaN]])).Message, StringComparison.Ordinal);
        Assert.Contains("at least two rows, but there are 1", Assert.Throws<Fault>(() => GaussianFit.Of([[0.0, 1]])).Message, StringComparison.Ordinal);
        Assert.Contains("as many on both sides", Assert.Throws<Fault>(() => GaussianFit.Of([[0, 1], [1]])).Message, StringComparison.Ordinal);
        Assert.Contains("there are 1 and 3", Assert.Throws<Fault>(() => Law([0], [1]).FrechetDistance(Law([0, 0, 0], [1, 1, 1]))).Message, StringComparison.Ordinal);
    }

    private static GaussianFit Law(double[] mean, double[] variances) =>
        new(Vector<double>.Build.Dense(mean), Matrix<double>.Build.DenseOfDiagonalArray(variances));

    private sealed record Golden(double[][] A, double[][] B, double Distance);
}
