using System.Text.Json;
using FaLW.Data;
using FaLW.Models;
using FaLW.Training;
using FaLW.Unlearning;
using FaLW.Weighting;

namespace FaLW.Tests.Unlearning;

/// <summary>A method as a value: its text, its defaults, and what it refuses before anything is trained.</summary>
[Collection(nameof(World))]
public sealed class UnlearnerTests(World world)
{
    public static TheoryData<Unlearner> All =>
    [
        new FineTune(3, 0.02) { BatchSize = 32 },
        new RandomLabel(4, 0.1, LabelOrder.Sequential, LabelDraw.Run, ExcludeTrue: true) { Schedule = Schedule.Cosine },
        new GradientAscent(1, 1e-5, EvaluationMode: true) { Precision = Precision.BFloat16, ChannelsLast = true },
        new SaliencyMask(new RandomLabel(2, 0.3) { Momentum = 0 }, 0.2, MaskMode.GradientOnly, AugmentMask: true),
    ];

    [Theory]
    [MemberData(nameof(All))]
    public void A_method_survives_its_own_text(Unlearner method) =>
        Assert.Equal(method, JsonSerializer.Deserialize<Unlearner>(JsonSerializer.Serialize(method)));

    [Fact]
    public void The_defaults_are_saluns()
    {
        Assert.Equal((10, 0.013), (new RandomLabel().Epochs, new RandomLabel().LearningRate));
        Assert.Equal((10, 0.01), (new FineTune().Epochs, new FineTune().LearningRate));
        Assert.Equal((5, 1e-4), (new GradientAscent().Epochs, new GradientAscent().LearningRate));
        Assert.Equal((LabelOrder.Mixed, LabelDraw.Epoch, false), (new RandomLabel().Order, new RandomLabel().Labels, new RandomLabel().ExcludeTrue));
        Assert.Equal(new TrainSpec(10, 256, 0.013, 0.9, 5e-4, Augmentation: Augmentation.CropFlip), new RandomLabel().Training);
        Assert.Equal((0.5, MaskMode.Hard, false), (Salun().Density, Salun().Mode, Salun().AugmentMask));
    }

    [Fact]
    public void Tables_use_the_names_of_the_literature() => Assert.Equal(
        ["FT", "RL", "GA", "SalUn"], new Unlearner[] { new FineTune(), new RandomLabel(), new GradientAscent(), Salun() }.Select(method => method.Title));

    [Fact]
    public void A_class_without_unseen_samples_is_named_before_any_training()
    {
        var splits = Splits.Of(World.Spec with { UnseenShare = 0 }, world.Images.HostLabels, world.Images.TrainCount, 10);
        Refused(World.RandomLabels, world.Task(new ForgettingAwareWeighting()) with { Splits = splits }, "class 0, 1, 2, 3, 4, 5, 6, 7, 8, 9 has no unseen sample");
    }

    [Fact]
    public void Fine_tuning_has_nothing_to_weigh() =>
        Refused(new FineTune(1, 0.1), world.Task(new ForgettingAwareWeighting()), "use UniformWeighting");

    [Theory]
    [InlineData(0)]
    [InlineData(1.5)]
    [InlineData(double.NaN)]
    public void A_density_outside_its_range_is_named(double density) =>
        Refused(Salun() with { Density = density }, world.Task(), "density");

    [Fact]
    public void Settings_of_weighting_and_training_out_of_range_are_named()
    {
        Refused(World.RandomLabels, world.Task(new ForgettingAwareWeighting(Tau: -1)), "tau must not be negative");
        Refused(World.RandomLabels with { LearningRate = 0 }, world.Task(), "learning rate");
        Refused(new SaliencyMask(World.RandomLabels with { BatchSize = 0 }), world.Task(), "batch size");
    }

    private static SaliencyMask Salun() => new(new RandomLabel());

    private static void Refused(Unlearner method, UnlearningTask task, string reason)
    {
        var progress = new Silence();
        var fault = Assert.Throws<Fault>(() => method.Unlearn(task with { Progress = progress }));
        Assert.Contains(reason, fault.Message, StringComparison.Ordinal);
        Assert.False(progress.Broken);
    }

    private sealed class Silence : IProgress<TrainProgress>
    {
        public bool Broken { get; private set; }

        public void Report(TrainProgress value) => Broken = true;
    }
}
