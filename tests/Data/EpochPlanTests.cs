using FaLW.Data;

namespace FaLW.Tests.Data;

public class EpochPlanTests
{
    [Theory]
    [InlineData(10, 4, new[] { 4, 4, 2 })]
    [InlineData(8, 4, new[] { 4, 4 })]
    [InlineData(9, 4, new[] { 4, 5 })]
    [InlineData(3, 4, new[] { 3 })]
    [InlineData(1, 4, new[] { 1 })]
    [InlineData(0, 4, new int[0])]
    public void A_short_last_batch_stays_but_a_single_row_joins_the_batch_before(int count, int size, int[] expected) =>
        Assert.Equal(expected, EpochPlan.Sizes(count, size));

    [Fact]
    public void Shuffling_keeps_row_target_and_mark_together()
    {
        int[] rows = [.. Enumerable.Range(100, 50)];
        var plan = EpochPlan.Shuffled(rows, [.. rows.Select(r => (long)r * 2)], [.. rows.Select(r => r % 3 == 0)], 8, new SeededStream(0, "order"));
        Assert.Equal(rows, plan.Rows.Order());
        Assert.NotEqual(rows, plan.Rows);
        Assert.All(plan.Rows.Index(), p => Assert.Equal((p.Item * 2, p.Item % 3 == 0), (plan.Targets[p.Index], plan.IsForget[p.Index])));
    }

    [Fact]
    public void Equal_streams_give_equal_plans_and_supervised_targets_are_the_labels()
    {
        int[] labels = [4, 3, 2, 1, 0];
        EpochPlan One() => EpochPlan.Supervised([0, 2, 4], labels, 2, new SeededStream(3, "order"));
        Assert.Equal(One().Rows, One().Rows);
        Assert.Equal(One().Rows.Select(r => (long)labels[r]), One().Targets);
        Assert.DoesNotContain(true, One().IsForget);
    }

    [Fact]
    public void Plans_in_a_row_keep_their_own_batches()
    {
        var first = new EpochPlan([1, 2, 3], [0, 0, 0], [true, true, true], [2, 1]);
        var both = first.Then(new EpochPlan([7], [1], [false], [1]));
        Assert.Equal([1, 2, 3, 7], both.Rows);
        Assert.Equal([2, 1, 1], both.BatchSizes);
        Assert.Equal([true, true, true, false], both.IsForget);
    }

    [Fact]
    public void Lists_that_do_not_fit_are_refused()
    {
        Assert.Throws<ArgumentException>(() => new EpochPlan([1, 2], [0], [true, true], [2]));
        Assert.Throws<ArgumentException>(() => new EpochPlan([1, 2], [0, 0], [true, true], [3]));
        Assert.Throws<ArgumentException>(() => new EpochPlan([1, 2], [0, 0], [true, true], [2, 0]));
    }
}
