using FaLW.Data;
using FaLW.Experiments;
using FaLW.Metrics;
using FaLW.Models;
using FaLW.Training;
using FaLW.Unlearning;
using FaLW.Weighting;

namespace FaLW.Studies;

/// <summary>
/// The sizes of the study of audits. Small ones are perceptrons: a ResNet-8 of width 16 needs a minute to know by heart what a perceptron knows in three
/// seconds, and an audit wants dozens of models that do.
/// </summary>
internal static class AuditSizes
{
    /// <summary>The job at a scale, on the images meant for it.</summary>
    public static AuditSpec At(Scale scale) => scale.Name switch
    {
        "smoke" => Smoke(),
        "class" => Class(),
        "small" => Small(),
        _ => Paper(),
    };

    private static AuditSpec Smoke()
    {
        var data = new DataSpec(Benchmark.Synthetic, Forgotten, UnseenShare: 0.2);
        var training = new TrainSpec(20, 64, 0.1, Schedule: Schedule.OneCycle);
        return new AuditSpec(
            Methods(data, Network.Perceptron, training, new RandomLabel(3) { BatchSize = 64, Augmentation = Augmentation.None }),
            Models: 12, Shadows: 10, Draws: 2, new RelearnSpec(ForgetEpochs: 12, RetainEpochs: 3, LearningRate: 0.03), HeadAndTail(data, 40), Repeats: 3);
    }

    private static AuditSpec Class()
    {
        var data = new DataSpec(Benchmark.TurnedDigits, Forgotten, UnseenShare: 0.25);
        var training = new TrainSpec(30, 32, 0.03, WeightDecay: 0, Schedule: Schedule.OneCycle);
        return new AuditSpec(
            Methods(data, Network.Perceptron with { Width = 256 }, training, new RandomLabel(5) { BatchSize = 32, Augmentation = Augmentation.None }),
            Models: 12, Shadows: 10, Draws: 2, new RelearnSpec(ForgetEpochs: 12, RetainEpochs: 3, LearningRate: 0.01, BatchSize: 32), HeadAndTail(data, 20), Repeats: 3);
    }

    private static AuditSpec Small()
    {
        var data = new DataSpec(Benchmark.Cifar100, Forgotten, UnseenShare: 0.2) { FirstClasses = 8, TrainPerClass = 100 };
        var training = new TrainSpec(30, 32, 0.01, WeightDecay: 0, Schedule: Schedule.OneCycle);
        return new AuditSpec(
            Methods(data, Network.Perceptron with { Width = 256 }, training, new RandomLabel(5) { BatchSize = 32, Augmentation = Augmentation.None }),
            Models: 16, Shadows: 12, Draws: 3, new RelearnSpec(ForgetEpochs: 12, RetainEpochs: 3, LearningRate: 0.003, BatchSize: 32), HeadAndTail(data, 40), Repeats: 3);
    }

    // The study main at paper scale; the learning rates are those of the published code.
    private static AuditSpec Paper() => new(
        [.. MainMethods.At(Scale.Paper).Select(Protocol.Cifar100.With).Where(spec => spec.Unlearner is not GradientAscent)],
        Models: 20, Shadows: 16, Draws: 4, new RelearnSpec(ForgetEpochs: 5, RetainEpochs: 2, LearningRate: 0.01, BatchSize: 256, Every: 5), HeadAndTail(Protocol.Cifar100.Data, 200), Repeats: 3);

    private static ForgetRule Forgotten => new(0.2, 1, Cap: 0.8);

    // Learning rates are those of the methods' own defaults until a search has chosen (data/tuned).
    private static ValueList<ExperimentSpec> Methods(DataSpec data, Network network, TrainSpec training, RandomLabel random)
    {
        var plain = new UniformWeighting();
        Method[] methods =
        [
            new(new FineTune(random.Epochs) { BatchSize = random.BatchSize, Augmentation = random.Augmentation }, plain),
            new(random, plain), new(new SaliencyMask(random), plain), new(random, new ForgettingAwareWeighting(Tau: 0.15)),
        ];
        return [.. methods.Select(method => new ExperimentSpec(data, network, training, method.Unlearner, method.Weighting, new Seeds(0, 0)))];
    }

    private static InterclassConfusion HeadAndTail(DataSpec data, int images)
    {
        var order = data.Forget.ClassesByRank(data.Seed, data.Classes);
        return new InterclassConfusion(order[0], order[^1], images);
    }
}
