using MathNet.Numerics.LinearAlgebra;

namespace FaLW.Tests.Shared;

/// <summary>
/// Logistic regression of three classes on one pixel, so three slopes and three intercepts: small enough that every gradient can be
/// worked out again on the host, in double precision, without torch.
/// </summary>
internal sealed class TinyWorld : IDisposable
{
    private static readonly Benchmark OnePixel = new("One pixel", 3, 1, 1, 1, [0.5], [0.25]);
    private static readonly byte[] Pixels = [10, 200, 60, 130, 250, 90, 170, 30, 128];
    private static readonly int[] Classes = [0, 1, 2, 0, 1, 2, 0, 1, 2];

    public TinyWorld()
    {
        Images = new ImageSet(new RawImages(OnePixel, Pixels, Classes, trainCount: 8), classes: 3, CPU);
        Splits = new Splits([0, 1, 5], [2, 3, 4, 6, 7], [], [8], Classes, 8, 3);
        Original = Network.Linear.Create(1, 1, 1, 3, seed: 5, CPU);
        Weights = WeightsOf(Original);
    }

    public ImageSet Images { get; }

    public Splits Splits { get; }

    public Classifier Original { get; }

    /// <summary>Three slopes, then three intercepts.</summary>
    public double[] Weights { get; }

    public UnlearningTask Task => new(Original, Images, Splits, new UniformWeighting(), Seed: 0);

    /// <summary>Gradient of the cross-entropy of one row at the Original.</summary>
    public Vector<double> Gradient(int row) => Vector<double>.Build.Dense(GradientAt(Weights, row));

    /// <summary>Gradient of the cross-entropy of one row: (p_k - [k = y]) x for slopes, without x for intercepts.</summary>
    public static double[] GradientAt(double[] weights, int row)
    {
        var x = Pixel(row);
        double[] scores = [.. Enumerable.Range(0, 3).Select(k => Math.Exp((weights[k] * x) + weights[k + 3]))];
        double[] error = [.. scores.Select((score, k) => (score / scores.Sum()) - (k == Classes[row] ? 1 : 0))];
        return [.. error.Select(e => e * x), .. error];
    }

    public Vector<double> SumOfGradients(IEnumerable<int> rows) => rows.Select(Gradient).Aggregate((a, b) => a + b);

    public Vector<double> MeanOfSquares(IReadOnlyList<int> rows) => rows.Select(row => Gradient(row).PointwisePower(2)).Aggregate((a, b) => a + b) / rows.Count;

    /// <summary>Three slopes, then three intercepts, of any such model.</summary>
    public static double[] WeightsOf(Classifier model) => [.. model.Parameters.SelectMany(Bits.Numbers).Select(value => (double)value)];

    /// <summary>The weights a method leaves.</summary>
    public double[] After(Unlearner method)
    {
        using var model = method.Unlearn(Task).Model;
        return WeightsOf(model);
    }

    /// <summary>By how much a method moves the weights.</summary>
    public Vector<double> Moved(Unlearner method) => Vector<double>.Build.Dense(After(method)) - Vector<double>.Build.Dense(Weights);

    public static void Near(IEnumerable<double> expected, IEnumerable<double> actual, double tolerance = 1e-5) =>
        Assert.All(expected.Zip(actual), pair => Assert.Equal(pair.First, pair.Second, tolerance));

    public void Dispose()
    {
        Original.Dispose();
        Images.Dispose();
    }

    private static double Pixel(int row) => ((Pixels[row] / 255.0) - 0.5) / 0.25;
}
