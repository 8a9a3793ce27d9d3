namespace FaLW.Tests.Plots;

/// <summary>The tables that notebooks show, against numbers computed here.</summary>
public sealed class NotebookTables
{
    private static readonly IReadOnlyList<RunResult> Results = SomeResults.Study(3);

    [Fact]
    public void The_stand_in_is_averaged_over_classes_then_seeds()
    {
        var head = StandInTable.Of(Results).Rows[0];
        var target = Results.Where(r => r.Title == "RL").Average(r => r.Groups.Head.Average(k => r.RetrainClasses[k].ForgetProbability));
        Assert.Equal(("head", 0.6), (head.Cells[0].Text, Math.Round(head.Cells[1].Value, 12)));
        Assert.Equal((target, 0.6 - target), (head.Cells[2].Value, head.Cells[3].Value), (a, b) => Math.Abs(a.Item1 - b.Item1) + Math.Abs(a.Item2 - b.Item2) < 1e-12);
    }

    [Fact]
    public void Yardsticks_are_in_the_order_of_the_average_gap_and_each_marks_its_nearest()
    {
        var table = YardstickTable.Of(Results);
        var rows = table.Rows;
        Assert.Equal(rows.Select(r => r.Cells[1].Value).Order(), rows.Select(r => r.Cells[1].Value));
        Assert.Equal(Results.GroupBy(r => r.Title).MinBy(m => m.Average(r => r.AverageGap))!.Key, rows[0].Cells[0].Text);
        Assert.Equal(["Method", "Average Gap", "mean |deviation|", "class-balanced FA gap", "|ΔFA|", "|ΔRA|", "|ΔTA|", "|ΔMIA|"], table.Columns.Select(c => c.Title));
        Assert.All(Enumerable.Range(1, 7), column => Assert.Single(rows, r => r.Cells[column].Best));
    }

    [Fact]
    public void Every_yardstick_shown_is_paired_seed_by_seed_and_corrected_together()
    {
        var table = PairedTable.Of(Results);
        Assert.Equal(4 * 7, table.Rows.Count);
        Assert.Equal(YardstickTable.Of(Results).Columns.Skip(1).Select(c => c.Title), table.Rows.Take(7).Select(r => r.Cells[1].Text));
        var rival = table.Rows.Single(r => r.Cells[0].Text == "SalUn" && r.Cells[1].Text == "|ΔTA|");
        double[] differences = [.. Enumerable.Range(0, 3).Select(seed => TestGap("SalUn", seed) - TestGap("FaLW", seed))];
        Assert.Equal(differences.Average(), rival.Cells[2].Value, 12);
        Assert.Equal(PairedTest.Of(differences, [0, 0, 0]).Student, rival.Cells[3].Value, 9);
        Assert.Equal(Holm.Adjusted([.. table.Rows.Select(r => r.Cells[3].Value)]), table.Rows.Select(r => r.Cells[4].Value));
        Assert.All(table.Rows, r => Assert.Equal(r.Cells[4].Value < 0.05 ? "yes" : "no", r.Cells[7].Text));
        Assert.DoesNotContain(table.Rows, r => r.Cells[0].Text == "FaLW");
        Assert.Contains("Holm", table.Note, StringComparison.Ordinal);
    }

    [Fact]
    public void Margins_are_a_yardstick_where_every_record_has_them()
    {
        static RunResult Measured(RunResult run) => run with { Margins = [new MarginReport([], 2, 2), new MarginReport([], 1 + run.Spec.Data.Seed, 1)] };
        var rows = YardstickTable.Of(Results.Select(Measured));
        Assert.Equal(("margin W1", 2.0), (rows.Columns[^1].Title, rows.Rows[0].Cells[^1].Value));
        Assert.DoesNotContain(YardstickTable.Of(Results.Select((run, i) => i == 0 ? run : Measured(run))).Columns, c => c.Title == "margin W1");
    }

    [Fact]
    public void One_seed_tells_nothing_and_a_method_that_is_not_there_is_a_sentence()
    {
        var one = PairedTable.Of(SomeResults.Study(1));
        Assert.All(one.Rows, r => Assert.Equal(("one seed has no interval", double.NaN), (r.Cells[7].Text, r.Cells[3].Value)));
        Assert.Contains("no test is possible", one.Note, StringComparison.Ordinal);
        Assert.Contains("FT, RL, GA, SalUn, FaLW", Assert.Throws<Fault>(() => PairedTable.Of(Results, "SCRUB")).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_crossing_tells_every_pair_and_what_the_weight_changed_seed_by_seed()
    {
        var table = CrossTable.Of(Results);
        Assert.Equal(["Weighting", "FT", "RL", "GA", "SalUn"], table.Columns.Select(c => c.Title));
        Assert.Equal(["no weight", "Forgetting-aware"], table.Rows.Select(r => r.Cells[0].Text));
        var (plain, weighted) = (table.Rows[0].Cells[2], table.Rows[1].Cells[2]);
        double[] changes = [.. Enumerable.Range(0, 3).Select(seed => Gap("FaLW", seed) - Gap("RL", seed))];
        Assert.Equal(Enumerable.Range(0, 3).Average(seed => Gap("RL", seed)), plain.Value, 12);
        Assert.True(double.IsNaN(plain.Gap));
        Assert.Equal(changes.Average(), weighted.Gap, 12);
        Assert.True(double.IsNaN(table.Rows[1].Cells[1].Value), "FT carries no weight");
        var bars = (Bars)CrossPlot.Of(Results).Panels[0].Traces[1];
        Assert.Equal(("RL", changes.Average()), (bars.Name, Assert.Single(bars.Y)));
    }

    /// <summary>Heads of FT and of GA lie on one side of Retrain with their tails; RL and SalUn are above at the head and below at the tail, by both ways to count.</summary>
    [Fact]
    public void Patterns_are_named_by_direction_and_counted_over_seeds()
    {
        var table = SkewTable.Of(Results);
        var rows = table.Rows.ToDictionary(r => r.Cells[0].Text, r => r.Cells, StringComparer.Ordinal);
        Assert.Equal(["pattern by p", "pattern by ΔFA", "ρ by p", "ρ by ΔFA", "slope by p", "slope by ΔFA"], table.Columns.Skip(1).Select(c => c.Title));
        Assert.All([1, 2], column =>
        {
            Assert.Equal("one-sided, under-forgotten in 3 of 3", rows["FT"][column].Text);
            Assert.Equal("one-sided, over-forgotten in 3 of 3", rows["GA"][column].Text);
            Assert.Equal("heterogeneous in 3 of 3", rows["RL"][column].Text);
        });
        Assert.True(rows["GA"][4].Value < -0.9 && rows["GA"][6].Value < 0, "over-forgotten tails are missed by more");
        Assert.Equal(Results.Where(r => r.Title == "GA").Average(r => r.Deviation().Spearman), rows["GA"][3].Value, 12);
        Assert.Equal(Results.Where(r => r.Title == "GA").Average(r => 1e4 * r.Deviation(DeviationBy.ForgetAccuracy).Slope), rows["GA"][6].Value, 9);
        var mixed = Results.Where(r => r.Title == "RL").Select(r => r.Spec.Data.Seed > 0 ? r : r with { Samples = [.. r.Samples.Select(s => s with { Retrain = s.Unlearned, Unlearned = s.Retrain })] });
        Assert.Equal("heterogeneous in 2 of 3; reversed in 1 of 3", SkewTable.Of(mixed).Rows[0].Cells[1].Text);
    }

    [Fact]
    public void What_the_scatter_of_probabilities_shows_is_a_table()
    {
        var run = Results.First(r => r.Title == "RL");
        var pulled = run with { Samples = [.. run.Samples.Select(s => s with { Unlearned = 0.5 })] };
        var row = DeviationTable.ByRetrain([pulled]).Rows[0].Cells;
        Assert.Equal(100 * run.Samples.Where(s => s.Retrain > 0.8).Average(s => 0.5 - s.Retrain), row[1].Value, 9);
        Assert.Equal(100 * run.Samples.Where(s => s.Retrain < 0.2).Average(s => 0.5 - s.Retrain), row[3].Value, 9);
        Assert.True(row[1].Value < 0 && row[3].Value > 0);
    }

    [Fact]
    public void Weights_of_each_seed_are_compared_with_what_they_may_not_see()
    {
        var run = Results.First(r => r.Title == "FaLW");
        var knowing = run with { Log = run.Log with { LastWeights = [.. run.Samples.Select(s => s.Original - s.Retrain)] } };
        Assert.Equal((1, 95), (Math.Round(WeightTable.Of([knowing]).Rows[0].Cells[1].Value, 9), Math.Round(WeightTable.Of([knowing]).Rows[0].Cells[3].Value, 9)));
        Assert.True(double.IsNaN(WeightTable.Of([run]).Rows[0].Cells[1].Value));
    }

    /// <summary>Two classes are both in the middle, and a class may keep all of its images.</summary>
    [Fact]
    public void Groups_without_a_class_and_classes_without_a_forgotten_image_have_no_number()
    {
        var (two, given) = (SampleResult.Of(Protocol.FaLW), new WeightSummary(1, 3, 1, 3, [1.5, 0.5]));
        var run = two with { Groups = ClassGroups.Of(two.ForgetCounts), Log = two.Log with { Weights = [given] } };
        Assert.Equal([double.NaN, 0.5, double.NaN], StandInTable.Of([run]).Rows.Select(row => row.Cells[1].Value));
        Assert.Equal([double.NaN, 1, double.NaN], WeightCourse.Of([run]).Panels[0].Traces.Cast<Line>().Select(line => line.Y[0]));
        var kept = run with { ForgetCounts = [2, 0], Samples = [.. run.Samples.Take(2)] };
        Assert.Single(Assert.Single(WeightTruth.Of([kept]).Panels[0].Traces.OfType<Points>()).X);
    }

    private static double TestGap(string method, int seed) => Results.Single(r => r.Title == method && r.Spec.Data.Seed == seed) is var run ? Math.Abs(run.Unlearned.TestAccuracy - run.Retrain.TestAccuracy) : 0;

    private static double Gap(string method, int seed) => Results.Single(r => r.Title == method && r.Spec.Data.Seed == seed).AverageGap;
}
