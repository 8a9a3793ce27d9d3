namespace FaLW.Tests.Plots;

/// <summary>The papers' table and figures from results with known numbers.</summary>
public sealed class ResultFigures
{
    private static readonly IReadOnlyList<RunResult> One = SomeResults.Study(1);
    private static readonly IReadOnlyList<RunResult> Three = SomeResults.Study(3);

    [Fact]
    public void The_table_of_one_seed_reads_as_accepted() => Snapshot.Match(ResultsTable.Of(One).ToText());

    [Fact]
    public void The_table_of_three_seeds_reads_as_accepted() => Snapshot.Match(ResultsTable.Of(Three).ToText());

    [Fact]
    public void The_deviation_table_reads_as_accepted() => Snapshot.Match(DeviationTable.Of(Three).ToText());

    [Fact]
    public void The_settings_read_as_accepted() =>
        Snapshot.Match(SpecTable.Shared(Three.Select(r => r.Spec)).ToText() + SpecTable.PerMethod(Three.Select(r => r.Spec)).ToText());

    [Fact]
    public void Retrain_comes_first_and_measures_itself_at_zero()
    {
        var first = ResultsTable.Of(Three).Rows[0];
        Assert.True(first.Reference);
        Assert.Equal("Retrain", first.Cells[0].Text);
        Assert.Equal((61.3 + 62.3 + 63.3) / 3, first.Cells[1].Value, 12);
        Assert.Equal([0, 0, 0], first.Cells.Skip(5).Take(3).Select(c => c.Value));
    }

    [Fact]
    public void Gaps_are_paired_by_seed_and_the_nearest_is_marked_whatever_its_sign()
    {
        var table = ResultsTable.Of(Three);
        var falw = table.Rows.Single(r => r.Cells[0].Text == "FaLW");
        Assert.Equal(Three.Where(r => r.Title == "FaLW").Average(r => r.Unlearned.ForgetAccuracy - r.Retrain.ForgetAccuracy), falw.Cells[1].Gap, 12);
        Assert.Equal(Three.Where(r => r.Title == "FaLW").Average(r => r.AverageGap), falw.Cells[5].Value, 12);
        Assert.True(falw.Cells[6].Best);
        Assert.Single(table.Rows, r => r.Cells[1].Best);
        Assert.DoesNotContain(table.Rows, r => r.Cells[8].Best);
        Assert.DoesNotContain(table.Rows.Take(2), r => r.Cells.Any(c => c.Best));
    }

    [Fact]
    public void One_seed_has_no_interval() => Assert.All(ResultsTable.Of(One).Rows.SelectMany(r => r.Cells), c => Assert.True(double.IsNaN(c.Interval)));

    [Fact]
    public void Different_settings_stand_in_one_table_each_with_a_Retrain_of_its_own()
    {
        var other = One.Select(r => r with { Spec = r.Spec with { Data = r.Spec.Data with { Forget = r.Spec.Data.Forget with { Gamma = 0 } } } });
        var table = ResultsTable.Of([.. One.Take(2), .. other.Take(2)]);
        Assert.Equal(
            ["Retrain, γ 1", "Original, γ 1", "FT, γ 1", "RL, γ 1", "Retrain, γ 0", "Original, γ 0", "FT, γ 0", "RL, γ 0"], table.Rows.Select(r => r.Cells[0].Text));
        Assert.EndsWith("γ = 1, 0", table.Title, StringComparison.Ordinal);
        Assert.Contains("these results have 2", Assert.Throws<Fault>(() => CrossTable.Of([.. One, .. other])).Message, StringComparison.Ordinal);
        Assert.Contains("Run a study first", Assert.Throws<Fault>(() => ResultsTable.Of([])).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Variants_of_one_method_are_rows_named_by_their_own_settings()
    {
        var falw = One.Single(r => r.Title == "FaLW");
        var other = falw with { Spec = falw.Spec with { Weighting = new ForgettingAwareWeighting(0.2) } };
        Assert.Equal(["Retrain", "Original", "FaLW", "FaLW, τ 0.2"], ResultsTable.Of([falw, other]).Rows.Select(r => r.Cells[0].Text));
    }

    [Fact]
    public void A_setting_that_one_method_alone_has_is_shared_by_none()
    {
        var table = SpecTable.Shared(Study.Plug.Specs(Scale.Smoke, 1));
        Assert.Contains("Network.Name", table.Rows.Select(r => r.Cells[0].Text));
        Assert.DoesNotContain(table.Rows, r => r.Cells[0].Text.StartsWith("Weighting.", StringComparison.Ordinal));
    }

    [Fact]
    public void Class_balanced_gap_counts_every_class_once()
    {
        var run = One.Single(r => r.Title == "FaLW");
        var expected = run.UnlearnedClasses.Zip(run.RetrainClasses, (u, r) => Math.Abs(u.ForgetAccuracy - r.ForgetAccuracy)).Average();
        Assert.Equal(expected, Measures.ClassBalancedGap(run), 12);
        Assert.NotEqual(Math.Abs(Measures.AccuracyGap(run, [.. Enumerable.Range(0, 20)])), expected, 3);
    }

    public static TheoryData<string> Kinds => [.. Figures(One).Keys];

    [Theory]
    [MemberData(nameof(Kinds))]
    public void Every_figure_says_what_was_accepted(string kind) => Snapshot.Match(Figures(Three)[kind].Summary, kind);

    [Fact]
    public void Deviations_of_all_methods_share_one_scale_with_zero_in_the_middle()
    {
        var figure = DeviationPlot.Of(One);
        Assert.Equal(5, figure.Panels.Count);
        Assert.Single(figure.Panels.Select(p => (p.Y.Low, p.Y.High)).Distinct());
        Assert.Equal(-figure.Panels[0].Y.Low!.Value, figure.Panels[0].Y.High!.Value);
        var bars = (Bars)figure.Panels[^1].Traces[0];
        Assert.Equal(100 * One.Single(r => r.Title == "FaLW").Samples.Where(s => s.Class == 0).Average(s => s.Deviation), bars.Y[0], 12);
    }

    /// <summary>A rank has a name where it is one class in all runs.</summary>
    [Fact]
    public void Classes_are_named_where_all_seeds_order_them_alike()
    {
        var axis = DeviationPlot.Of(Three).Panels[0].X;
        Assert.Equal(Measures.HeadToTail(Three[0]).Select(Benchmark.Cifar100.ClassName), axis.Categories);
        RunResult[] mixed = [.. Three.Select((run, i) => i % 2 == 0 ? run : run with { Groups = ClassGroups.Of([.. run.ForgetCounts.Reverse()]) })];
        Assert.Equal("class, most forgotten first (rank)", DeviationPlot.Of(mixed).Panels[0].X.Title);
        Assert.Contains("a rank is another class in another seed", DeviationPlot.Of(mixed).Note, StringComparison.Ordinal);
        Assert.DoesNotContain("another class", DeviationPlot.Of(Three).Note, StringComparison.Ordinal);
        var nameless = One.Select(run => run with { Spec = run.Spec with { Data = run.Spec.Data with { Benchmark = Benchmark.Synthetic } } });
        Assert.Equal((0, "class, most forgotten first (rank)"), (DeviationPlot.Of(nameless).Panels[0].X.Categories.Count, DeviationPlot.Of(nameless).Panels[0].X.Title));
        Assert.Equal(1, ((Bars)DeviationPlot.Of(nameless).Panels[0].Traces[0]).X[0]);
        Assert.Equal(0, ((Bars)DeviationPlot.Of(One).Panels[0].Traces[0]).X[0]);
    }

    [Fact]
    public void Deviations_by_forget_accuracy_are_the_papers_gap_in_the_colour_of_the_method()
    {
        var (figure, plain) = (DeviationPlot.Of(One, DeviationBy.ForgetAccuracy), DeviationPlot.Of(One));
        var run = One.Single(r => r.Title == "FaLW");
        Assert.Equal(run.UnlearnedClasses[0].ForgetAccuracy - run.RetrainClasses[0].ForgetAccuracy, ((Bars)figure.Panels[^1].Traces[0]).Y[0], 12);
        Assert.Equal(plain.Panels.Select(p => (p.Traces[0].Name, p.Traces[0].Paint)), figure.Panels.Select(p => (p.Traces[0].Name, p.Traces[0].Paint)));
        Assert.All(figure.Panels, p => Assert.Equal("ΔFA (points)", p.Y.Title));
        var points = (Points)SkewPlot.Of(One, DeviationBy.ForgetAccuracy).Panels[^1].Traces[1];
        Assert.Contains(points.Y, y => Math.Abs(y - Math.Abs(run.UnlearnedClasses[0].ForgetAccuracy - run.RetrainClasses[0].ForgetAccuracy)) < 1e-9);
    }

    private static Dictionary<string, Figure> Figures(IReadOnlyList<RunResult> results) => new(StringComparer.Ordinal)
    {
        ["forget"] = ForgetHistogram.Of(results[0]),
        ["deviation"] = DeviationPlot.Of(results),
        ["gaps"] = GapBars.Of(results),
        ["loss"] = TrainingCurves.Of(results),
        ["sensitivity"] = AgainstPlot.Of([("RL", 0.001, 9.9), ("RL", 0.01, 5.5), ("RL", 0.01, 6.5), ("FaLW", 0.001, 8), ("FaLW", 0.01, 8.7)]),
    };
}
