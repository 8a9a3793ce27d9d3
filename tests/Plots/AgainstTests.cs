namespace FaLW.Tests.Plots;

/// <summary>A metric against any setting, and tables of classes and samples, from results with known numbers.</summary>
public sealed class AgainstTests
{
    private static readonly IReadOnlyList<RunResult> Three = SomeResults.Study(3);

    [Fact]
    public void The_same_result_twice_is_no_second_seed()
    {
        var study = SomeResults.WithControl(1);
        Assert.Equal(ResultsTable.Of(study).ToText(), ResultsTable.Of([.. study, .. study]).ToText());
    }

    [Fact]
    public void One_line_per_method_through_the_means_and_the_axis_is_called_what_was_asked_for()
    {
        RunResult[] all = [.. from gamma in new[] { 0, 0.5, 2 } from run in Three where run.Title is "FaLW" or "RL" select With(run, gamma)];
        var figure = AgainstPlot.Of(all, r => r.Spec.Data.Forget.Gamma);
        var lines = figure.Panels[0].Traces.OfType<Line>().ToArray();
        Assert.Equal(["RL", "FaLW"], lines.Select(line => line.Name));
        Assert.Equal(("γ", AxisScale.Linear, "Average Gap against γ"), (figure.Panels[0].X.Label, figure.Panels[0].X.Scale, figure.Title));
        Assert.All(lines, line => Assert.Equal([0, 0.5, 2], line.X, (expected, drawn) => Math.Abs(expected - drawn) < 0.02));
        Assert.All(lines[0].X.Zip(lines[1].X), pair => Assert.True(pair.First < pair.Second, "whiskers at one place lie over each other"));
        Assert.EndsWith("Whiskers: 95 % t-intervals over the seeds.", figure.Note, StringComparison.Ordinal);
        Assert.EndsWith("γ = 0, 0.5, 2", figure.Subtitle, StringComparison.Ordinal);

        double[] gaps = [.. Three.Where(r => r.Title == "FaLW").Select(r => r.AverageGap)];
        Assert.Equal(gaps.Average(), lines[1].Y[0], 12);
        // Student's t with two degrees of freedom, two-sided 95 %.
        Assert.Equal(4.302652729911275 * Math.Sqrt(gaps.Sum(g => Math.Pow(g - gaps.Average(), 2)) / 2 / 3), lines[1].Errors!.Above[0], 9);
    }

    [Fact]
    public void What_else_differs_splits_the_line_and_is_named()
    {
        var falw = Three.Single(r => r.Title == "FaLW" && r.Spec.Data.Seed == 0);
        RunResult[] all = [.. from gamma in new[] { 0.5, 1 } from tau in new[] { 0, 0.3 } select With(falw, gamma) with { Spec = With(falw, gamma).Spec with { Weighting = new ForgettingAwareWeighting(tau) } }];
        Assert.Equal(["FaLW, τ 0", "FaLW, τ 0.3"], Names(AgainstPlot.Of(all, r => r.Spec.Data.Forget.Gamma)));
        Assert.Equal(["FaLW, γ 0.5", "FaLW, γ 1"], Names(AgainstPlot.Of(all, r => r.Weighting<ForgettingAwareWeighting>().Tau)));
        Assert.Equal(
            ["Retrain, γ 0.5", "Original, γ 0.5", "FaLW, τ 0, γ 0.5", "FaLW, τ 0.3, γ 0.5", "Retrain, γ 1", "Original, γ 1", "FaLW, τ 0, γ 1", "FaLW, τ 0.3, γ 1"],
            ResultsTable.Of(all).Rows.Select(row => row.Cells[0].Text));
    }

    [Fact]
    public void On_a_logarithmic_axis_zero_stands_left_of_everything_and_is_called_zero()
    {
        var panel = AgainstPlot.Of([("FaLW", 0, 5), ("FaLW", 0.1, 4), ("FaLW", 1, 3)], x: "τ").Panels[0];
        var (line, zero) = (panel.Traces.OfType<Line>().Single(), panel.Traces.OfType<Points>().Single(points => points.Labels.Count > 0));
        Assert.Equal([0.1, 1], line.X);
        Assert.Equal([5], zero.Y);
        Assert.InRange(zero.X[0], 0.01, 0.05);
        Assert.Equal("FaLW: 5 at 0", zero.Labels[0]);
        var ticks = Ticks.Of(panel.X, Domain.X(panel.X, [panel]), 8);
        Assert.Equal(("0", zero.X[0]), (ticks[0].Label, ticks[0].Value));
        Assert.All(ticks.Skip(1), tick => Assert.True(tick.Value > 2 * zero.X[0]));
        Assert.Contains("\"0\"", PlotlyJson.Of(AgainstPlot.Of([("FaLW", 0, 5), ("FaLW", 0.1, 4)])), StringComparison.Ordinal);
    }

    [Fact]
    public void A_method_without_the_setting_is_a_level_and_a_negative_value_has_no_logarithm()
    {
        var figure = AgainstPlot.Of(Three.Where(r => r.Title is "FaLW" or "RL"), r => r.Spec.Weighting is ForgettingAwareWeighting weighting ? weighting.Tau : double.NaN, log: true, x: "τ");
        var level = Assert.Single(figure.Panels[0].Annotations.OfType<ReferenceLine>());
        Assert.Equal(("RL", Three.Where(r => r.Title == "RL").Average(r => r.AverageGap)), (level.Text, level.At));
        Assert.Contains("no place for -1", Assert.Throws<Fault>(() => AgainstPlot.Of([("FaLW", -1, 5)])).Message, StringComparison.Ordinal);
        Assert.Throws<Fault>(() => AgainstPlot.Of([], r => r.AverageGap));
    }

    [Fact]
    public void The_class_table_names_classes_and_shows_what_was_asked_for()
    {
        var run = Three.First(r => r.Title == "FaLW");
        var table = ClassTable.Of([run]);
        Assert.Equal(20, table.Rows.Count);
        Assert.Equal(["FaLW", "apple", "Head"], table.Rows[0].Cells.Take(3).Select(c => c.Text));
        Assert.Equal(100 * run.Samples.Where(s => s.Class == 0).Average(s => s.Deviation), table.Rows[0].Cells[5].Value, 12);
        Assert.Equal(run.UnlearnedClasses[0].ForgetAccuracy - run.RetrainClasses[0].ForgetAccuracy, table.Rows[0].Cells[4].Gap, 12);
        Assert.Equal(20, ClassTable.Of(Three, label: "FaLW").Rows.Count);
        Assert.Contains("no method \"Falw\"", Assert.Throws<Fault>(() => ClassTable.Of(Three, label: "Falw")).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void The_sample_table_begins_with_what_lies_furthest_from_Retrain()
    {
        var run = Three.First(r => r.Title == "GA");
        var table = SampleTable.Of([run], most: 5);
        var furthest = run.Samples.OrderByDescending(s => Math.Abs(s.Deviation)).ThenBy(s => s.Row).Take(5).ToArray();
        Assert.Equal(furthest.Select(s => 100 * s.Deviation), table.Rows.Select(row => row.Cells[8].Value));
        Assert.Equal(furthest.Select(s => run.Groups.NameOf(s.Class)), table.Rows.Select(row => row.Cells[4].Text));
    }

    [Fact]
    public void Every_set_with_names_has_one_for_each_class_and_no_two_alike()
    {
        Assert.Equal(("maple", "shirt", "7", "class 3"), (Benchmark.Cifar100.ClassName(47), Benchmark.FashionMnist.ClassName(6), Benchmark.Digits.ClassName(7), Benchmark.TinyImageNet.ClassName(3)));
        Assert.Equal(("9", "3 at 90°"), (Benchmark.TurnedDigits.ClassName(36), Benchmark.TurnedDigits.ClassName(13)));
        Assert.All(Benchmark.All, set => Assert.Equal(set.Classes, Enumerable.Range(0, set.Classes).Select(set.ClassName).Distinct(StringComparer.Ordinal).Count()));
        Assert.Equal("class 100", Benchmark.Cifar100.ClassName(100));
    }

    public static TheoryData<string, Method> Labels => new()
    {
        { "FaLW", new(new RandomLabel(5, 0.1) { BatchSize = 64 }, new ForgettingAwareWeighting()) },
        { "FaLW, τ 0.3", new(new RandomLabel(), new ForgettingAwareWeighting(0.3)) },
        { "FaLW, refresh 10", new(new RandomLabel(), new ForgettingAwareWeighting(RefreshEvery: 10)) },
        { "FaLW (rolling), slice 64", new(new RandomLabel(), new ForgettingAwareWeighting { Slice = 64 }) },
        { "FaLW (no balance), η 2", new(new RandomLabel(), new ForgettingAwareWeighting(Balance: false) { Eta = 2 }) },
        { "RL, order Sequential, exclude true", new(new RandomLabel(Order: LabelOrder.Sequential, ExcludeTrue: true), new UniformWeighting()) },
        { "RL + LoReUn, T 0.5", new(new RandomLabel(), new LossBasedWeighting(0.5)) },
        { "SalUn, density 0.2", new(new SaliencyMask(new RandomLabel(3, 0.1), 0.2), new UniformWeighting()) },
        { "L1-sparse, α 0.0001", new(new L1Sparse(1e-4), new UniformWeighting()) },
        { "RL + ByMargin, β 0.5, steps 1 2", new(new RandomLabel(), new ByMargin(0.5) { Steps = [1, 2] }) },
    };

    [Theory]
    [MemberData(nameof(Labels))]
    public void A_label_is_the_title_and_what_differs_from_the_defaults(string label, Method method) => Assert.Equal(label, method.Label);

    [Fact]
    public void A_run_gives_its_parts_as_what_they_are_or_says_what_they_are()
    {
        var run = Three.First(r => r.Title == "FaLW");
        Assert.Equal((0.15, 0.01), (run.Weighting<ForgettingAwareWeighting>().Tau, run.Unlearner<RandomLabel>().LearningRate));
        Assert.StartsWith("The run FaLW has the weighting ForgettingAwareWeighting, not ByMargin", Assert.Throws<Fault>(() => run.Weighting<ByMargin>()).Message, StringComparison.Ordinal);
    }

    private static RunResult With(RunResult run, double gamma) => run with { Spec = run.Spec with { Data = run.Spec.Data with { Forget = run.Spec.Data.Forget with { Gamma = gamma } } } };

    private static IEnumerable<string> Names(Figure figure) => figure.Panels[0].Traces.OfType<Line>().Select(line => line.Name);

    internal sealed record ByMargin(double Beta = 1) : LossWeighting
    {
        public int[] Steps { get; init; } = [];

        public override Tensor Weights(ForgetState state) => state.Loss.pow(Beta);
    }
}
