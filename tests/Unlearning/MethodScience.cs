namespace FaLW.Tests.Unlearning;

/// <summary>
/// Small science: on images that the Original has memorised, every method brings the mean true-class probability of the images to forget
/// nearer to Retrain's, over the whole set and in the head, by at least a tenth of the way. A probability moves with every step, where an
/// accuracy over 18 tail images stands still or jumps, so the statement holds on every processor.
/// </summary>
[Collection(nameof(World))]
public sealed class MethodScience(World world)
{
    private static readonly (string Settings, Unlearner Method, LossWeighting Weighting)[] Methods =
    [
        ("6 epochs, rate 0.1, decay 5e-3", new FineTune(6, 0.1) { BatchSize = 64, WeightDecay = 5e-3, Augmentation = Augmentation.None }, new UniformWeighting()),
        ("2 epochs, rate 0.01", World.RandomLabels with { LearningRate = 0.01 }, new UniformWeighting()),
        ("2 epochs, rate 0.005, forgetting-aware", World.RandomLabels with { LearningRate = 0.005 }, new ForgettingAwareWeighting()),
        ("2 epochs, rate 0.01, sequential, forgetting-aware", World.RandomLabels with { LearningRate = 0.01, Order = LabelOrder.Sequential }, new ForgettingAwareWeighting()),
        ("2 epochs, rate 0.01", new SaliencyMask(World.RandomLabels with { LearningRate = 0.01 }), new UniformWeighting()),
        ("4 epochs, rate 0.01", new GradientAscent(4, 0.01) { BatchSize = 64, Augmentation = Augmentation.None }, new UniformWeighting()),
        ("6 epochs, rate 0.1, alpha 0.006", new L1Sparse(0.006, 6, 0.1) { BatchSize = 64, Augmentation = Augmentation.None }, new UniformWeighting()),
        ("3 epochs, rate 0.006", new BoundaryShrink(3, 0.006) { BatchSize = 64, Augmentation = Augmentation.None }, new UniformWeighting()),
        ("3 epochs, rate 0.01", new BoundaryExpand(3, 0.01) { BatchSize = 64, Augmentation = Augmentation.None }, new UniformWeighting()),
        ("3 epochs, rate 0.01", new Scrub(3, 0.01) { BatchSize = 64, ForgetBatchSize = 64, Augmentation = Augmentation.None }, new UniformWeighting()),
        ("2 epochs, rate 0.03, beta 0.5", new NegGradPlus(2, 0.03, 0.5) { BatchSize = 64, Augmentation = Augmentation.None }, new UniformWeighting()),
        ("1 epoch, rate 0.03", new BadTeacher(1, 0.03) { BatchSize = 64, Augmentation = Augmentation.None }, new UniformWeighting()),
        ("alpha 5e-4, damping 0.1 of the mean", new InfluenceUnlearning(5e-4, Samples: 300), new UniformWeighting()),
        ("alpha 15", new InfluenceUnlearning(15, InfluenceInverse.PublishedRecursion), new UniformWeighting()),
        ("60 iterations, rate 0.02, alpha 25, period 3", new SFRon(60, 0.02, 25, 3) { BatchSize = 64, Augmentation = Augmentation.None }, new UniformWeighting()),
        ("alpha 10, batches of 64", new SelectiveSynapticDampening(10, 1, 64), new UniformWeighting()),
        ("one bias per class", new BiasShift(), new UniformWeighting()),
        ("6 epochs, rate 0.1, decay 5e-3", new Reweighted(new FineTune(6, 0.1) { BatchSize = 64, WeightDecay = 5e-3, Augmentation = Augmentation.None }), new UniformWeighting()),
        ("2 epochs, rate 0.01", new Reweighted(World.RandomLabels with { LearningRate = 0.01 }), new UniformWeighting()),
        ("alpha 15", new GradientRatio(15), new UniformWeighting()),
        ("10 epochs, rate 0.003", new InfluenceAscent(10, 0.003) { BatchSize = 64, Augmentation = Augmentation.None }, new UniformWeighting()),
    ];

    public static TheoryData<int> Rows => [.. Enumerable.Range(0, Methods.Length)];

    [Theory]
    [MemberData(nameof(Rows))]
    public void A_method_comes_nearer_to_Retrain(int row)
    {
        var (settings, method, weighting) = Methods[row];
        var (before, wanted, after) = (Forgotten(world.Original), Forgotten(world.Retrain), world.Unlearned(method, Forgotten, weighting));
        foreach (var (name, has) in new[] { ("all", _ => true), ("head", new Func<int, bool>(world.Splits.Groups.Head.Contains)) })
        {
            var (start, end, goal) = (Mean(before, has), Mean(after, has), Mean(wanted, has));
            Assert.True(start - goal > 0.1, FormattableString.Invariant($"{name}: nothing is there to forget, {start} and {goal}"));
            Assert.True(
                Math.Abs(end - goal) < 0.9 * (start - goal),
                FormattableString.Invariant($"{method.Title} ({settings}), {name}: from {start:F3} to {end:F3}, Retrain {goal:F3}, {(start - end) / (start - goal):P0} of the way. Settings are free: take another rate, 0.003 to 0.1, or more epochs."));
        }
    }

    private Prediction Forgotten(Classifier model) => Predictions.Of(model, world.Images, world.Splits.Forget);

    private static double Mean(Prediction of, Func<int, bool> has) =>
        Enumerable.Range(0, of.Count).Where(i => has(of.Labels[i])).Average(i => of.TrueClassProbability[i]);
}
