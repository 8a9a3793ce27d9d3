namespace FaLW.Tests.Plots;

/// <summary>The reproduction as readers see it, from made-up results of the sweep at the paper's scale: gamma by gamma another verdict.</summary>
public sealed class ReproductionFigures
{
    private static readonly double[] Draw = [0.02, -0.03, 0.01, 0.03, -0.02];

    // SalUn's Average Gap less FaLW's; published are 0.87, 0.63, 0.68, 0.26, 1.11, 0.37, 0.99.
    private static readonly Dictionary<double, double> Advantage = new() { [0] = 0.9, [1.0 / 4] = 3, [1.0 / 3] = -0.7, [1.0 / 2] = 0.01, [1] = 0 };

    private static Reproduction Found { get; } = Reproduction.Of(Find, Scale.Paper);

    [Fact]
    public void Every_verdict_is_there() => Assert.Equal(
        [Verdict.Reproduced, Verdict.SameDirection, Verdict.Contradicted, Verdict.NoDifferenceDetectable, Verdict.Contradicted, Verdict.NotRun, Verdict.NotRun],
        Found.Rows.Where(row => row.Claim is { Kind: ClaimKind.Difference, Table: "imbalance sweep" }).Select(row => row.Judgement.Verdict));

    [Fact]
    public void The_tables_read_as_accepted() => Snapshot.Match(
        string.Concat(ReproductionTable.Findings(Found).Select(sentence => sentence + "\n")) + ReproductionTable.Statements(Found).ToMarkdown() + "\n" + ReproductionTable.Differences(Found).ToMarkdown());

    [Fact]
    public void The_picture_says_what_was_accepted() => Snapshot.Match(ReproductionPlot.Of(Found).Summary);

    [Fact]
    public void Published_and_ours_have_columns_and_marks_of_their_own()
    {
        var cells = ReproductionTable.Cells(Found);
        Assert.Equal(["published", "ours"], cells.Columns.Select(column => column.Title).Where(title => title is "published" or "ours"));
        var traces = ReproductionPlot.Of(Found).Panels.SelectMany(panel => panel.Traces).ToArray();
        Assert.Single(traces.OfType<Points>().Where(points => points.Name == "published").Select(points => (points.Marker, points.Paint)).Distinct());
        Assert.DoesNotContain(traces.OfType<Points>(), points => points.Name != "published" && (points.Marker == Marker.Diamond || points.Paint == Palette.Ink));
    }

    [Fact]
    public void Long_words_take_several_lines_on_a_page_and_numbers_do_not()
    {
        var html = ReproductionTable.Differences(Found).ToHtml();
        Assert.Contains("white-space:normal;min-width:8em\">FaLW − SalUn", html, StringComparison.Ordinal);
        Assert.Contains("<td style=\"text-align:right\" data-sort=\"-0.87\">", html, StringComparison.Ordinal);
    }

    private static RunResult? Find(ExperimentSpec spec)
    {
        if (spec.Seeds.Unlearning >= 5 || !Advantage.TryGetValue(spec.Data.Forget.Gamma, out var more) || spec.Data.Benchmark != Benchmark.Cifar100) return null;
        var noise = Draw[spec.Seeds.Unlearning] * (spec.Data.Forget.Gamma == 0.5 ? 40 : 1);
        return spec.Title switch { "FaLW" => MadeUp.Result(spec, 9, controlGap: 1), "SalUn" => MadeUp.Result(spec, 9 + more + noise, controlGap: 1 + more), _ => null };
    }
}
