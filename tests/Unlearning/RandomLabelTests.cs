namespace FaLW.Tests.Unlearning;

[Collection(nameof(World))]
public sealed class RandomLabelTests(World world)
{
    private readonly IReadOnlyList<int> labels = world.Images.HostLabels;

    [Theory]
    [InlineData(LabelOrder.Mixed)]
    [InlineData(LabelOrder.Sequential)]
    public void Every_training_row_occurs_once_and_only_forget_samples_are_relabelled(LabelOrder order)
    {
        var plan = Plan(World.RandomLabels with { Order = order });
        Assert.Equal(world.Splits.Forget.Concat(world.Splits.Retain).Order(), plan.Rows.Order());
        Assert.Equal(world.Splits.Forget.Order(), plan.Rows.Where((_, i) => plan.IsForget[i]).Order());
        Assert.All(plan.Rows.Index().Where(row => !plan.IsForget[row.Index]), row => Assert.Equal(labels[row.Item], plan.Targets[row.Index]));
    }

    [Fact]
    public void Mixed_batches_hold_both_and_sequential_ones_forget_first()
    {
        var mixed = Plan(World.RandomLabels);
        Assert.Contains(true, mixed.IsForget[^64..]);
        Assert.Contains(false, mixed.IsForget[..64]);
        var sequential = Plan(World.RandomLabels with { Order = LabelOrder.Sequential });
        Assert.DoesNotContain(false, sequential.IsForget[..world.Splits.Forget.Count]);
        Assert.DoesNotContain(true, sequential.IsForget[world.Splits.Forget.Count..]);
        Assert.Equal(EpochPlan.Sizes(world.Splits.Forget.Count, 64).Concat(EpochPlan.Sizes(world.Splits.Retain.Count, 64)), sequential.BatchSizes);
    }

    [Fact]
    public void Labels_drawn_per_run_stay_and_others_are_drawn_anew()
    {
        Assert.Equal(Random(LabelDraw.Run, 0), Random(LabelDraw.Run, 3));
        Assert.NotEqual(Random(LabelDraw.Epoch, 0), Random(LabelDraw.Epoch, 1));
        Assert.NotEqual(Random(LabelDraw.Batch, 0), Random(LabelDraw.Batch, 1));
        Assert.NotEqual(Random(LabelDraw.Batch, 0), Random(LabelDraw.Epoch, 0));
    }

    [Fact]
    public void Batches_are_in_another_order_every_epoch_but_the_same_for_one_seed()
    {
        Assert.NotEqual(Plan(World.RandomLabels, 0).Rows, Plan(World.RandomLabels, 1).Rows);
        Assert.Equal(Plan(World.RandomLabels, 1).Rows, Plan(World.RandomLabels, 1).Rows);
    }

    [Fact]
    public void How_labels_are_drawn_does_not_move_the_order() => Assert.Equal(
        Plan(World.RandomLabels).Rows, Plan(World.RandomLabels with { Labels = LabelDraw.Batch, ExcludeTrue = true }).Rows);

    /// <summary>160 samples in 200 epochs: every label is drawn about 3200 times, deviation 54.</summary>
    [Theory]
    [InlineData(LabelDraw.Epoch)]
    [InlineData(LabelDraw.Batch)]
    public void Labels_are_uniform_and_hit_the_true_one_by_chance_unless_it_is_excluded(LabelDraw draw)
    {
        var drawn = Drawn(World.RandomLabels with { Labels = draw });
        Assert.All(Enumerable.Range(0, 10), label => Assert.InRange(drawn.Count(pair => pair.Target == label), 2900, 3500));
        Assert.InRange(drawn.Count(pair => pair.Target == pair.Label), 2900, 3500);
        var excluded = Drawn(World.RandomLabels with { Labels = draw, ExcludeTrue = true });
        Assert.DoesNotContain(excluded, pair => pair.Target == pair.Label);
        var shifts = excluded.CountBy(pair => (pair.Target - pair.Label + 10) % 10).ToDictionary();
        Assert.Equal(9, shifts.Count);
        Assert.All(shifts.Values, count => Assert.InRange(count, 3200, 3900));
    }

    private List<(int Label, int Target)> Drawn(RandomLabel method) =>
        [.. Enumerable.Range(0, 200).Select(epoch => Plan(method, epoch)).SelectMany(plan =>
            plan.Rows.Index().Where(row => plan.IsForget[row.Index]).Select(row => (labels[row.Item], (int)plan.Targets[row.Index])))];

    private long[] Random(LabelDraw draw, int epoch)
    {
        var plan = Plan(World.RandomLabels with { Labels = draw }, epoch);
        return [.. plan.Rows.Zip(plan.Targets).Where((_, i) => plan.IsForget[i]).OrderBy(pair => pair.First).Select(pair => pair.Second)];
    }

    private EpochPlan Plan(RandomLabel method, int epoch = 0) => method.Plan(world.Task(), epoch);
}
