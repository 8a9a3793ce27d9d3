using System.Globalization;

namespace FaLW.Figures;

/// <summary>Says in words what a figure shows.</summary>
internal static class FigureSummary
{
    public static string Of(Figure figure) => string.Join('\n',
    [
        figure.Title.Length > 0 ? figure.Title : "Figure", .. Given(figure.Subtitle), .. figure.Panels.SelectMany(Lines), .. Given(figure.Note),
    ]).TrimEnd('\n');

    private static IEnumerable<string> Lines(Panel panel) =>
    [
        $"  {(panel.Title.Length > 0 ? panel.Title + ": " : "")}{string.Join(" against ", [.. Given(panel.Y.Title), .. Given(panel.X.Title)])}",
        .. panel.Traces.Where(trace => trace is not Band && trace.Name.Length > 0).Select(trace => "    " + Of(panel, trace)),
    ];

    private static string[] Given(string text) => text.Length > 0 ? [text] : [];

    private static string Of(Panel panel, Trace trace) => trace switch
    {
        Line line => $"{line.Name}: line, {Series(line.Y, "points")}{Lost(panel, line.Y)}{Thinned(line.Y.Count)}, last {Ticks.Number(line.Y.Count > 0 ? line.Y[^1] : double.NaN)}",
        Points points => $"{points.Name}: {Series(Values(panel, points), "points")}{Lost(panel, points.Y)}{Thinned(points.Y.Count)}",
        Bars bars when bars.Y.Count <= 12 => $"{bars.Name}: {string.Join(", ", bars.Y.Select((y, i) => Place(panel, bars.X[i]) + " " + Ticks.Number(y)))}",
        Bars bars => $"{bars.Name}: {Series(bars.Y, "bars")}, first {Ticks.Number(bars.Y[0])}, last {Ticks.Number(bars.Y[^1])}",
        Heat heat => $"{heat.Name}: {heat.Rows.Count} x {heat.Rows[0].Count} cells, {Range([.. heat.Rows.SelectMany(r => r)])}",
        _ => trace.Name,
    };

    /// <summary>A place on the x axis in words: its name, or its number.</summary>
    public static string Place(Panel panel, double x) => panel.X.Categories is { Count: > 0 } names && x > -0.5 && x < names.Count - 0.5
        ? names[(int)Math.Round(x)]
        : $"{panel.X.Label} {Ticks.Number(x)}";

    // On named rows the values lie along the other axis.
    private static IReadOnlyList<double> Values(Panel panel, Points points) => panel.Y.Categories.Count > 0 ? points.X : points.Y;

    private static string Series(IReadOnlyList<double> values, string noun) =>
        values.Count == 1 ? Ticks.Number(values[0]) : values.Count.ToString("N0", CultureInfo.InvariantCulture) + " " + noun + ", " + Range(values);

    private static string Range(IReadOnlyList<double> values)
    {
        var finite = values.Where(double.IsFinite).ToArray();
        return finite.Length == 0 ? "no value" : $"{Ticks.Number(finite.Min())} to {Ticks.Number(finite.Max())}";
    }

    private static string Thinned(int count) => count > Thinning.Many ? " (the still picture is thinned, the data are whole)" : "";

    // Zero has no place on a logarithmic axis: the reader must learn that something is not in the picture.
    private static string Lost(Panel panel, IReadOnlyList<double> values)
    {
        var lost = panel.Y.Scale == AxisScale.Log ? values.Count(v => v <= 0) : 0;
        return lost == 0 ? "" : string.Create(CultureInfo.InvariantCulture, $" ({lost} at or below zero, not on a logarithmic axis)");
    }
}
