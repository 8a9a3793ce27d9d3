using FaLW.Data;
using FaLW.Metrics;
using FaLW.Models;

namespace FaLW.Tests.Metrics;

public sealed class OtherAuditsTests
{
    private static readonly RelearnCurve Slow = new([new(0, 40), new(5, 60), new(10, 96)]), Fast = new([new(0, 60), new(5, 97), new(10, 96)]);

    [Fact]
    public void A_relearn_curve_by_hand()
    {
        Assert.Equal((40.0, 96.0, 56.0), (Slow.Start, Slow.End, Slow.Recovered));
        Assert.Equal([10, 5, 0], new[] { Slow.StepsTo(95), Fast.StepsTo(95), Fast.StepsTo(60) });
        Assert.Null(Slow.StepsTo(99));
        Assert.Equal(5.01 / 10.01, Fast.AnamnesisIndex(Slow, 95), 12);
        Assert.Equal(1, Slow.AnamnesisIndex(Slow, 95));
        Assert.Equal(double.NaN, Fast.AnamnesisIndex(Slow, 99));
    }

    /// <summary>Softmaxes (1, 0) and (1/2, 1/2): m = (3/4, 1/4); half of log2 (4/3), plus a quarter of log2 (2/3) and of log2 2.</summary>
    [Fact]
    public void Zero_retrain_forgetting_by_hand()
    {
        var divergence = Math.Log2(4 / 3.0) / 2 + Math.Log2(2 / 3.0) / 4 + 0.25;
        LogitTable sure = new([100, 0], 2, [0]), open = new([3, 3], 2, [0]);
        Assert.Equal(1 - divergence, ZeroRetrainForgetting.Of(sure, [open, open, open, open, open]), 1e-9);
        Assert.Equal(1 - 4 * divergence / 5, ZeroRetrainForgetting.Of(sure, [open, open, open, open, sure]), 1e-9);
        Assert.Equal(1, ZeroRetrainForgetting.Of(open, [open, open, open, open, open]), 1e-12);
        Assert.Contains("at least 5", Assert.Throws<Fault>(() => ZeroRetrainForgetting.Of(open, [open])).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Disjoint_distributions_are_one_bit_apart_whatever_the_number_of_classes() =>
        Assert.Equal(1, ZeroRetrainForgetting.Divergence([0.5, 0.5, 0, 0, 0], [0, 0, 0.2, 0.4, 0.4]), 1e-12);

    [Fact]
    public void Confusion_is_counted_between_the_two_classes_only() =>
        Assert.Equal(40, new InterclassConfusion(0, 1, 1).Confusion([0, 0, 0, 1, 1, 2, 2], [1, 0, 2, 0, 1, 0, 1]), 1e-12);

    [Fact]
    public void Labels_are_exchanged_for_the_drawn_rows_alone()
    {
        var raw = new Synthetic().Read("");
        var test = new InterclassConfusion(2, 5, 7);
        var rows = test.Draw(raw.Labels, raw.TrainCount, seed: 0);
        var confused = test.Confused(raw, rows);
        Assert.Equal((7, 7), (rows.Count(row => raw.Labels[row] == 2), rows.Count(row => raw.Labels[row] == 5)));
        Assert.All(rows, row => Assert.Equal(7 - raw.Labels[row], confused.Labels[row]));
        Assert.Equal(rows, Enumerable.Range(0, raw.Labels.Length).Where(row => raw.Labels[row] != confused.Labels[row]));
        Assert.Equal(rows, test.Draw(raw.Labels, raw.TrainCount, seed: 0));
        Assert.NotEqual(rows, test.Draw(raw.Labels, raw.TrainCount, seed: 1));
        Assert.Throws<Fault>(() => new InterclassConfusion(2, 5, 101).Draw(raw.Labels, raw.TrainCount, 0));
        Assert.Throws<Fault>(() => new InterclassConfusion(2, 2, 5).Draw(raw.Labels, raw.TrainCount, 0));
    }
}
