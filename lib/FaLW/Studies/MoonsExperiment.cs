using FaLW.Data;
using FaLW.Metrics;
using FaLW.Models;
using FaLW.Training;
using FaLW.Unlearning;
using FaLW.Weighting;
using static TorchSharp.torch;

namespace FaLW.Studies;

/// <summary>
/// An experiment one can see: two moons, of which a fifth more or less is forgotten, two thirds of it from class 0. Original,
/// Retrain and any weighting in well under a second each, with the kit's own trainer and random labels. A random label is
/// never the true one here: with two classes it would be right half of the time, with a hundred classes it hardly ever is.
/// </summary>
public sealed class MoonsExperiment : IDisposable
{
    private const int Columns = 49, Rows = 41;
    private static readonly Network Network = Network.Perceptron with { Width = 128 };
    private static readonly TrainSpec Training = new(100, 32, 0.1, WeightDecay: 0, Schedule: Schedule.OneCycle);
    private readonly int seed;

    /// <summary>Draws points and splits.</summary>
    /// <param name="seed">Seed of everything; zero is a seed.</param>
    public MoonsExperiment(int seed = 0)
    {
        this.seed = seed;
        Moons = new TwoMoons(seed: seed);
        Images = new ImageSet(Moons.Pictures, 2, CPU);
        var spec = new DataSpec(Benchmark.Synthetic, new ForgetRule(0.3, 1, ClassOrder.Identity, Cap: 0.8), UnseenShare: 0.25, seed) { FirstClasses = 2 };
        Splits = Splits.Of(spec, Images.HostLabels, Images.TrainCount, Images.Classes);
    }

    internal TwoMoons Moons { get; }

    /// <summary>The points as pictures on the processor.</summary>
    public ImageSet Images { get; }

    /// <summary>Forget, retain, unseen and test points.</summary>
    public Splits Splits { get; }

    /// <summary>A model trained on everything, the points to forget included.</summary>
    public Classifier Original() => Trained([.. Splits.Forget.Concat(Splits.Retain).Order()]);

    /// <summary>A model trained without the points to forget.</summary>
    public Classifier Retrain() => Trained(Splits.Retain);

    /// <summary>Random labels under a weighting, 50 passes over the points.</summary>
    /// <param name="original">The model to start from; it is not changed.</param>
    /// <param name="weighting">Uniform for RL, forgetting-aware for FaLW.</param>
    public Classifier Unlearned(Classifier original, LossWeighting weighting)
    {
        var method = new RandomLabel(50, 0.05, ExcludeTrue: true) { BatchSize = 64, WeightDecay = 0, Schedule = Schedule.Cosine, Augmentation = Augmentation.None };
        return method.Unlearn(new UnlearningTask(original, Images, Splits, weighting, seed)).Model;
    }

    /// <summary>The probability a model gives the true class of some points.</summary>
    /// <param name="model">The model.</param>
    /// <param name="rows">Rows of <see cref="Images"/>.</param>
    /// <returns>float32 [n], in the caller's dispose scope.</returns>
    public Tensor TrueClassProbability(Classifier model, IReadOnlyList<int> rows) =>
        Predictions.TrueClassProbability(model, Images, Predictions.RowsOn(CPU, rows));

    /// <summary>The true classes of some points.</summary>
    /// <param name="rows">Rows of <see cref="Images"/>.</param>
    /// <returns>int64 [n], in the caller's dispose scope.</returns>
    public Tensor Labels(IReadOnlyList<int> rows) => Images.Labels.index_select(0, Predictions.RowsOn(CPU, rows));

    /// <summary>The state of the forget points under a model, as a weighting sees it (here in evaluation mode).</summary>
    public ForgetState State(Classifier model)
    {
        using var noGradient = no_grad();
        var (p, labels) = (TrueClassProbability(model, Splits.Forget), Labels(Splits.Forget));
        var profile = UnseenProfile.Of(TrueClassProbability(model, Splits.Unseen), Labels(Splits.Unseen), Images.Classes);
        float[] rarity = [.. Splits.ForgetCounts.Select(count => (float)((double)Splits.Forget.Count / Images.Classes / count))];
        var counts = tensor([.. Splits.ForgetCounts.Select(count => (double)count)], [Images.Classes], dtype: float64);
        var loss = p.log().neg();
        var none = full_like(p, double.NaN);
        return new ForgetState(labels, p, loss, profile.ZScore(p, labels), tensor(rarity).index_select(0, labels), none, counts, loss, none);
    }

    /// <summary>The plane under a model, with the weight that a weighting gives each forget point there.</summary>
    /// <param name="title">The model's name.</param>
    /// <param name="model">The model.</param>
    /// <param name="weighting">The weighting; null weighs every point 1.</param>
    public PlaneView View(string title, Classifier model, LossWeighting? weighting = null)
    {
        using var scope = NewDisposeScope();
        using var grid = new ImageSet(TwoMoons.Grid(Columns, Rows), 2, CPU);
        var toZero = Predictions.TrueClassProbability(model, grid, arange(Columns * Rows, dtype: int64)).data<float>().ToArray();
        var weights = (weighting ?? new UniformWeighting()).Weights(State(model)).to_type(float32).data<float>().ToArray();
        var forget = Splits.Forget.Select((row, i) => new PlanePoint(Moons.X[row], Moons.Y[row], Images.HostLabels[row], IsForget: true, weights[i]));
        var retain = Splits.Retain.Select(row => new PlanePoint(Moons.X[row], Moons.Y[row], Images.HostLabels[row], IsForget: false, 1));
        return new PlaneView(
            title, Enumerable.Range(0, Columns).Select(c => TwoMoons.GridX(c, Columns)).ToValueList(), Enumerable.Range(0, Rows).Select(r => TwoMoons.GridY(r, Rows)).ToValueList(),
            toZero.Select(p => 1.0 - p).ToValueList(), [.. retain, .. forget])
        {
            ForgetAccuracy = On(model, Splits.Forget).Accuracy,
            RetainAccuracy = On(model, Splits.Retain).Accuracy,
            TestAccuracy = On(model, Splits.Test).Accuracy,
            UnseenProbability = On(model, Splits.Unseen).ProbabilityWhere(_ => true),
        };
    }

    /// <inheritdoc/>
    public void Dispose() => Images.Dispose();

    private Prediction On(Classifier model, IReadOnlyList<int> rows) => Predictions.Of(model, Images, rows);

    private Classifier Trained(IReadOnlyList<int> rows)
    {
        var shape = Images.Benchmark;
        var model = Network.Create(shape.Channels, shape.Height, shape.Width, Images.Classes, seed, CPU);
        Trainer.Fit(model, Images, Training, Planners.Supervised(rows, Images.HostLabels, Training.BatchSize, seed), Objectives.CrossEntropy, seed);
        return model;
    }
}

/// <summary>One point of the plane under a model.</summary>
/// <param name="X">First coordinate.</param>
/// <param name="Y">Second coordinate.</param>
/// <param name="Class">Its class.</param>
/// <param name="IsForget">Whether it is to be forgotten.</param>
/// <param name="Weight">Its weight under the forgetting-aware weighting; 1 for a retained point.</param>
public sealed record PlanePoint(double X, double Y, int Class, bool IsForget, double Weight);

/// <summary>What a model makes of the plane: plain numbers to draw.</summary>
/// <param name="Title">The model's name.</param>
/// <param name="X">Places of the grid along x, ascending.</param>
/// <param name="Y">Places of the grid along y, ascending.</param>
/// <param name="Probability">Row by row from the lowest y: probability of class 1, 0 to 1.</param>
/// <param name="Points">The training points.</param>
public sealed record PlaneView(
    string Title, ValueList<double> X, ValueList<double> Y, ValueList<double> Probability, ValueList<PlanePoint> Points)
{
    /// <summary>Accuracy on the points to forget, in percent.</summary>
    public double ForgetAccuracy { get; init; }

    /// <summary>Accuracy on the retained points, in percent.</summary>
    public double RetainAccuracy { get; init; }

    /// <summary>Accuracy on the test points, in percent.</summary>
    public double TestAccuracy { get; init; }

    /// <summary>Mean probability of the true class on the unseen points, 0 to 1.</summary>
    public double UnseenProbability { get; init; }
}
