namespace FaLW.Tests.Plots;

/// <summary>Figures and tables of unseen images, on images that are normal in the logit and not in p.</summary>
public sealed class ProfileFigures
{
    private static readonly ProfileTrial Trial = ProfileImages.Trial();

    public static TheoryData<string> Kinds => [.. Drawn.Keys];

    [Theory]
    [MemberData(nameof(Kinds))]
    public void Every_figure_says_what_was_accepted(string kind) => Snapshot.Match(Drawn[kind].Summary, kind);

    [Fact]
    public void Bars_and_law_hold_the_same_number_of_images()
    {
        foreach (var panel in UnseenLawPlot.Of(Trial.Original).Panels)
        {
            var (bars, law) = (panel.Traces.OfType<Bars>().Single(), panel.Traces.OfType<Line>().Single());
            Assert.Equal(40, bars.Y.Sum());
            Assert.InRange(law.Y.Sum() * (law.X[1] - law.X[0]) / bars.Width, 30, 40.5);
        }
    }

    [Fact]
    public void Images_that_are_normal_in_the_logit_are_found_to_be_and_in_p_they_are_not()
    {
        var rows = NormalityTable.Of(Trial.Original).Rows;
        Assert.Equal("0 of 6", rows[1].Cells[4].Text);
        Assert.True(rows[0].Cells[2].Value > 3 * rows[1].Cells[2].Value);
    }

    [Fact]
    public void The_work_and_the_error_of_every_way_are_in_the_figure_and_in_the_table()
    {
        var panel = RenewalPlot.Of(Trial).Panels[0];
        Assert.Equal([1 + 200 / 1500.0, 1 + 1000 / 1500.0], panel.Traces.OfType<Line>().First().X, (a, b) => Math.Abs(a - b) < 1e-12);
        Assert.Equal(["all, every step", "all, every 5 steps", "rolling, 16 a step"], RenewalTable.Of(Trial).Rows.Take(3).Select(row => row.Cells[1].Text));
    }

    [Fact]
    public void Unseen_images_are_weighed_under_every_model_and_law() => Assert.Equal(6, CalibrationTable.Of(0, Trial.Original, Trial.Retrain).Rows.Count);

    private static readonly Dictionary<string, Figure> Drawn = new(StringComparer.Ordinal)
    {
        ["unseen-law"] = UnseenLawPlot.Of(Trial.Original),
        ["normality"] = NormalityPlot.Of(Trial.Original, Trial.Retrain),
        ["spreads"] = SpreadCurves.Of(Trial.Original),
        ["small-sets"] = SmallSetPlot.Of(Trial.Original, SmallUnseenSet.Of(Trial.Original, [3, 10, 30], draws: 20, seed: 0)),
        ["renewal"] = RenewalPlot.Of(Trial),
    };
}
