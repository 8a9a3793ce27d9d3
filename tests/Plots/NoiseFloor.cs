namespace FaLW.Tests.Plots;

/// <summary>What chance alone changes stands beside every distance, and never wins.</summary>
public sealed class NoiseFloor
{
    private static readonly IReadOnlyList<RunResult> Results = SomeResults.WithControl(3);

    [Fact]
    public void Every_table_of_distances_has_a_row_for_it_under_Retrain_that_is_never_the_best()
    {
        foreach (var table in new[] { ResultsTable.Of(Results), ResultsTable.References(Results), YardstickTable.Of(Results), DeviationTable.Of(Results), SkewTable.Of(Results) })
        {
            var row = Assert.Single(table.Rows, row => row.Cells[0].Text == RetrainControl.Title);
            Assert.Equal(table.Rows[0].Cells[0].Text == "Retrain" ? 1 : 0, table.Rows.ToList().IndexOf(row));
            Assert.DoesNotContain(row.Cells, cell => cell.Best);
        }
    }

    [Fact]
    public void It_is_the_mean_over_seeds_each_Retrain_counting_once()
    {
        var row = ResultsTable.Of(Results).Rows[1];
        Assert.True(row.Reference);
        Assert.Equal((2.0, 0.0, -1.0), (Math.Round(row.Cells[1].Gap, 12), Math.Round(row.Cells[2].Gap, 12), Math.Round(row.Cells[3].Gap, 12)));
        Assert.Equal((2 + 1) / 4.0, row.Cells[5].Value, 12);
        var first = Results.Where(run => run.Title == "FT").ToArray();
        Assert.Equal(100 * first.Average(run => run.Samples.Average(s => Math.Abs(s.OtherRetrain!.Value - s.Retrain))), row.Cells[6].Value, 10);
        Assert.Equal(6, row.Cells[7].Value, 12);
        Assert.Equal(65, row.Cells[9].Value, 12);
        Assert.True(row.Cells[5].Interval < 1e-9);
    }

    [Fact]
    public void Every_figure_of_distances_shows_it_last_and_says_what_it_is()
    {
        Assert.Equal(RetrainControl.Title, GapBars.Of(Results).Panels[0].Traces[^1].Name);
        foreach (var figure in new[] { DeviationPlot.Of(Results), SkewPlot.Of(Results), ProbabilityScatter.Of(Results) })
        {
            Assert.Equal(RetrainControl.Title, figure.Panels[^1].Title);
            Assert.EndsWith("nearer to Retrain than this.", figure.Note, StringComparison.Ordinal);
        }

        var curves = ReferencePlot.Of(Results).Panels[0].Traces;
        Assert.Equal(Results.Where(run => run.Title == "FT").Average(run => run.Control!.Classes[Measures.HeadToTail(run)[0]].ForgetAccuracy), ((Line)curves[^1]).Y[0], 12);
        Assert.Equal(curves.Count - 1, ReferencePlot.Of(SomeResults.Study(3)).Panels[0].Traces.Count);
        Assert.Contains("Two Retrains of different seeds differ by 0.75 points of Average Gap.", CrossPlot.Of(Results).Note, StringComparison.Ordinal);
        Assert.Contains("Two Retrains of different seeds differ by 0.75 points of Average Gap.", CrossTable.Of(Results).Note, StringComparison.Ordinal);
        Assert.EndsWith("nearer to Retrain than this.", MethodMap.Of(Results).Note, StringComparison.Ordinal);
        Assert.Contains(FindingSentences.Of(MethodRuns.Of(Results)), sentence => sentence.EndsWith("Retrain of another seed at 0.75 ± 0.00.", StringComparison.Ordinal));
    }

    /// <summary>Its stand-in for Retrain on the images to forget is the other Retrain on the same images.</summary>
    [Fact]
    public void The_stand_in_has_it_beside_head_middle_and_tail()
    {
        var table = StandInTable.Of(Results);
        Assert.Equal(["head", "middle", "tail", .. new[] { "head", "middle", "tail" }.Select(name => $"{name}, {RetrainControl.Title}")], table.Rows.Select(row => row.Cells[0].Text));
        Assert.Equal([false, false, false, true, true, true], table.Rows.Select(row => row.Reference));
        var first = Results.Where(run => run.Title == "FT").ToArray();
        var stand = first.Average(run => run.Groups.Tail.Average(k => run.Control!.Classes[k].ForgetProbability));
        Assert.Equal((stand, stand - table.Rows[2].Cells[2].Value), (table.Rows[5].Cells[1].Value, table.Rows[5].Cells[3].Value), (a, b) => Math.Abs(a.Item1 - b.Item1) + Math.Abs(a.Item2 - b.Item2) < 1e-12);
        var points = Assert.Single(StandInPlot.Of(Results).Panels[0].Traces, trace => trace.Name == RetrainControl.Title);
        Assert.Equal(3 * 20, ((Points)points).X.Count);
        Assert.Equal(first[0].Control!.Classes[first[0].Groups.Head[0]].ForgetProbability, ((Points)points).X[0]);
        Assert.Equal(3, StandInTable.Of(SomeResults.Study(3)).Rows.Count);
        Assert.DoesNotContain("another seed", StandInPlot.Of(SomeResults.Study(3)).Note, StringComparison.Ordinal);
    }

    /// <summary>A result of the lab's reweighted Retrain is a reference too: beside the floor, above the methods, never the best.</summary>
    [Fact]
    public void A_reweighted_Retrain_stands_beside_it()
    {
        RunResult[] all = [.. Results, .. Results.Where(run => run.Title == "FT").Select(run => run with { Unlearned = run.Retrain, Reference = ReweightedRetrain.Title })];
        foreach (var (table, place) in new[] { (ResultsTable.Of(all), 3), (YardstickTable.Of(all), 1) })
        {
            Assert.Equal(ReweightedRetrain.Title, table.Rows[place].Cells[0].Text);
            Assert.True(table.Rows[place].Reference);
            Assert.DoesNotContain(table.Rows[place].Cells, cell => cell.Best);
            Assert.Contains(ReweightedRetrain.Meaning, table.Note, StringComparison.Ordinal);
        }

        Assert.Equal(0, YardstickTable.Of(all).Rows[1].Cells[1].Value, 12);
        Assert.Equal([RetrainControl.Title, ReweightedRetrain.Title], DeviationTable.Of(all).Rows.Take(2).Select(row => row.Cells[0].Text));
        Assert.DoesNotContain("reweighted", ResultsTable.Of(Results).Note, StringComparison.Ordinal);
    }

    [Fact]
    public void Without_it_nothing_is_said_of_it()
    {
        var plain = SomeResults.Study(3);
        Assert.DoesNotContain("another seed", ResultsTable.Of(plain).ToText() + YardstickTable.Of(plain).ToText() + DeviationPlot.Of(plain).Note + CrossPlot.Of(plain).Note, StringComparison.Ordinal);
        Assert.Equal(DeviationPlot.Of(plain).Panels.Count + 1, DeviationPlot.Of(Results).Panels.Count);
    }

    [Fact]
    public void Tables_read_results_against_the_other_Retrain_like_any_others()
    {
        var strict = YardstickTable.Of(Results.AgainstOtherRetrain());
        var falw = strict.Rows.Single(row => row.Cells[0].Text == "FaLW");
        Assert.Equal(Results.Where(run => run.Title == "FaLW").Average(run => run.Unlearned.AverageGap(run.Control!.Scores)), falw.Cells[1].Value, 12);
        Assert.Equal(YardstickTable.Of(Results).Rows[0].Cells.Select(cell => Math.Round(cell.Value, 9)), strict.Rows[0].Cells.Select(cell => Math.Round(cell.Value, 9)));
    }

    /// <summary>Original knows all (100 %), Retrain 70 less the class: everywhere something to forget.</summary>
    [Fact]
    public void The_group_table_tells_forgotten_from_kept_and_from_never_learned()
    {
        string Verdict(IReadOnlyList<RunResult> results, string method) => DeviationTable.Of(results).Rows.Single(row => row.Cells[0].Text == method).Cells[^1].Text;
        Assert.Equal("forgotten, forgotten, forgotten", Verdict(Results, "FaLW"));
        Assert.Equal("kept, kept, kept", Verdict([.. Results.Select(run => run with { UnlearnedClasses = run.OriginalClasses })], "FaLW"));
        RunResult[] blind = [.. Results.Select(run => run with { OriginalClasses = run.RetrainClasses.Select(row => row with { ForgetAccuracy = row.ForgetAccuracy + 4 }).ToValueList() })];
        Assert.Equal("never learned, never learned, never learned", Verdict(blind, "FaLW"));
    }
}
