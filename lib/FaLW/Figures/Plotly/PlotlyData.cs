using System.Text.Json;

namespace FaLW.Figures;

/// <summary>The traces of a plotly figure.</summary>
internal static class PlotlyData
{
    // From here on plotly draws with the graphics card, which keeps zooming fluent.
    private const int ManyPoints = 20_000;

    public static void Write(Figure figure, Utf8JsonWriter json)
    {
        var (inks, named) = (new Inks(figure), new HashSet<string>(StringComparer.Ordinal));
        json.WriteStartArray("data");
        for (var i = 0; i < figure.Panels.Count; i++)
        {
            foreach (var trace in figure.Panels[i].Traces)
            {
                var legend = trace.InLegend && trace.Name.Length > 0 && named.Add(trace.Name);
                Write(figure.Panels[i], trace, inks.Of(trace), new PlotlyPlace(i, legend), json);
            }
        }
        json.WriteEndArray();
    }

    private static void Write(Panel panel, Trace trace, Paint paint, PlotlyPlace place, Utf8JsonWriter json)
    {
        if (trace is Band band)
        {
            Edge(band, band.Low, paint, place, false, json);
            Edge(band, band.High, paint, place, true, json);
            return;
        }
        json.WriteStartObject();
        place.Write(trace, json);
        switch (trace)
        {
            case Line line:
                Write(line, paint, json);
                break;
            case Points points:
                Write(points, paint, json);
                break;
            case Bars bars:
                Write(panel, bars, paint, json);
                break;
            case Heat heat:
                PlotlyHeat.Write(panel, heat, json);
                break;
        }
        json.WriteEndObject();
    }

    private static void Write(Line line, Paint paint, Utf8JsonWriter json)
    {
        json.WriteString("type", line.X.Count >= ManyPoints ? "scattergl" : "scatter");
        json.WriteString("mode", line.Marker == Marker.None ? "lines" : "lines+markers");
        json.Numbers("x", line.X);
        json.Numbers("y", line.Y);
        json.WriteStartObject("line");
        json.WriteString("color", paint.Hex);
        json.WriteNumber("width", line.Width);
        if (line.Dash != Dash.Solid) json.WriteString("dash", line.Dash == Dash.Dashed ? "dash" : "dot");
        json.WriteEndObject();
        if (line.Marker != Marker.None) PlotlyMarks.Marker(line.Marker, 4, paint, 1, json);
        PlotlyMarks.Errors(line.Errors, paint, json);
    }

    private static void Write(Points points, Paint paint, Utf8JsonWriter json)
    {
        json.WriteString("type", points.X.Count >= ManyPoints ? "scattergl" : "scatter");
        json.WriteString("mode", "markers");
        json.Numbers("x", points.X);
        json.Numbers("y", points.Y);
        if (points.Labels.Count > 0)
        {
            json.Texts("text", points.Labels);
            json.WriteString("hoverinfo", "text");
        }
        if (points.Shading is { } shading) PlotlyMarks.Shaded(points, shading, json);
        else PlotlyMarks.Marker(points.Marker, points.Radius, paint, points.Opacity, json);
        PlotlyMarks.Errors(points.Errors, paint, json);
    }

    private static void Write(Panel panel, Bars bars, Paint paint, Utf8JsonWriter json)
    {
        var beside = panel.Traces.OfType<Bars>().Where(b => !b.Overlay).ToArray();
        var width = bars.Overlay ? bars.Width : bars.Width / beside.Length;
        var shift = bars.Overlay ? 0 : (Array.IndexOf(beside, bars) - (beside.Length - 1) / 2.0) * width;
        json.WriteString("type", "bar");
        json.Numbers("x", bars.X.Select(x => x + shift));
        json.Numbers("y", bars.Y);
        json.Numbers("width", Enumerable.Repeat(width * 0.97, bars.X.Count));
        if (panel.X.Categories.Count > 0)
        {
            json.Texts("text", bars.X.Select((x, i) => Tips.Place(panel, x) + ": " + Tips.Number(bars.Y[i])));
            json.WriteString("textposition", "none");
            json.WriteString("hoverinfo", "name+text");
        }
        json.WriteStartObject("marker");
        if (bars.Paints.Count > 0) json.Texts("color", bars.Paints.Select(p => p.Hex));
        else json.WriteString("color", paint.Hex);
        if (bars.Overlay && panel.Traces.OfType<Bars>().Count() > 1) json.WriteNumber("opacity", 0.55);
        json.WriteEndObject();
        PlotlyMarks.Errors(bars.Errors, Palette.Ink, json);
    }

    private static void Edge(Band band, IEnumerable<double> values, Paint paint, PlotlyPlace place, bool fill, Utf8JsonWriter json)
    {
        json.WriteStartObject();
        (place with { Legend = false }).Write(band, json);
        json.WriteString("type", "scatter");
        json.WriteString("mode", "lines");
        json.Numbers("x", band.X);
        json.Numbers("y", values);
        json.WriteStartObject("line");
        json.WriteNumber("width", 0);
        json.WriteString("color", paint.Hex);
        json.WriteEndObject();
        json.WriteString("hoverinfo", "skip");
        if (fill)
        {
            json.WriteString("fill", "tonexty");
            json.WriteString("fillcolor", FormattableString.Invariant($"rgba({paint.Red},{paint.Green},{paint.Blue},0.2)"));
        }
        json.WriteEndObject();
    }
}
