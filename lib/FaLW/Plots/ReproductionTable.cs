using System.Globalization;
using FaLW.Figures;
using FaLW.Metrics;
using FaLW.Verdicts;

namespace FaLW.Plots;

/// <summary>What of the paper stands: every claim with the published number, ours, and the verdict, in columns of their own.</summary>
public static class ReproductionTable
{
    private const string Other = "The same against Retrain of another seed, which shares no initial weights with the method.";

    private const string Rule =
        "± is a 95 % t-interval over seeds; tests are paired by seed and corrected by Holm over the rows of one column of the paper's table, run or not, or over the parts of one statement. " +
        "Only the scale paper can reproduce; a smaller one can show the same direction at most.";

    /// <summary>Statements without a size: a pattern, a crossing, "nearest of all".</summary>
    /// <param name="found">The claims.</param>
    public static Table Statements(Reproduction found)
    {
        var judged = Of(found, ClaimKind.Shape, "What the paper says", [Long("statement")], [Long("ours")], row => [new Cell(row.Claim.Text)], row => [new Cell(Parts(row))]);
        var shown = Published.Remarks.Where(remark => remark is { Mark: "", Where.Length: > 0 });
        return judged with
        {
            Rows = [.. judged.Rows, .. shown.Select(remark => new Row(
                [new Cell(remark.Subject), new Cell(remark.Text), new Cell(""), new Cell("–"), new Cell("not judged"), new Cell(""), new Cell(remark.Where)]))],
            Note = Rule,
        };
    }

    /// <summary>Differences between methods, and of the balance factor.</summary>
    /// <param name="found">The claims.</param>
    public static Table Differences(Reproduction found) => Of(
        found, ClaimKind.Difference, "Differences", [Long("difference"), new Column("published", "points"), Words("flags")], [new Column("ours", "points"), new Column("Holm p", "", 3)],
        row => [new Cell(row.Claim.Text), Cell.Of(row.Claim.Parts[0].Published), new Cell(row.Claim.Flags)],
        row => [Cell.Of(row.Readings[0].Ours), Cell.Of(row.Readings[0].Adjusted)]) with
    { Note = $"Below zero FaLW is nearer to Retrain; of the balance factor above zero is nearer, since off is over-forgotten. Flags: what is to be known of the published numbers. {Rule}" };

    /// <summary>Every published number by itself.</summary>
    /// <param name="found">The claims.</param>
    public static Table Numbers(Reproduction found) => Of(
        found, ClaimKind.Number, "Single numbers", [Long("number"), new Column("published", "points") { Meaning = "Printed mean ± printed standard deviation, where there is one." }, Words("flags")],
        [new Column("ours", "points")],
        row => [new Cell(row.Claim.Text), Cell.Of(row.Claim.Parts[0].Published, Spread(row.Claim)), new Cell(row.Claim.Flags)],
        row => [Cell.Of(row.Readings[0].Ours)]) with
    { Note = "Published ± is a standard deviation, ours ± an interval. Away from the paper's scale a number's size says nothing; its difference to SalUn (of SalUn and the others: to FaLW) answers for it." };

    /// <summary>What numbers are flagged for, and what the paper holds of which no number is known.</summary>
    public static Table Remarks() => new(
        "", [Words("mark"), Words("paper"), Long("subject"), Long("what is to be known"), Words("source")],
        [.. Published.Remarks.Select(remark => new Row([new Cell(remark.Mark), new Cell(remark.Paper), new Cell(remark.Subject), new Cell(remark.Text), new Cell(remark.Source)]))]);

    /// <summary>Every row with everything, for scripts.</summary>
    /// <param name="found">The claims.</param>
    public static Table Cells(Reproduction found) => new("", [.. CellColumns], [.. found.Rows.Select(row => new Row([.. CellsOf(row)]))]);

    /// <summary>What it comes to, in sentences: verdicts counted, scale by scale. Single numbers are not counted; their differences are.</summary>
    /// <param name="found">The claims.</param>
    public static IReadOnlyList<string> Findings(Reproduction found)
    {
        var scales = found.Rows.Where(row => row.Claim.Kind != ClaimKind.Number && row.HasResults).GroupBy(row => row.Scale.Name, StringComparer.Ordinal);
        var never = found.Rows.Where(row => row.Claim.Kind != ClaimKind.Number && !row.HasResults).ToArray();
        return
        [
            .. scales.Select(scale => $"At scale {scale.Key}, {Count(scale.Count(), "statement or difference", "statements and differences")} with results: {Tally(scale, row => row.Judgement)}. Against Retrain of another seed: {Tally(scale, row => row.OtherJudgement)}."),
            .. never.Length == 0 ? Array.Empty<string>() : [$"Not run at {(found.Only is { } only ? $"scale {only.Name}" : "any scale")}: {Count(never.Length, "statement or difference", "statements and differences")}; each row has the command that runs it."],
        ];
    }

    private static string Tally(IEnumerable<ReproductionRow> rows, Func<ReproductionRow, Judgement> judgement) => string.Join(", ",
        rows.GroupBy(row => judgement(row).Verdict).OrderBy(group => group.Key).Select(group => FormattableString.Invariant($"{group.Count()} {Counted(group.Key)}")));

    private static string Counted(Verdict verdict) => verdict == Verdict.NoDifferenceDetectable ? "no difference detectable" : verdict == Verdict.NotRun ? "not run in full" : new Judgement(verdict).Words;

    private static string Count(int count, string one, string many) => FormattableString.Invariant($"{count} {(count == 1 ? one : many)}");

    private static IEnumerable<Column> CellColumns =>
    [
        Words("table"), Words("kind"), Words("setting"), Words("claim"), new Column("published"), new Column("ours"), new Column("Holm p"), new Column("detectable"), new Column("seeds"),
        Words("verdict"), Words("why"), new Column("ours, other Retrain"), new Column("Holm p, other Retrain"), Words("verdict, other Retrain"),
        Words("scale"), Words("images"), new Column("classes"), new Column("images per class"), Words("network"), new Column("forgotten"), new Column("cap"),
        Words("study"), Words("departures"), Words("flags"), Words("command"),
    ];

    private static IEnumerable<Cell> CellsOf(ReproductionRow row)
    {
        var (part, data, single) = (row.Claim.Parts[0], row.Spec.Data, row.Claim.Kind != ClaimKind.Shape || row.Claim.Parts.Count == 1);
        Cell Number(double value) => Cell.Of(single ? value : double.NaN);
        Cell Ours(Reading reading) => single ? Cell.Of(reading.Ours) : Cell.Of(double.NaN);
        return
        [
            new Cell(row.Claim.Table), new Cell(row.Claim.Kind.ToString()), new Cell(row.Claim.Where), new Cell(row.Claim.Text), Cell.Of(part.Published, Spread(row.Claim)),
            Ours(row.Readings[0]), Number(row.Readings[0].Adjusted), Cell.Of(row.Judgement.Detectable), Cell.Of(row.Seeds.Fewest),
            new Cell(row.Judgement.Words), new Cell(row.Judgement.Reason), Ours(row.OtherReadings[0]), Number(row.OtherReadings[0].Adjusted), new Cell(row.OtherJudgement.Words),
            new Cell(row.Scale.Name), new Cell(data.Benchmark.Name), Cell.Of(data.Classes), Cell.Of(data.TrainPerClass == 0 ? double.NaN : data.TrainPerClass), new Cell(Network(row)),
            Cell.Of(data.Forget.Share), Cell.Of(data.Forget.Cap), new Cell(row.HasResults ? row.Study : ""), new Cell(row.Departures), new Cell(row.Claim.Flags), new Cell(row.Command),
        ];
    }

    private static Table Of(
        Reproduction found, ClaimKind kind, string title, IEnumerable<Column> claim, IEnumerable<Column> ours, Func<ReproductionRow, IEnumerable<Cell>> said, Func<ReproductionRow, IEnumerable<Cell>> seen) => new(
        title,
        [Long("in the paper"), .. claim, .. ours, Words("seeds"), Long("verdict"), Long("against another Retrain") with { Meaning = Other }, Long("scale, or what runs it")],
        [.. found.Rows.Where(row => row.Claim.Kind == kind).Select(row => new Row(
            [new Cell($"{row.Claim.Table}: {row.Claim.Where}"), .. said(row), .. seen(row), new Cell(Seeds(row)), new Cell(Said(row, row.Judgement)), new Cell(Stricter(row)), new Cell(Place(row))]))]);

    private static double Spread(Claim claim) =>
        claim.Kind != ClaimKind.Number ? double.NaN
            : Published.Numbers.First(number => number.Value == claim.Parts[0].Published && number.Method == claim.Parts[0].Name).Deviation;

    private static string Said(ReproductionRow row, Judgement judgement)
    {
        var words = judgement.Verdict switch
        {
            Verdict.NotRun when row.HasResults => row.Seeds.Most == 0 ? "no finite number" : "not run in full",
            Verdict.Contradicted when row.Scale.Name != Experiments.Scale.Paper.Name => "contradicted at this scale",
            _ => judgement.Words,
        };
        return judgement.Reason.Length > 0 ? $"{words}; {judgement.Reason}" : words;
    }

    private static string Place(ReproductionRow row) =>
        !row.IsAsked ? $"study {row.Claim.Studies[0]} does not ask this at scale {row.Scale.Name}" : !row.HasResults ? row.Command : row.Judgement.Verdict == Verdict.NotRun && row.Seeds.Most > 0 ? $"{Scale(row)}; {row.Command}" : Scale(row);

    private static string Stricter(ReproductionRow row) => !row.HasResults ? "" : Said(row, row.OtherJudgement with { Reason = "" });

    // Many parts are counted, few are told.
    private static string Parts(ReproductionRow row)
    {
        var parts = row.Claim.Parts.Zip(row.Readings).Where(pair => pair.Second.Ours.Count > 0).ToArray();
        if (parts.Length == 0) return "";
        if (row.Claim.Parts.Count <= 2) return string.Join(", ", parts.Select(pair => $"{pair.First.Name} {Number(pair.Second.Ours)}"));
        var right = parts.Where(pair => Math.Sign(pair.Second.Ours.Mean) == pair.First.Sign).ToArray();
        return FormattableString.Invariant(
            $"{right.Length} of {parts.Length} in this direction, {right.Count(pair => pair.Second.Adjusted <= VerdictRule.Level)} beyond chance");
    }

    private static string Number(Estimate ours) => Ticks.Signed(ours.Mean.ToString("+0.0;-0.0", CultureInfo.InvariantCulture))
        + (double.IsNaN(ours.HalfWidth) ? "" : string.Create(CultureInfo.InvariantCulture, $" ± {ours.HalfWidth:0.0}"));

    private static string Seeds(ReproductionRow row)
    {
        int[] counts = [.. row.Readings.Take(row.Claim.Kind == ClaimKind.Number ? 1 : row.Readings.Count).Select(reading => reading.Ours.Count).Where(count => count > 0)];
        return counts.Length == 0 ? "–" : counts.Min() == counts.Max() ? FormattableString.Invariant($"{counts.Max()}") : FormattableString.Invariant($"{counts.Min()} to {counts.Max()}");
    }

    /// <summary>The scale with what is smaller at it: "class: Turned-Digits, 40 classes of 36 images, ResNet-8 (width 16), cap 0.8".</summary>
    internal static string Scale(ReproductionRow row)
    {
        var data = row.Spec.Data;
        var images = data.TrainPerClass == 0 ? "" : FormattableString.Invariant($" of {data.TrainPerClass} images");
        return FormattableString.Invariant($"{row.Scale.Name}: {data.Benchmark.Name}, {data.Classes} classes{images}, {Network(row)}, {100 * data.Forget.Share:0} % forgotten, cap {data.Forget.Cap}")
            + (row.Departures.Length > 0 ? $"; {row.Departures}" : "");
    }

    private static string Network(ReproductionRow row) => row.Spec.Network.Name + (row.Spec.Network.Width > 0 ? FormattableString.Invariant($" of width {row.Spec.Network.Width}") : "");

    private static Column Long(string title) => Words(title) with { Wraps = true };

    private static Column Words(string title) => new(title) { Words = true };
}
