namespace FaLW.Tests.Unlearning;

/// <summary>
/// Small science: on images that the Original has memorised, every method brings the mean true-class probability of the images to forget
/// nearer to Retrain's, over the whole set and in the head, by at least a tenth of the way. A probability moves with every step, where an
/// accuracy over 18 tail images stands still or jumps, so the statement holds on every processor.
/// </summary>
[Collection(nameof(World))]
public sealed class MethodScience(World world)
{
    public static TheoryData<Unlearner, LossWeighting> Methods => new()
    {
        { new FineTune(6, 0.1) { BatchSize = 64, WeightDecay = 5e-3, Augmentation = Augmentation.None }, new UniformWeighting() },
        { World.RandomLabels with { LearningRate = 0.01 }, new UniformWeighting() },
        { World.RandomLabels with { LearningRate = 0.005 }, new ForgettingAwareWeighting() },
        { World.RandomLabels with { LearningRate = 0.01, Order = LabelOrder.Sequential }, new ForgettingAwareWeighting() },
        { new SaliencyMask(World.RandomLabels with { LearningRate = 0.01 }), new UniformWeighting() },
        { new GradientAscent(4, 0.01) { BatchSize = 64, Augmentation = Augmentation.None }, new UniformWeighting() },
        { new L1Sparse(0.006, 6, 0.1) { BatchSize = 64, Augmentation = Augmentation.None }, new UniformWeighting() },
        { new BoundaryShrink(3, 0.006) { BatchSize = 64, Augmentation = Augmentation.None }, new UniformWeighting() },
        { new BoundaryExpand(3, 0.01) { BatchSize = 64, Augmentation = Augmentation.None }, new UniformWeighting() },
        { new Scrub(3, 0.01) { BatchSize = 64, ForgetBatchSize = 64, Augmentation = Augmentation.None }, new UniformWeighting() },
        { new NegGradPlus(2, 0.03, 0.5) { BatchSize = 64, Augmentation = Augmentation.None }, new UniformWeighting() },
        { new BadTeacher(1, 0.03) { BatchSize = 64, Augmentation = Augmentation.None }, new UniformWeighting() },
        { new InfluenceUnlearning(5e-4, Samples: 300), new UniformWeighting() },
        { new InfluenceUnlearning(15, InfluenceInverse.PublishedRecursion), new UniformWeighting() },
        { new SFRon(60, 0.02, 25, 3) { BatchSize = 64, Augmentation = Augmentation.None }, new UniformWeighting() },
        { new SelectiveSynapticDampening(10, 1, 64), new UniformWeighting() },
        { new BiasShift(), new UniformWeighting() },
        { new Reweighted(new FineTune(6, 0.1) { BatchSize = 64, WeightDecay = 5e-3, Augmentation = Augmentation.None }), new UniformWeighting() },
        { new Reweighted(World.RandomLabels with { LearningRate = 0.01 }), new UniformWeighting() },
        { new GradientRatio(15), new UniformWeighting() },
        { new InfluenceAscent(10, 0.003) { BatchSize = 64, Augmentation = Augmentation.None }, new UniformWeighting() },
    };

    [Theory]
    [MemberData(nameof(Methods))]
    public void A_method_comes_nearer_to_Retrain_and_leaves_no_tensor_behind(Unlearner method, LossWeighting weighting)
    {
        var alive = Alive;
        var (before, wanted, after) = (Forgotten(world.Original), Forgotten(world.Retrain), world.Unlearned(method, Forgotten, weighting));
        foreach (var (name, has) in new[] { ("all", _ => true), ("head", new Func<int, bool>(world.Splits.Groups.Head.Contains)) })
        {
            var (start, end, goal) = (before.ProbabilityWhere(has), after.ProbabilityWhere(has), wanted.ProbabilityWhere(has));
            Assert.True(start - goal > 0.1, FormattableString.Invariant($"{name}: nothing is there to forget, {start} and {goal}"));
            Assert.True(
                Math.Abs(end - goal) < 0.9 * (start - goal),
                FormattableString.Invariant($"{method} with {weighting.Title}, {name}: from {start:F3} to {end:F3}, Retrain {goal:F3}, {(start - end) / (start - goal):P0} of the way. Settings are free: take another rate, 0.003 to 0.1, or more epochs."));
        }
        Assert.Equal(alive, Alive);
    }

    private static long Alive => TorchSharp.DisposeScopeManager.Statistics.TensorStatistics.ThreadTotalLiveCount;

    private Prediction Forgotten(Classifier model) => Predictions.Of(model, world.Images, world.Splits.Forget);
}
