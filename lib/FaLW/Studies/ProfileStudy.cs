using FaLW.Data;
using FaLW.Experiments;
using FaLW.Models;
using FaLW.Training;
using FaLW.Unlearning;
using FaLW.Weighting;

namespace FaLW.Studies;

/// <summary>
/// The question how unseen images lie, and what it costs to know: an Original and a Retrain, and runs of FaLW from that Original. It has
/// settings of its own, small enough for two minutes on one core, so that it stands whatever the studies choose.
/// </summary>
/// <param name="Spec">Images, network and training; its method is random labels under Algorithm 1.</param>
/// <param name="LearningRates">Learning rates of the runs.</param>
/// <param name="Others">Other ways to keep the profile, which look on.</param>
public sealed record ProfileStudy(ExperimentSpec Spec, ValueList<double> LearningRates, ValueList<ForgettingAwareWeighting> Others)
{
    private static readonly int[] Intervals = [2, 5, 10, 20];

    /// <summary>The study at a scale.</summary>
    /// <param name="scale">Smoke: the digits; Class: the turned digits of <see cref="Scale.Class"/>; Small: six classes of CIFAR-100, 250 images to train, 50 unseen and 100 test images each, on one core; Paper: the paper's CIFAR-100.</param>
    public static ProfileStudy At(Scale scale) => scale.Name switch
    {
        "smoke" => Of(
            new DataSpec(Benchmark.Digits, Bounded, UnseenShare: 0.25) { TrainPerClass = 120 },
            Network.ResNet8 with { Width = 8 }, new TrainSpec(8, 64, 0.1, Schedule: Schedule.OneCycle),
            new RandomLabel(4) { BatchSize = 64, Augmentation = Augmentation.None }, [64, 32, 16]),
        "class" => Of(
            new DataSpec(Benchmark.TurnedDigits, Bounded, UnseenShare: 0.25),
            Network.ResNet8 with { Width = 16 }, new TrainSpec(30, 32, 0.1, WeightDecay: 1e-4, Schedule: Schedule.OneCycle) { ChannelsLast = true },
            new RandomLabel(10) { BatchSize = 64, Augmentation = Augmentation.None, ChannelsLast = true }, [64, 32, 16]),
        "small" => Of(
            new DataSpec(Benchmark.Cifar100, Bounded, UnseenShare: 1.0 / 6) { FirstClasses = 6, TrainPerClass = 300 },
            Network.ResNet8 with { Width = 16 }, new TrainSpec(20, 32, 0.1, Schedule: Schedule.OneCycle) { ChannelsLast = true },
            new RandomLabel(4) { BatchSize = 128, Augmentation = Augmentation.None, ChannelsLast = true }, [64, 51, 32, 16]),
        _ => Of(Protocol.Cifar100.Data, Protocol.Cifar100.Network, Protocol.Cifar100.Training, new RandomLabel(), [512, 256, 128, 64]),
    };

    /// <summary>How unseen images lie under its models, and what it costs to know.</summary>
    internal Stage Stage() => new("profile", CanonicalJson.Node(this)!.AsObject());

    // As in the small scales: a fifth is forgotten, and no class is wiped out.
    private static ForgetRule Bounded => new(0.2, 1, Cap: 0.8);

    private static ProfileStudy Of(DataSpec data, Network network, TrainSpec training, RandomLabel method, int[] slices) => new(
        new ExperimentSpec(data, network, training, method, new ForgettingAwareWeighting(), new Seeds(0, 0)), [0.1, 0.01],
        [
            .. Intervals.Select(every => new ForgettingAwareWeighting(RefreshEvery: every)),
            .. slices.Select(slice => new ForgettingAwareWeighting { Slice = slice }),
        ]);
}
