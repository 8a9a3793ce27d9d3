using FaLW.Data;
using FaLW.Tests.Models;
using FaLW.Training;
using FaLW.Unlearning;
using FaLW.Weighting;

namespace FaLW.Tests.Unlearning;

/// <summary>REWEIGHT around a method: other retain rows in an epoch, and nothing else.</summary>
[Collection(nameof(World))]
public sealed class ReweightedTests(World world)
{
    private static readonly FineTune Plain = new(2, 0.02) { BatchSize = 64, Augmentation = Augmentation.None };

    /// <summary>The trainer on the drawn rows with plain cross-entropy ends at the same bits, so no row's loss was scaled.</summary>
    [Fact]
    public void Fine_tuning_trains_on_the_drawn_rows_each_weighing_1()
    {
        var rows = new ReweightedRows(world.Splits, world.Images.HostLabels);
        using var expected = world.Original.Copy();
        Trainer.Fit(
            expected, world.Images, new TrainSpec(2, 64, 0.02, 0.9, 5e-4), epoch => EpochPlan.Supervised(rows.OfEpoch(7, epoch), world.Images.HostLabels, 64, new SeededStream(7, $"order of epoch {epoch}")),
            Objectives.CrossEntropy, seed: 7, cancellation: TestContext.Current.CancellationToken);
        Assert.Equal(Bits.Of(expected), world.Unlearned(new Reweighted(Plain), Bits.Of, seed: 7));
        Assert.NotEqual(Bits.Of(expected), world.Unlearned(Plain, Bits.Of, seed: 7));
    }

    [Theory]
    [InlineData(LabelOrder.Mixed)]
    [InlineData(LabelOrder.Sequential)]
    public void Random_labels_keep_the_forget_set_and_its_labels(LabelOrder order)
    {
        var rows = new ReweightedRows(world.Splits, world.Images.HostLabels);
        var method = World.RandomLabels with { Order = order };
        var (plain, drawn) = (method.Plan(world.Task(), 1), method.Plan(world.Task() with { Reweighted = rows }, 1));
        Assert.Equal(plain.BatchSizes, drawn.BatchSizes);
        Assert.Equal(Part(plain, forget: true), Part(drawn, forget: true));
        Assert.Equal(rows.OfEpoch(0, 1).Order().Select(row => (row, (long)world.Images.HostLabels[row])), Part(drawn, forget: false));
    }

    [Fact]
    public void Forget_samples_can_be_weighed_as_ever()
    {
        var (model, log) = new Reweighted(World.RandomLabels).Unlearn(world.Task(new ForgettingAwareWeighting()));
        model.Dispose();
        Assert.Equal([world.Splits.Forget.Count, world.Splits.Forget.Count], log.Weights.Select(epoch => epoch.Count));
        Assert.Contains("use UniformWeighting", Assert.Throws<Fault>(() => new Reweighted(Plain).Unlearn(world.Task(new ForgettingAwareWeighting()))).Message, StringComparison.Ordinal);
    }

    private static IEnumerable<(int, long)> Part(EpochPlan plan, bool forget) =>
        plan.Rows.Select((row, i) => (row, plan.Targets[i], plan.IsForget[i])).Where(each => each.Item3 == forget).Select(each => (each.row, each.Item2)).Order();
}
