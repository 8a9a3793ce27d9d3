using FaLW.Data;
using FaLW.Metrics;
using FaLW.Tests.Models;
using FaLW.Training;
using FaLW.Unlearning;

namespace FaLW.Tests.Unlearning;

/// <summary>What single methods do to a memorised forget set; where all of them take it is in <see cref="MethodScience"/>.</summary>
[Collection(nameof(World))]
public sealed class MethodTests(World world)
{
    [Fact]
    public void There_is_something_to_forget()
    {
        Assert.Equal(100, world.ForgetAccuracy(world.Original));
        Assert.InRange(world.ForgetAccuracy(world.Retrain), 50, 90);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Gradient_ascent_raises_the_loss_of_the_forget_set(bool evaluationMode)
    {
        var method = new GradientAscent(2, 0.003, evaluationMode) { BatchSize = 64, Augmentation = Augmentation.None };
        double Loss(FaLW.Models.Classifier model) => Predictions.Of(model, world.Images, world.Splits.Forget).Loss.Average();
        Assert.True(world.Unlearned(method, Loss) > 1.05 * Loss(world.Original));
    }

    [Fact]
    public void Gradient_ascent_in_evaluation_mode_keeps_the_running_statistics()
    {
        Dictionary<string, byte[]> Statistics(FaLW.Models.Classifier model) =>
            Bits.Of(model).Where(entry => entry.Key.Contains("running", StringComparison.Ordinal)).ToDictionary();
        var method = new GradientAscent(1, 0.003) { BatchSize = 64 };
        Assert.Equal(Statistics(world.Original), world.Unlearned(method with { EvaluationMode = true }, Statistics));
        Assert.NotEqual(Statistics(world.Original), world.Unlearned(method, Statistics));
    }

    [Fact]
    public void The_settings_of_the_method_are_those_of_the_training()
    {
        var (model, log) = (World.RandomLabels with { Epochs = 3, BatchSize = 100 }).Unlearn(world.Task());
        model.Dispose();
        Assert.Equal(3, log.EpochLoss.Count);
        Assert.Equal(3 * EpochPlan.Sizes(world.Splits.Forget.Count + world.Splits.Retain.Count, 100).Length, log.Steps);
    }

    [Fact]
    public void Ascent_without_bounds_ends_in_a_sentence()
    {
        var fault = Assert.Throws<DivergedException>(() =>
            new GradientAscent(4, 1e12) { BatchSize = 64, Augmentation = Augmentation.None }.Unlearn(world.Task()));
        Assert.Contains("learning rate", fault.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_run_can_be_cancelled_in_the_mask_already()
    {
        using var stop = new CancellationTokenSource();
        stop.Cancel();
        var task = world.Task() with { Cancellation = stop.Token };
        Assert.Throws<OperationCanceledException>(() => new SaliencyMask(World.RandomLabels).Unlearn(task));
    }
}
