using FaLW.Data;
using FaLW.Metrics;

namespace FaLW.Tests.Metrics;

public sealed class DeviationReportTests
{
    private static readonly ClassGroups Groups = new([0], [1], [2]);

    /// <summary>Worked by hand: class means 0.2, 0, -0.4 with 4, 2, 1 samples.</summary>
    private static readonly DeviationReport Skewed = DeviationReport.Of(
        [0, 0, 0, 0, 1, 1, 2],
        [0.9, 0.9, 0.7, 0.7, 0.6, 0.4, 0.1],
        [0.6, 0.6, 0.6, 0.6, 0.5, 0.5, 0.5], Groups);

    [Fact]
    public void Deviations_are_signed_and_averaged_by_class_and_group()
    {
        Assert.Equal([0.2, 0, -0.4], Skewed.Classes.Select(row => Math.Round(row.Mean, 12)));
        Assert.Equal([0.2, 0.1, 0.4], Skewed.Classes.Select(row => Math.Round(row.MeanAbsolute, 12)));
        Assert.Equal([4, 2, 1], Skewed.Groups.Select(group => group.Count));
        Assert.Equal(-0.4, Skewed.Groups[2].Mean, 12);
        Assert.Equal((4 * 0.2 + 2 * 0.1 + 0.4) / 7, Skewed.MeanAbsolute, 12);
        Assert.Equal((0.2 + 0.1 + 0.4) / 3, Skewed.ClassBalanced, 12);
    }

    [Fact]
    public void Heterogeneous_deviation_is_a_sign_change_from_head_to_tail()
    {
        Assert.True(Skewed.ChangesSign);
        Assert.False(DeviationReport.Of([0, 1, 2], [0.9, 0.9, 0.9], [0.5, 0.5, 0.5], Groups).ChangesSign);
    }

    /// <summary>Least squares through (4, 0.2), (2, 0), (1, 0.4) by hand: mean x is 7/3, mean y is 0.2.</summary>
    [Fact]
    public void Skewed_deviation_is_the_slope_and_rank_correlation_with_class_size()
    {
        var slope = ((4 - 7 / 3.0) * 0 + (2 - 7 / 3.0) * -0.2 + (1 - 7 / 3.0) * 0.2) / (25 / 9.0 + 1 / 9.0 + 16 / 9.0);
        Assert.Equal(slope, Skewed.Slope, 12);
        Assert.True(Skewed.Slope < 0);
        Assert.Equal(-0.5, Skewed.Spearman, 12);
    }

    [Fact]
    public void A_class_nobody_forgets_takes_no_part()
    {
        var report = DeviationReport.Of([0, 0, 2], [0.5, 0.5, 0.1], [0.4, 0.4, 0.2], Groups);
        Assert.Equal(0, report.Classes[1].Count);
        Assert.Equal(double.NaN, report.Classes[1].Mean);
        Assert.Equal(0.1, report.ClassBalanced, 12);
    }

    [Fact]
    public void A_model_does_not_deviate_from_itself()
    {
        var report = DeviationReport.Of([0, 1, 2], [0.3, 0.4, 0.5], [0.3, 0.4, 0.5], Groups);
        Assert.Equal(0, report.MeanAbsolute);
        Assert.False(report.ChangesSign);
    }

    [Fact]
    public void Lists_of_different_lengths_are_refused() =>
        Assert.Throws<ArgumentException>(() => DeviationReport.Of([0, 1], [0.5], [0.5, 0.5], Groups));
}
