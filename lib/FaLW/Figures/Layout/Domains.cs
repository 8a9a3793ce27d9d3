namespace FaLW.Figures;

/// <summary>The ranges of a panel's axes, from everything drawn in it.</summary>
internal static class Domains
{
    public static Domain X(Axis axis, IReadOnlyList<Panel> panels)
    {
        var traces = panels.SelectMany(p => p.Traces).ToArray();
        if (axis.Categories.Count > 0) return Domain.Places(axis.Categories.Count);
        if (traces.OfType<Heat>().FirstOrDefault() is { } heat) return Domain.Places(heat.Rows[0].Count);
        var tight = traces.Any(t => t is Bars) || (traces.Length > 0 && traces.All(t => t is Line { Marker: Marker.None, Errors: null } or Band));
        return Domain.Of(axis, traces.SelectMany(ValuesX).Concat(Annotated(panels, upright: true)), tight);
    }

    public static Domain Y(Axis axis, IReadOnlyList<Panel> panels)
    {
        var traces = panels.SelectMany(p => p.Traces).ToArray();
        if (axis.Categories.Count > 0) return Domain.Places(axis.Categories.Count);
        if (traces.OfType<Heat>().FirstOrDefault() is { } heat) return Domain.Places(heat.Rows.Count);
        return Domain.Of(axis, traces.SelectMany(ValuesY).Concat(Annotated(panels, upright: false)), zero: traces.Any(t => t is Bars));
    }

    private static IEnumerable<double> ValuesX(Trace trace) => trace switch
    {
        Line line => line.X,
        Band band => band.X,
        Points points => points.X,
        Bars bars => bars.X.SelectMany(x => new[] { x - Half(bars), x + Half(bars) }),
        _ => [],
    };

    // Bars side by side leave the same ground outside the first and the last as between neighbours.
    private static double Half(Bars bars) => bars.Width * (bars.Overlay ? 0.5 : 0.625);

    private static IEnumerable<double> ValuesY(Trace trace) => trace switch
    {
        Line line => line.Y.Concat(Ends(line.Y, line.Errors)),
        Band band => band.Low.Concat(band.High),
        Points points => points.Y.Concat(Ends(points.Y, points.Errors)),
        Bars bars => bars.Y.Concat(Ends(bars.Y, bars.Errors)),
        _ => [],
    };

    private static IEnumerable<double> Ends(IReadOnlyList<double> values, ErrorBars? errors) => errors is null ? []
        : values.SelectMany((v, i) => new[] { v - errors.Below[i], v + errors.Above[i] });

    private static IEnumerable<double> Annotated(IEnumerable<Panel> panels, bool upright) =>
        panels.SelectMany(p => p.Annotations).OfType<ReferenceLine>().Where(r => r.Upright == upright).Select(r => r.At);
}
