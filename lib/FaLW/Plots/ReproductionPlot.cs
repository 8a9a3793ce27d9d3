using System.Globalization;
using FaLW.Figures;
using FaLW.Verdicts;

namespace FaLW.Plots;

/// <summary>Published and our differences side by side: one row per difference, a mark for the paper's, a point with its interval for ours, coloured by verdict.</summary>
public static class ReproductionPlot
{
    // Published differences beyond this are told in words at the edge; drawn to scale they would press all others into one line.
    private const double Farthest = -12;

    private const double Apart = 0.17;

    private static readonly (Verdict Verdict, string Name, Paint Paint)[] Colours =
    [
        (Verdict.Reproduced, "reproduced", Paint.Of("009e73")), (Verdict.SameDirection, "same direction", Paint.Of("0072b2")),
        (Verdict.NoDifferenceDetectable, "no difference detectable", Palette.Original), (Verdict.Contradicted, "contradicted", Paint.Of("d55e00")),
    ];

    /// <summary>One panel per table of the paper; of every difference the largest scale that has results.</summary>
    /// <param name="found">The claims.</param>
    public static Figure Of(Reproduction found)
    {
        ReproductionRow[] rows = [.. found.Rows.Where(row => row.Claim.Kind == ClaimKind.Difference).DistinctBy(row => row.Claim)];
        string[] scales = [.. rows.Where(row => row.HasResults).Select(row => row.Scale.Name).Distinct(StringComparer.Ordinal)];
        return new Figure("What the paper prints, and what we find", [.. rows.GroupBy(PanelOf).Select(group => Panel(group.Key, [.. group], tellScale: scales.Length > 1))])
        {
            Subtitle = scales.Length == 0 ? "Nothing is recorded yet."
                : $"Ours at scale {string.Join(", ", scales)}{(scales.Contains(Experiments.Scale.Paper.Name) ? "" : ", not the paper's")}: the largest recorded of each row. No point: not run.",
            Note = "All are differences. Bars are 95 % intervals over seeds; verdicts are corrected for all rows of a panel, run or not. Doubtful: hard to explain, flag a of the table.",
            Columns = 2,
            Height = 760,
        };
    }

    private static string PanelOf(ReproductionRow row) => row.Claim.Table == "main table" ? $"Main table: {row.Claim.Where}" : row.Claim.Table == "imbalance sweep"
        ? "Imbalance sweep: CIFAR-100, FaLW − SalUn" : "Balance factor on − off: CIFAR-100";

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
            Axis.Of("", rows.Select(row => Name(row) + (tellScale && row.HasResults ? $" ({row.Scale.Name})" : ""))),
            [
                new Points("published", far[false].Select(row => row.Published), far[false].Select(row => row.Place - Apart)) { Marker = Marker.Diamond, Paint = Palette.Ink, Radius = 4.5 },
                .. Colours.SelectMany(verdict => Ours(verdict.Name, verdict.Paint, [.. rows.Select((row, i) => (row, i)).Where(pair => pair.row.HasResults && pair.row.Judgement.Verdict == verdict.Verdict)])),
            ])
        {
            Title = title,
            Annotations =
            [
                new ReferenceLine(0, Upright: true),
                .. far[true].Select(row => new Note(Farthest, row.Place - Apart, $"published {Ticks.Signed(row.Published.ToString("0.0", CultureInfo.InvariantCulture))}{(row.Flags.Contains('a', StringComparison.Ordinal) ? ", doubtful" : "")}")),
            ],
        };
    }

    private static IEnumerable<Trace> Ours(string name, Paint paint, IReadOnlyList<(ReproductionRow Row, int Place)> rows)
    {
        if (rows.Count == 0) yield break;
        foreach (var (row, place) in rows)
            if (row.Readings[0].Ours is { HalfWidth: var half, Mean: var mean } && double.IsFinite(half))
                yield return new Line(name, [mean - half, mean + half], [place + Apart, place + Apart]) { Paint = paint, InLegend = false };
        yield return new Points(name, rows.Select(pair => pair.Row.Readings[0].Ours.Mean), rows.Select(pair => pair.Place + Apart)) { Paint = paint, Radius = 5 };
    }
}
