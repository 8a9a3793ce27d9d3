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

    /// <summary>The direction counts: the paper's pattern is head above and tail below Retrain, and nothing else.</summary>
    [Theory]
    [InlineData(0.2, -0.4, 0, DeviationPattern.Heterogeneous)]
    [InlineData(-0.2, 0.4, 0, DeviationPattern.Reversed)]
    [InlineData(0.2, 0.4, 0, DeviationPattern.UnderForgotten)]
    [InlineData(-0.2, -0.4, 0, DeviationPattern.OverForgotten)]
    [InlineData(0, 0, 0, DeviationPattern.None)]
    [InlineData(0, 0.4, 0, DeviationPattern.UnderForgotten)]
    [InlineData(-0.2, 0.004, 0.01, DeviationPattern.OverForgotten)]
    [InlineData(0.2, -0.01, 0.01, DeviationPattern.UnderForgotten)]
    [InlineData(0.009, -0.009, 0.01, DeviationPattern.None)]
    [InlineData(double.NaN, -0.4, 0, DeviationPattern.Unknown)]
    [InlineData(0.2, double.NaN, 0, DeviationPattern.Unknown)]
    public void The_pattern_names_the_direction(double head, double tail, double within, DeviationPattern expected) =>
        Assert.Equal(expected, (Skewed with { Groups = [new("Head", 1, head, head), new("Tail", 1, tail, tail)] }).Pattern(within));

    [Fact]
    public void The_pattern_of_a_report_is_that_of_its_head_and_tail()
    {
        Assert.Equal(DeviationPattern.Heterogeneous, Skewed.Pattern());
        Assert.Equal(DeviationPattern.OverForgotten, Skewed.Pattern(within: 0.25));
        Assert.Equal(DeviationPattern.Reversed, DeviationReport.Of([0, 1, 2], [0.1, 0.5, 0.9], [0.5, 0.5, 0.5], Groups).Pattern());
        Assert.Equal(DeviationPattern.UnderForgotten, DeviationReport.Of([0, 1, 2], [0.9, 0.9, 0.9], [0.5, 0.5, 0.5], Groups).Pattern());
    }

    /// <summary>
    /// By hand: forget accuracies 80, 50, 20 against 60, 50, 60 with 4, 2, 1 samples are gaps of +20, 0 and -40 points. Least squares as above, with
    /// the middle at 0: the same slope. Probability would say nothing here.
    /// </summary>
    [Fact]
    public void By_forget_accuracy_the_classes_count_as_the_paper_counts_them()
    {
        static ClassRow Row(int k, int count, double accuracy) => new(k, count, accuracy, 0.5, 99, 60, 0.5);
        var report = DeviationReport.Of([Row(0, 4, 80), Row(1, 2, 50), Row(2, 1, 20)], [Row(0, 4, 60), Row(1, 2, 50), Row(2, 1, 60)], Groups);
        Assert.Equal([0.2, 0, -0.4], report.Classes.Select(row => Math.Round(row.Mean, 12)));
        Assert.Equal((DeviationPattern.Heterogeneous, Skewed.Slope, -0.5), (report.Pattern(), Math.Round(report.Slope, 12), Math.Round(report.Spearman, 12)), (a, b) => a.Item1 == b.Item1 && Math.Abs(a.Item2 - b.Item2) + Math.Abs(a.Item3 - b.Item3) < 1e-11);
        Assert.Equal(((4 * 0.2) + 0.4) / 7, report.MeanAbsolute, 12);
        Assert.Equal(0.2, report.ClassBalanced, 12);
        var none = DeviationReport.Of([Row(0, 4, 80), new ClassRow(1, 0, double.NaN, double.NaN, 99, 60, 0.5), Row(2, 1, 20)], [Row(0, 4, 60), new ClassRow(1, 0, double.NaN, double.NaN, 99, 60, 0.5), Row(2, 1, 60)], Groups);
        Assert.Equal((0, double.NaN, 0.3), (none.Classes[1].Count, none.Groups[1].Mean, Math.Round(none.ClassBalanced, 12)));
    }

    /// <summary>Known 0.9 and 0.85 lose 0.5 and 0.35; 0.8, 0.5 and 0.2 lie between and move by 0.1, 0 and -0.1; unknown 0.1 gains 0.15.</summary>
    [Fact]
    public void Images_are_told_apart_by_whether_Retrain_knows_them()
    {
        var parts = DeviationReport.ByRetrain([0.4, 0.5, 0.9, 0.5, 0.1, 0.25], [0.9, 0.85, 0.8, 0.5, 0.2, 0.1]);
        Assert.Equal([("Known", 2, -0.425), ("Between", 3, 0), ("Unknown", 1, 0.15)], parts.Select(part => (part.Name, part.Count, Math.Round(part.Mean, 12))));
        Assert.Equal((0, double.NaN), (DeviationReport.ByRetrain([0.4], [0.5])[0].Count, DeviationReport.ByRetrain([0.4], [0.5])[0].Mean));
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
        Assert.Equal(DeviationPattern.None, report.Pattern());
    }
}
