using FaLW.Experiments;
using FaLW.Figures;

namespace FaLW.Plots;

/// <summary>How much may be asked of soft weights at once: the promise, one influence step, training again and small steps against the share of the task loss asked for.</summary>
public static class FractionPlot
{
    /// <summary>The task loss on top, what it costs below, one column per scheme; the ground is shaded where a training weight would be negative.</summary>
    /// <param name="before">Original.</param>
    /// <param name="schemes">Title and rows of each scheme, shares ascending.</param>
    public static Figure Of(LoanScores before, params (string Title, IReadOnlyList<FractionRow> Rows)[] schemes) => new(
        "How much may be asked for at once?",
        [
            .. OnOneScale([.. schemes.Select(s => Panel(s.Title, s.Rows, new Axis("demographic parity left"), r => r.OneGo.Predicted, scores => scores.Task))]),
            .. OnOneScale([.. schemes.Select(s => Panel("", s.Rows, new Axis("rise of the utility loss", "%"), r => Rise(r.OneGo.PredictedUtility, before), scores => Rise(scores.Utility, before)))]),
        ])
    {
        Subtitle = "validation applicants; shaded: max |ε| above 1, a training weight 1 + ε may be negative",
        Columns = schemes.Length,
        ShareX = true,
        Height = 760,
    };

    /// <summary>The share at which the largest |epsilon| reaches 1; it grows in proportion to the share.</summary>
    internal static double Limit(IReadOnlyList<FractionRow> rows) => rows[^1].Fraction / rows[^1].OneGo.Largest;

    // Rounded: a promise of no rise at all is 0, not what rounding leaves of it.
    private static double Rise(double utility, LoanScores before) => Math.Round(100 * (utility / before.Utility - 1), 8) + 0.0;

    private static IEnumerable<Panel> OnOneScale(Panel[] panels)
    {
        double[] values = [.. panels.SelectMany(p => p.Traces.OfType<Line>()).SelectMany(line => line.Y)];
        var (low, high) = (values.Min(), values.Max());
        var room = Math.Max(0.05 * (high - low), 1e-6);
        return panels.Select(p => p with { Y = p.Y with { Low = low - room, High = high + room } });
    }

    private static Panel Panel(string title, IReadOnlyList<FractionRow> rows, Axis y, Func<FractionRow, double> promise, Func<LoanScores, double> number)
    {
        double[] asked = [.. rows.Select(r => 100 * r.Fraction)];
        Line Course(string name, Func<FractionRow, double> value, Paint paint, Marker shape) => new(name, asked, rows.Select(value)) { Paint = paint, Marker = shape };
        return new Panel(
            new Axis("asked for: share of the parity to cancel", "%") { Low = 0, High = 100 }, y,
            [
                Course("one influence step", r => number(r.OneGo.Step), Palette.Series[0], Marker.Circle),
                Course("training again", r => number(r.OneGo.Again), Palette.Series[1], Marker.Square),
                Course("ten small steps", r => number(r.Small), Palette.Series[2], Marker.Triangle),
                Course("promised", promise, Palette.Ink, Marker.None) with { Dash = Dash.Dashed, Width = 1.5 },
            ])
        {
            Title = title,
            Annotations = Limit(rows) < 1 ? [new ReferenceLine(0) { Solid = true }, new Zone(100 * Limit(rows), 100, title.Length > 0 ? "max |ε| > 1" : "")] : [new ReferenceLine(0) { Solid = true }],
        };
    }
}
