using FaLW.Experiments;
using FaLW.Figures;

namespace FaLW.Plots;

/// <summary>What fairness costs: the directions of soft weights from weak to strong, once as one influence step and once as training again.</summary>
public static class TradeOffPlot
{
    private static readonly Marker[] Shapes = [Marker.Square, Marker.Circle, Marker.Diamond];

    /// <summary>Two panels on one scale, one line per direction, one point per strength.</summary>
    /// <param name="before">Original.</param>
    /// <param name="rows">Directions at several strengths, weak to strong.</param>
    public static Figure Of(LoanScores before, IReadOnlyList<SchemeRow> rows) => new(
        "What fairness costs: three directions, followed from weak to strong",
        [Panel("one influence step", before, rows, r => r.Step), Panel("training again with weights 1 + ε", before, rows, r => r.Again)])
    {
        Subtitle = "validation applicants; Original is where the lines meet; better is lower and nearer to 0",
        Note = "Deleted: the 2.5 to 20 % applicants with the smallest influence f on fairness; u is the influence on utility. Soft: 5 to 100 % of the parity asked for.",
        Columns = 2,
        ShareX = true,
        ShareY = true,
        Height = 520,
    };

    private static Panel Panel(string title, LoanScores before, IReadOnlyList<SchemeRow> rows, Func<SchemeRow, LoanScores> scores) => new(
        new Axis("demographic parity left"), new Axis("rise of the utility loss", "%"),
        [.. rows.GroupBy(r => r.Scheme, StringComparer.Ordinal).Select((direction, i) => Line(direction.Key, i, before, direction.Select(scores)))])
    {
        Title = title,
        Annotations = [new ReferenceLine(0, Upright: true)],
    };

    private static Trace Line(string name, int place, LoanScores before, IEnumerable<LoanScores> along)
    {
        LoanScores[] points = [before, .. along];
        return new Line(name, points.Select(p => p.Task), points.Select(p => 100 * (p.Utility / before.Utility - 1))) { Marker = Shapes[place % Shapes.Length] };
    }
}
