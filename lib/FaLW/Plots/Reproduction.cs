using FaLW.Figures;
using FaLW.Metrics;
using FaLW.Studies;

namespace FaLW.Plots;

/// <summary>Published and our differences side by side: one row per difference, a mark for the paper's, a point with its interval for ours, coloured by verdict.</summary>
public static class ReproductionPlot
{
    // Published differences beyond this are told in words at the edge; drawn to scale they would press all others into one line.
    private const double Farthest = -12;

    private const double Apart = 0.17;

    private static readonly (Verdict Verdict, string Name, Paint Paint)[] Colours =
    [
        (Verdict.Reproduced, "reproduced", Palette.Series[2]), (Verdict.SameDirection, "same direction", Palette.Series[1]),
        (Verdict.NoDifferenceDetectable, "no difference detectable", Palette.Muted), (Verdict.Contradicted, "contradicted", Palette.Series[0]),
    ];

    /// <summary>One panel per table of the paper; of every difference the largest scale that has results.</summary>
    public static Figure Of(Reproduction found)
    {
        ReproductionRow[] rows = [.. found.Rows.Where(row => row.Claim.Kind == ClaimKind.Difference).DistinctBy(row => row.Claim)];
        string[] scales = [.. rows.Where(row => row.HasResults).Select(row => row.Scale.ToString()).Distinct(StringComparer.Ordinal)];
        return new Figure("What the paper prints, and what we find", [.. rows.GroupBy(PanelOf).Select(group => Panel(group.Key, [.. group], tellScale: scales.Length > 1))])
        {
            Subtitle = scales.Length == 0 ? "Nothing is recorded yet."
                : $"Ours at scale {string.Join(", ", scales)}{(scales.Contains(Experiments.Scale.Paper.Name) ? "" : ", not the paper's")}: the largest recorded of each row. No point: not run.",
            Note = $"All are differences. Bars are 95 % intervals over seeds; verdicts are corrected for all rows of a panel, run or not. {(rows.GroupBy(PanelOf).Any(IsCut) ? "An interval that leaves its panel is cut. " : "")}Doubtful: hard to explain, flag a of the table.",
            Columns = 2,
            Height = 760,
        };
    }

    private static string PanelOf(ReproductionRow row) => row.Claim.Table switch
    {
        "main table" => $"Main table: {row.Claim.Where}",
        "imbalance sweep" => "Imbalance sweep: CIFAR-100, FaLW − SalUn",
        _ => "Balance factor on − off: CIFAR-100",
    };

    private static string Name(ReproductionRow row) => row.Claim.Table switch
    {
        "main table" => row.Claim.Text,
        "imbalance sweep" => $"γ {PaperSetting.Fraction(row.Claim.Parts[0].Setting.Gamma)}",
        _ => $"{row.Claim.Parts[0].Measure.Name}, γ {PaperSetting.Fraction(row.Claim.Parts[0].Setting.Gamma)}",
    };

    private static Panel Panel(string title, IReadOnlyList<ReproductionRow> rows, bool tellScale)
    {
        var isGap = rows[0].Claim.Parts[0].Measure == Measure.AverageGap;
        var far = rows.Select((row, i) => (row.Claim.Parts[0].Published, row.Claim.Flags, Place: (double)i)).ToLookup(row => row.Published < Farthest);
        return new Panel(
            new Axis(isGap ? "Average Gap; left: FaLW nearer" : "ΔFA; right: less over-forgotten", "points") { Low = far[true].Any() ? Farthest : null },
            Axis.Of("", rows.Select(row => Name(row) + (tellScale && row.HasResults ? $" ({row.Scale})" : ""))),
            [
                new Points("published", far[false].Select(row => row.Published), far[false].Select(row => row.Place - Apart)) { Marker = Marker.Diamond, Paint = Palette.Ink, Radius = 4.5 },
                .. Colours.SelectMany(verdict => Ours(verdict.Name, verdict.Paint, [.. rows.Index().Where(row => row.Item.HasResults && row.Item.Judgement.Verdict == verdict.Verdict)])),
            ])
        {
            Title = title,
            Annotations =
            [
                new ReferenceLine(0, Upright: true),
                .. far[true].Select(row => new Note(Farthest, row.Place - Apart, Panels.Signed($"← {row.Published:0.0}") + (row.Flags.Contains('a', StringComparison.Ordinal) ? ", doubtful" : ""))),
            ],
        };
    }

    private static bool IsCut(IEnumerable<ReproductionRow> panel) => panel.ToArray() is var rows && rows.Any(row => row.Claim.Parts[0].Published < Farthest)
        && rows.Any(row => row.HasResults && row.Readings[0].Ours is { HalfWidth: var half, Mean: var mean } && mean - half < Farthest);

    private static IEnumerable<Trace> Ours(string name, Paint paint, IReadOnlyList<(int Place, ReproductionRow Row)> rows)
    {
        if (rows.Count == 0) yield break;
        foreach (var (place, row) in rows)
            if (row.Readings[0].Ours is { HalfWidth: var half, Mean: var mean } && double.IsFinite(half))
                yield return new Line(name, [mean - half, mean + half], [place + Apart, place + Apart]) { Paint = paint, InLegend = false };
        yield return new Points(name, rows.Select(pair => pair.Row.Readings[0].Ours.Mean), rows.Select(pair => pair.Place + Apart)) { Paint = paint, Radius = 5 };
    }
}

/// <summary>What of the paper stands: every claim with the published number, ours, and the verdict, in columns of their own.</summary>
public static class ReproductionTable
{
    private const string Rule =
        "± is a 95 % t-interval over seeds; tests are paired by seed and corrected by Holm over the rows of one column of the paper's table, run or not, or over the parts of one statement. " +
        "Only the scale paper can reproduce; any other can show the same direction at most.";

    /// <summary>Statements without a size: a pattern, a crossing, "nearest of all".</summary>
    public static Table Statements(Reproduction found)
    {
        var judged = Of(found, ClaimKind.Shape, "What the paper says", [Long("statement", row => row.Claim.Text), Long("ours", Parts)], Rule);
        var shown = Published.Remarks.Where(remark => remark is { Mark: "", Where.Length: > 0 });
        return judged with { Rows = [.. judged.Rows, .. shown.Select(remark => new Row([remark.Subject, remark.Text, "", "–", "not judged", "", remark.Where]))] };
    }

    /// <summary>Differences between methods, and of the balance factor.</summary>
    public static Table Differences(Reproduction found) => Of(found, ClaimKind.Difference, "Differences",
        [
            Long("difference", row => row.Claim.Text), new("published", row => row.Claim.Parts[0].Published, "points"), new("flags", row => row.Claim.Flags),
            new("ours", row => row.Readings[0].Ours.ToCell(), "points"), new("Holm p", row => row.Readings[0].Adjusted, "", 3),
        ], note: $"Below zero FaLW is nearer to Retrain; of the balance factor above zero is nearer, since off is over-forgotten. Flags: what is to be known of the published numbers. {Rule}");

    /// <summary>Every published number by itself.</summary>
    public static Table Numbers(Reproduction found) => Of(found, ClaimKind.Number, "Single numbers",
        [
            Long("number", row => row.Claim.Text), new("published", PublishedOf, "points") { Meaning = "Printed mean ± printed standard deviation, where there is one." }, new("flags", row => row.Claim.Flags),
            new("ours", row => row.Readings[0].Ours.ToCell(), "points"),
        ], note: "Published ± is a standard deviation, ours ± an interval. Away from the paper's scale a number's size says nothing; its difference to SalUn (of SalUn and the others: to FaLW) answers for it.");

    /// <summary>What numbers are flagged for, and what the paper holds of which no number is known.</summary>
    public static Table Remarks() => Table.Of("", Published.Remarks,
        [new("mark", remark => remark.Mark), new("paper", remark => remark.Paper), new("subject", remark => remark.Subject) { Wraps = true }, new("what is to be known", remark => remark.Text) { Wraps = true }, new("source", remark => remark.Source)]);

    /// <summary>Every row with everything, for scripts.</summary>
    public static Table Cells(Reproduction found) => Table.Of("", found.Rows,
        [
            new("table", row => row.Claim.Table), new("kind", row => row.Claim.Kind.ToString()), new("setting", row => row.Claim.Where), new("claim", row => row.Claim.Text), new("published", PublishedOf),
            new("ours", row => Single(row, row.Readings[0].Ours.ToCell())), new("Holm p", row => Single(row, row.Readings[0].Adjusted)), new("detectable", row => row.Judgement.Detectable), new("seeds", row => row.Seeds.Fewest),
            new("verdict", row => row.Judgement.Words), new("why", row => row.Judgement.Reason),
            new("ours, other Retrain", row => Single(row, row.OtherReadings[0].Ours.ToCell())), new("Holm p, other Retrain", row => Single(row, row.OtherReadings[0].Adjusted)), new("verdict, other Retrain", row => row.OtherJudgement.Words),
            new("scale", row => row.Scale.ToString()), new("images", row => row.Spec.Data.Benchmark.Name), new("classes", row => row.Spec.Data.Classes),
            new("images per class", row => row.Spec.Data.TrainPerClass == 0 ? double.NaN : row.Spec.Data.TrainPerClass), new("network", Network),
            new("forgotten", row => row.Spec.Data.Forget.Share), new("cap", row => row.Spec.Data.Forget.Cap),
            new("study", row => row.HasResults ? row.Study : ""), new("departures", row => row.Departures), new("flags", row => row.Claim.Flags), new("command", row => row.Command),
        ]);

    /// <summary>What it comes to, in sentences: verdicts counted, scale by scale. Single numbers are not counted; their differences are.</summary>
    public static IReadOnlyList<string> Findings(Reproduction found)
    {
        var claims = found.Rows.Where(row => row.Claim.Kind != ClaimKind.Number).ToLookup(row => row.HasResults);
        var never = claims[false].Count();
        static string Count(int count) => Invariant($"{count} {(count == 1 ? "statement or difference" : "statements and differences")}");
        return
        [
            .. claims[true].GroupBy(row => row.Scale.ToString(), StringComparer.Ordinal)
                .Select(scale => $"At scale {scale.Key}, {Count(scale.Count())} with results: {Tally(scale, row => row.Judgement)}. Against Retrain of another seed: {Tally(scale, row => row.OtherJudgement)}."),
            .. never == 0 ? Array.Empty<string>() : [$"Not run at {(found.Only is { } only ? $"scale {only}" : "any scale")}: {Count(never)}; each row has the command that runs it."],
        ];
    }

    private static string Tally(IEnumerable<ReproductionRow> rows, Func<ReproductionRow, Judgement> judgement) => string.Join(", ", rows.GroupBy(row => judgement(row).Verdict).OrderBy(group => group.Key)
        .Select(group => Invariant($"{group.Count()} {group.Key switch { Verdict.NoDifferenceDetectable => "no difference detectable", Verdict.NotRun => "not run in full", var verdict => new Judgement(verdict).Words }}")));

    private static Table Of(Reproduction found, ClaimKind kind, string title, IEnumerable<Column<ReproductionRow>> claim, string note) => Table.Of(title, found.Rows.Where(row => row.Claim.Kind == kind),
        [
            Long("in the paper", row => $"{row.Claim.Table}: {row.Claim.Where}"), .. claim, new("seeds", Seeds), Long("verdict", row => Said(row, row.Judgement)),
            Long("against another Retrain", row => row.HasResults ? Said(row, row.OtherJudgement with { Reason = "" }) : "")
                with { Meaning = "The same against Retrain of another seed, which shares no initial weights with the method." },
            Long("scale, or what runs it", Place),
        ], note: note);

    // A statement of several parts has no one number.
    private static Cell Single(ReproductionRow row, Cell cell) => row.Claim.Kind != ClaimKind.Shape || row.Claim.Parts.Count == 1 ? cell : double.NaN;

    private static Cell PublishedOf(ReproductionRow row) => Cell.Of(row.Claim.Parts[0].Published, row.Claim.Kind != ClaimKind.Number ? double.NaN
        : Published.Numbers.First(number => number.Value == row.Claim.Parts[0].Published && number.Method == row.Claim.Parts[0].Name).Deviation);

    private static string Said(ReproductionRow row, Judgement judgement)
    {
        var words = judgement.Verdict switch
        {
            Verdict.NotRun when row.HasResults => row.Seeds.Most == 0 ? "no finite number" : "not run in full",
            Verdict.Contradicted when row.Scale.ToString() != Experiments.Scale.Paper.Name => "contradicted at this scale",
            _ => judgement.Words,
        };
        return judgement.Reason.Length > 0 ? $"{words}; {judgement.Reason}" : words;
    }

    private static string Place(ReproductionRow row) => row switch
    {
        { IsAsked: false } => $"study {row.Claim.Studies[0]} does not ask this at scale {row.Scale}",
        { HasResults: false } => row.Command,
        { Judgement.Verdict: Verdict.NotRun, Seeds.Most: > 0 } => $"{Scale(row)}; {row.Command}",
        _ => Scale(row),
    };

    // Many parts are counted, few are told.
    private static string Parts(ReproductionRow row)
    {
        var parts = row.Claim.Parts.Zip(row.Readings).Where(pair => pair.Second.Ours.Count > 0).ToArray();
        if (parts.Length == 0) return "";
        if (row.Claim.Parts.Count <= 2) return string.Join(", ", parts.Select(pair => $"{pair.First.Name} {Number(pair.Second.Ours)}"));
        var right = parts.Where(pair => Math.Sign(pair.Second.Ours.Mean) == pair.First.Sign).ToArray();
        return Invariant($"{right.Length} of {parts.Length} in this direction, {right.Count(pair => pair.Second.Adjusted <= VerdictRule.Level)} beyond chance");
    }

    private static string Number(Estimate ours) => Panels.Signed($"{ours.Mean:+0.0;-0.0}") + (double.IsNaN(ours.HalfWidth) ? "" : Invariant($" ± {ours.HalfWidth:0.0}"));

    private static string Seeds(ReproductionRow row)
    {
        int[] counts = [.. row.Readings.Take(row.Claim.Kind == ClaimKind.Number ? 1 : row.Readings.Count).Select(reading => reading.Ours.Count).Where(count => count > 0)];
        return counts.Length == 0 ? "–" : counts.Min() == counts.Max() ? Invariant($"{counts.Max()}") : Invariant($"{counts.Min()} to {counts.Max()}");
    }

    /// <summary>The scale with what is smaller at it: "class: Turned-Digits, 40 classes of 36 images, ResNet-8 (width 16), cap 0.8".</summary>
    internal static string Scale(ReproductionRow row)
    {
        var data = row.Spec.Data;
        return Invariant($"{row.Scale}: {data.Benchmark.Name}, {data.Classes} classes{(data.TrainPerClass == 0 ? "" : Invariant($" of {data.TrainPerClass} images"))}, {Network(row)}, {100 * data.Forget.Share:0} % forgotten, cap {data.Forget.Cap}")
            + (row.Departures.Length > 0 ? $"; {row.Departures}" : "");
    }

    private static string Network(ReproductionRow row) => row.Spec.Network.Name + (row.Spec.Network.Width > 0 ? Invariant($" of width {row.Spec.Network.Width}") : "");

    private static Column<ReproductionRow> Long(string title, Func<ReproductionRow, string> words) => new(title, words) { Wraps = true };
}

/// <summary>What the reproduction report says on its page.</summary>
internal static class ReproductionContent
{
    public const string Caption =
        "Diamonds: what the paper prints. Points with intervals: ours, coloured by verdict, at the largest scale that is recorded. Sizes can be compared at the paper's scale only; signs everywhere.";

    public static ReportContent Of(Reproduction found) => new(
        "What of the paper stands", "Every number and statement that is known of the FaLW paper, what this kit finds, and how sure that is.",
        "one row per claim and scale; nothing here is the paper's scale unless its row says so")
    {
        Findings = ReproductionTable.Findings(found),
        Tables =
        [
            ("statements", "What the paper says", ReproductionTable.Statements(found) with { Title = "" }), ("differences", "Differences", ReproductionTable.Differences(found) with { Title = "" }),
            ("numbers", "Single numbers", ReproductionTable.Numbers(found) with { Title = "" }), ("remarks", "What is to be known of the published numbers", ReproductionTable.Remarks()),
        ],
        Plates = [new("reproduction", ReproductionPlot.Of(found), Caption)],
        Notes =
        [
            Invariant($"Not run, contradicted, no difference detectable, same direction, reproduced follow from one rule (lib/FaLW/Studies/README.md): level {VerdictRule.Level}, Holm over each table at each scale, equivalence margins of {Measure.AverageGap.Margin} points of Average Gap and {Measure.Forget.Margin} of forget accuracy, or the printed standard deviation where that is larger."),
            "A smaller scale than the paper's has other images, fewer classes, a smaller network, another share and a cap, and one that ends in -bfloat16 another precision: these can show the same direction at most, and their failure to show one refutes nothing.",
            "Published numbers come from notes on the paper; the full text was not at hand.",
        ],
        SharedSettings = Table.Of<string>("", found.Rows.Where(row => row.HasResults).Select(ReproductionTable.Scale).Distinct(StringComparer.Ordinal), [new("scale", words => words)]),
        MethodSettings = SpecTable.PerMethod(found.Runs.Select(run => run.Spec)),
        Provenance = ProvenanceTable.Of(found.Runs),
    };
}
