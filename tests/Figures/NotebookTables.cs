using FaLW.Data;
using FaLW.Experiments;
using FaLW.Figures;

namespace FaLW.Tests.Figures;

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
        var rows = YardstickTable.Of(Results).Rows;
        Assert.Equal(rows.Select(r => r.Cells[1].Value).Order(), rows.Select(r => r.Cells[1].Value));
        Assert.Equal(Results.GroupBy(r => r.Title).MinBy(m => m.Average(r => r.AverageGap))!.Key, rows[0].Cells[0].Text);
        Assert.All(Enumerable.Range(1, 3), column => Assert.Single(rows, r => r.Cells[column].Best));
    }

    [Fact]
    public void Differences_are_taken_seed_by_seed()
    {
        var rival = PairedTable.Of(Results).Rows.Single(r => r.Cells[0].Text == "SalUn");
        double[] differences = [.. Enumerable.Range(0, 3).Select(seed => Gap("SalUn", seed) - Gap("FaLW", seed))];
        Assert.Equal(differences.Average(), rival.Cells[1].Value, 12);
        Assert.Equal(rival.Cells[2].Value < 0.05 ? "yes" : "no", rival.Cells[5].Text);
        Assert.Equal(MethodComparison.Of(Results, "FaLW", r => r.AverageGap).Single(c => c.Title == "SalUn").Adjusted, rival.Cells[2].Value, 12);
        Assert.DoesNotContain(PairedTable.Of(Results).Rows, r => r.Cells[0].Text == "FaLW");
    }

    [Fact]
    public void One_seed_tells_nothing_and_a_method_that_is_not_there_is_a_sentence()
    {
        Assert.All(PairedTable.Of(SomeResults.Study(1)).Rows, r => Assert.Equal("one seed has no interval", r.Cells[5].Text));
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

    [Fact]
    public void Signs_are_counted_over_seeds()
    {
        var rows = SkewTable.Of(Results).Rows.ToDictionary(r => r.Cells[0].Text, r => r.Cells, StringComparer.Ordinal);
        Assert.Equal(("in 0 of 3", "in 3 of 3"), (rows["FT"][3].Text, rows["RL"][3].Text));
        Assert.True(rows["RL"][1].Value > 0 && rows["RL"][2].Value < 0);
    }

    [Fact]
    public void Weights_of_each_seed_are_compared_with_what_they_may_not_see()
    {
        var run = Results.First(r => r.Title == "FaLW");
        var knowing = run with { Log = run.Log with { LastWeights = [.. run.Samples.Select(s => s.Original - s.Retrain)] } };
        Assert.Equal((1, 95), (Math.Round(WeightTable.Of([knowing]).Rows[0].Cells[1].Value, 9), Math.Round(WeightTable.Of([knowing]).Rows[0].Cells[3].Value, 9)));
        Assert.True(double.IsNaN(WeightTable.Of([run]).Rows[0].Cells[1].Value));
    }

    private static double Gap(string method, int seed) => Results.Single(r => r.Title == method && r.Spec.Data.Seed == seed).AverageGap;
}
