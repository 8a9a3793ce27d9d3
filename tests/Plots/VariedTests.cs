namespace FaLW.Tests.Plots;

/// <summary>A report of results of several settings, or of one method in several, is curves over what was varied, and says what is missing.</summary>
public sealed class VariedTests
{
    private static readonly IReadOnlyList<RunResult> Three = SomeResults.WithControl(3);

    [Fact]
    public void Over_gamma_a_report_draws_the_gap_and_on_which_side_of_Retrain_forget_accuracy_lies()
    {
        var content = ReportContent.Of(OverGamma(0, 1.0 / 3, 2), "A sweep", "", "");
        Assert.Equal(["gap-over-gamma", "accuracy-over-gamma", "deviation-over-gamma"], content.Plates.Select(plate => plate.Name));
        Assert.Equal(["RL", "FaLW", "Retrain, another seed"], content.Plates[0].Figure.Panels[0].Traces.OfType<Line>().Select(line => line.Name));
        Assert.Equal(["head", "middle", "tail"], content.Plates[2].Figure.Panels.Select(panel => panel.Title));
        Assert.Contains("FaLW leaves more forget accuracy than Retrain has at every γ.", content.Findings);
        Assert.StartsWith("γ 0.333: by Average Gap", content.Findings[1], StringComparison.Ordinal);
        var over = content.Plates[1].Figure.Panels[0].Traces.OfType<Line>().Single(line => line.Name == "FaLW");
        Assert.Equal(Three.Where(run => run.Title == "FaLW").Average(run => run.Unlearned.ForgetAccuracy - run.Retrain.ForgetAccuracy), over.Y[0], 9);
    }

    [Fact]
    public void Over_tau_a_report_draws_head_middle_and_tail_with_the_factor_off_as_zero()
    {
        var falw = Three.Where(run => run.Title == "FaLW").ToArray();
        RunResult[] all =
        [
            .. from weighting in new[] { new ForgettingAwareWeighting(0.15), new(0.5), new(1), new(Balance: false) } from run in falw select run with { Spec = run.Spec with { Weighting = weighting } },
        ];
        var plate = ReportContent.Of(all, "Balance", "", "").Plates[0];
        Assert.Equal("accuracy-over-tau", plate.Name);
        Assert.All(plate.Figure.Panels, panel => Assert.Equal([0, 0.15, 0.5, 1], Assert.Single(panel.Traces.OfType<Line>()).X));
        Assert.Equal(falw.Average(run => Measures.AccuracyGap(run, run.Groups.Tail)), plate.Figure.Panels[2].Traces.OfType<Line>().Single().Y[1], 9);
    }

    [Fact]
    public void Every_setting_has_its_own_nearest_and_its_own_noise_in_the_table_of_deviations()
    {
        var rows = DeviationTable.Of(OverGamma(0, 2)).Rows;
        Assert.Equal(
            ["Retrain, another seed, γ 0", "RL, γ 0", "FaLW, γ 0", "Retrain, another seed, γ 2", "RL, γ 2", "FaLW, γ 2"], rows.Select(row => row.Cells[0].Text));
        Assert.Equal(rows[2].Cells.Select(cell => cell.Best), rows[5].Cells.Select(cell => cell.Best));
    }

    [Fact]
    public void What_is_missing_of_a_study_is_named_with_its_seeds_and_stands_in_the_report()
    {
        var specs = Study.Sweep.Specs(Scale.Smoke, 2);
        var there = specs.Where(spec => spec.Data.Forget.Gamma == 1 && spec.Data.Seed == 1).Select(spec => Three[0] with { Spec = spec, Key = Stage.Unlearned(spec).Key }).ToArray();
        var missing = Report.Missing(specs, there);
        Assert.Equal(16, missing.Count);
        Assert.Contains("Missing: FaLW, γ 0.5, seeds 0, 1.", missing);
        Assert.Contains("Missing: SalUn, γ 1, seed 0.", missing);
        Assert.Empty(Report.Missing([.. specs.Where(spec => there.Any(result => result.Spec == spec))], there));
        using var folder = new TemporaryFolder();
        Assert.Contains("Missing: SalUn, γ 1, seed 0.", File.ReadAllText(Report.Write(folder.Path, Three, "A study", missing: missing)[0]), StringComparison.Ordinal);
    }

    [Fact]
    public void One_thing_at_a_time_is_a_curve_each_with_what_it_costs()
    {
        var (rl, falw) = (Three.Where(run => run.Title == "RL"), Three.Where(run => run.Title == "FaLW").ToArray());
        var paper = new ForgettingAwareWeighting();
        ForgettingAwareWeighting[] parts =
        [
            paper, paper with { UnseenPerClass = 5 }, paper with { UnseenPerClass = 10 }, paper with { RefreshEvery = 4 }, paper with { RefreshEvery = 12 }, paper with { Slice = 64 },
            paper with { Slice = 256 }, paper with { Spread = Spread.Quantile }, paper with { Alpha = 0.5 }, paper with { Alpha = 2 },
        ];
        var content = ReportContent.Of([.. rl, .. from part in parts from run in falw select run with { Spec = run.Spec with { Weighting = part } }], "Parts", "", "");
        var curves = content.Plates.Where(plate => plate.Figure.Panels.Count == 2).Select(plate => (plate.Name, plate.Figure.Panels[0].Traces.OfType<Line>().Single().X)).ToArray();
        Assert.Equal(["steps-between-two-profiles", "unseen-images-asked-in-a-step", "unseen-images-of-a-class", "alpha-beta"], curves.Select(curve => curve.Name));
        Assert.Equal([1, 4, 12], curves[0].X);
        Assert.Equal([64, 256, 1000], curves[1].X);
        Assert.Equal([5, 10, 50], curves[2].X);
        Assert.Equal([0.5, 1, 2], curves[3].X);
        Assert.All(content.Plates, plate => Assert.Contains("RL", plate.Figure.Panels[0].Annotations.OfType<ReferenceLine>().Select(line => line.Text)));
    }

    [Fact]
    public void Over_the_cap_groups_are_shown_by_either_rule()
    {
        RunResult[] all = [.. from cap in new[] { 0.8, 0.9, 1 } from run in Three select run with { Spec = run.Spec with { Data = run.Spec.Data with { Forget = run.Spec.Data.Forget with { Cap = cap } } } }];
        var content = ReportContent.Of(all, "Caps", "", "");
        var (classes, samples) = (content.Tables.Single(table => table.Name == "deviation").Table, content.Tables.Single(table => table.Name == "deviation-by-samples").Table);
        Assert.Equal(classes.Rows.Count, samples.Rows.Count);
        Assert.NotEqual(classes.Rows[1].Cells[1].Value, samples.Rows[1].Cells[1].Value);
        Assert.Equal("cap", Assert.Single(content.Plates).Name);
    }

    [Theory]
    [InlineData(new[] { 5, 4, 3, 2, 1 }, 1, 3)]
    [InlineData(new[] { 90, 5, 5 }, 1, 2)]
    [InlineData(new[] { 2, 2, 2, 2, 2, 2 }, 2, 2)]
    [InlineData(new[] { 30, 10, 10, 5, 5, 5, 5, 5, 5, 10 }, 1, 6)]
    public void A_group_of_images_is_the_fewest_classes_that_hold_a_third(int[] counts, int head, int tail)
    {
        var groups = ClassGroups.OfSamples(counts);
        Assert.Equal(Enumerable.Range(0, counts.Length), groups.Head.Concat(groups.Middle).Concat(groups.Tail).Order());
        Assert.Equal(head, groups.Head.Count);
        Assert.True(3 * groups.Head.Sum(k => counts[k]) >= counts.Sum());
        Assert.Equal(tail, groups.Tail.Count);
    }

    [Fact]
    public void Figure_1a_needs_no_result_and_1b_only_those_that_are_there()
    {
        int[] capacity = [.. Enumerable.Repeat(500, 100)];
        using var folder = new TemporaryFolder();
        var page = File.ReadAllText(Report.Write(folder.Path, [], "Figure 1", choices: "Labels.", missing: ["Missing: FaLW, seed 0."], draws: capacity)[0]);
        Assert.Contains("random draw, mean of 100", page, StringComparison.Ordinal);
        Assert.Contains("Missing: FaLW, seed 0.", page, StringComparison.Ordinal);
        Assert.Equal(["draws", "deviation", "deviation-accuracy"], ReportContent.OfDraws(capacity, Three, "Figure 1", "", "").Plates.Select(plate => plate.Name));
    }

    private static RunResult[] OverGamma(params double[] gammas) =>
        [.. from gamma in gammas from run in Three where run.Title is "RL" or "FaLW" select run with { Spec = run.Spec with { Data = run.Spec.Data with { Forget = run.Spec.Data.Forget with { Gamma = gamma } } } }];
}
