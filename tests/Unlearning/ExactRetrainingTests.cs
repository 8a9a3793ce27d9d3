namespace FaLW.Tests.Unlearning;

/// <summary>
/// Logistic regression with weight decay has one optimum, so "training again without them" is a point, known here from descent on the
/// host in double precision without torch. What a method promises can be held to that point.
/// </summary>
public sealed class ExactRetrainingTests : IDisposable
{
    private const double Decay = 0.05;
    private const int All = 8;
    private readonly TinyWorld world = new();
    private readonly double[] retrain;

    public ExactRetrainingTests()
    {
        retrain = Optimum(world.Splits.Retain);
        Train(world.Original, [.. Enumerable.Range(0, All)]);
    }

    /// <summary>Methods that leave the retain loss alone when their forgetting part is turned off.</summary>
    public static TheoryData<GradientUnlearner> Descents =>
    [
        new FineTune(), new L1Sparse(Alpha: 0), new L1Sparse(Alpha: 1, EpochsWithout: 399), new Scrub(AscentEpochs: 0, Gamma: 1, Alpha: 0),
        new Scrub(AscentEpochs: 3, Gamma: 1, Alpha: 0), new NegGradPlus(RetainShare: 1),
    ];

    [Fact]
    public void Original_is_where_descent_on_all_samples_ends_and_not_where_it_ends_without_them()
    {
        TinyWorld.Near(Optimum([.. Enumerable.Range(0, All)]), TinyWorld.WeightsOf(world.Original), 1e-4);
        Assert.True(Distance(TinyWorld.WeightsOf(world.Original), retrain) > 0.1);
    }

    [Fact]
    public void Training_again_from_another_start_ends_at_the_same_point()
    {
        using var other = Network.Linear.Create(1, 1, 1, 3, seed: 77, CPU);
        Train(other, world.Splits.Retain);
        TinyWorld.Near(retrain, TinyWorld.WeightsOf(other), 1e-4);
    }

    /// <summary>Where the loss has one optimum, whatever was learnt or unlearnt before is forgotten exactly.</summary>
    [Theory]
    [MemberData(nameof(Descents))]
    public void Descent_on_the_retain_set_ends_at_Retrain(GradientUnlearner method) => TinyWorld.Near(
        retrain, world.After(method with { Epochs = 400, LearningRate = 0.5, BatchSize = All, WeightDecay = Decay, Augmentation = Augmentation.None }), 1e-4);

    /// <summary>With the penalty on, the end is somewhere else: the sign of every weight pulls with a force of alpha.</summary>
    [Fact]
    public void A_lasting_penalty_ends_elsewhere() => Assert.True(
        Distance(retrain, world.After(new L1Sparse(Alpha: 0.3, Epochs: 100, LearningRate: 0.5) { BatchSize = All, WeightDecay = Decay, Augmentation = Augmentation.None })) > 0.01);

    /// <summary>
    /// At the optimum of all samples the forget gradient is minus the retain gradient and the decay, each by its number of samples. So one step up the
    /// forget loss is one step down the retain loss, r / f as long, under n / r of the decay.
    /// </summary>
    [Fact]
    public void From_an_optimum_one_step_of_ascent_is_one_step_of_descent_on_the_rest()
    {
        double forget = world.Splits.Forget.Count, retain = world.Splits.Retain.Count;
        var up = world.After(new GradientAscent(Epochs: 1, LearningRate: 0.02) { BatchSize = All, WeightDecay = 0, Augmentation = Augmentation.None });
        var down = world.After(new FineTune(Epochs: 1, LearningRate: 0.02 * retain / forget) { BatchSize = All, WeightDecay = Decay * All / retain, Augmentation = Augmentation.None });
        TinyWorld.Near(down, up, 1e-4 * 0.02);
        Assert.True(Distance(TinyWorld.WeightsOf(world.Original), retrain) > Distance(up, retrain));
    }

    /// <summary>Balanced ascent and descent of NegGrad+ at share s moves against s g_r - (1 - s) g_f, worked on the host.</summary>
    [Fact]
    public void A_joint_step_is_the_difference_of_the_two_mean_gradients()
    {
        const double share = 0.7, rate = 0.1;
        var start = TinyWorld.WeightsOf(world.Original);
        var after = world.After(new NegGradPlus(Epochs: 1, LearningRate: rate, RetainShare: share) { BatchSize = All, WeightDecay = 0, Augmentation = Augmentation.None });
        var (retained, forgotten) = (Mean(start, world.Splits.Retain), Mean(start, world.Splits.Forget));
        TinyWorld.Near(start.Select((w, i) => w - (rate * ((share * retained[i]) - ((1 - share) * forgotten[i])))), after, 1e-6);
    }

    public void Dispose() => world.Dispose();

    private void Train(Classifier model, IReadOnlyList<int> rows) => Trainer.Fit(
        model, world.Images, new TrainSpec(400, All, 0.5, WeightDecay: Decay), Planners.Supervised(rows, world.Images.HostLabels, All, 0),
        Objectives.CrossEntropy, 0);

    private static double Distance(double[] first, double[] second) => Math.Sqrt(first.Zip(second, (a, b) => (a - b) * (a - b)).Sum());

    private static double[] Mean(double[] weights, IReadOnlyList<int> rows) =>
        [.. rows.Select(row => TinyWorld.GradientAt(weights, row)).Aggregate((a, b) => [.. a.Zip(b, (x, y) => x + y)]).Select(sum => sum / rows.Count)];

    private static double[] Optimum(IReadOnlyList<int> rows)
    {
        double[] weights = new double[6];
        for (var step = 0; step < 2000; step++) weights = [.. weights.Zip(Mean(weights, rows), (w, g) => w - (0.5 * (g + (Decay * w))))];
        return weights;
    }
}
