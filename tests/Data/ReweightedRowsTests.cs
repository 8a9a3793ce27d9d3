using FaLW.Data;

namespace FaLW.Tests.Data;

/// <summary>REWEIGHT: what is left of a class is drawn as often as the whole class was there.</summary>
public sealed class ReweightedRowsTests
{
    // 12 rows of class 0 (9 to forget), 6 of class 1 (none), 4 of class 2 (all), 8 of class 3 (2).
    private static readonly int[] Labels = [.. Enumerable.Repeat(0, 12), .. Enumerable.Repeat(1, 6), .. Enumerable.Repeat(2, 4), .. Enumerable.Repeat(3, 8), 0, 1, 2, 3];
    private static readonly int[] Forget = [.. Enumerable.Range(0, 9), 18, 19, 20, 21, 22, 23];
    private static readonly Splits Splits = new(Forget, [.. Enumerable.Range(0, 30).Except(Forget)], [], [30, 31, 32, 33], Labels, 30, 4);
    private static readonly ReweightedRows Rows = new(Splits, Labels);

    [Fact]
    public void A_class_weighs_its_size_over_what_is_left_of_it_and_a_wiped_one_has_no_weight() => Assert.Equal([4, 1, double.NaN, 8 / 6.0], Rows.Weights);

    [Fact]
    public void An_epoch_draws_as_many_rows_as_are_retained_and_no_other()
    {
        var drawn = Rows.OfEpoch(seed: 3, epoch: 0);
        Assert.Equal(Splits.Retain.Count, drawn.Length);
        Assert.Subset(Splits.Retain.ToHashSet(), drawn.ToHashSet());
        Assert.Equal(drawn, Rows.OfEpoch(3, 0));
        Assert.NotEqual(drawn, Rows.OfEpoch(3, 1));
        Assert.NotEqual(drawn, Rows.OfEpoch(4, 0));
    }

    /// <summary>In proportion 12 : 6 : 8, and within a class alike: each count within five deviations of its expectation.</summary>
    [Fact]
    public void Classes_come_up_in_the_proportions_of_the_training_set_and_their_rows_alike()
    {
        const int Epochs = 2000;
        var drawn = Enumerable.Range(0, Epochs).SelectMany(epoch => Rows.OfEpoch(0, epoch)).CountBy(row => row).ToDictionary();
        double all = Epochs * Splits.Retain.Count;
        Assert.All(Splits.Retain, row =>
        {
            var (size, left) = Labels[row] switch { 0 => (12, 3), 1 => (6, 6), _ => (8, 6) };
            var chance = size / 26.0 / left;
            Assert.Equal(all * chance, drawn[row], 5 * Math.Sqrt(all * chance * (1 - chance)));
        });
    }

    [Fact]
    public void Where_every_class_loses_the_same_share_no_class_is_favoured()
    {
        int[] labels = [0, 1, 0, 1, 0, 1, 0, 1, 0, 1];
        var rows = new ReweightedRows(new Splits([0, 1], [2, 3, 4, 5, 6, 7], [], [8, 9], labels, 8, 2), labels);
        Assert.Equal([4 / 3.0, 4 / 3.0], rows.Weights);
    }
}
