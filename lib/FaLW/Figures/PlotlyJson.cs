using System.Globalization;
using Newtonsoft.Json;
using XPlot.Plotly;

namespace FaLW.Figures;

/// <summary>Writes a figure as the JSON of a plotly.js figure (<c>data</c>, <c>layout</c>, <c>config</c>): whole data, six significant digits.</summary>
public static class PlotlyJson
{
    /// <summary>The MIME type under which notebooks know such JSON.</summary>
    public const string MimeType = "application/vnd.plotly.v1+json";

    // From here on plotly draws with the graphics card, which keeps zooming fluent.
    private const int ManyPoints = 20_000;
    private static readonly JsonSerializerSettings Settings = new()
    {
        NullValueHandling = NullValueHandling.Ignore,
        StringEscapeHandling = StringEscapeHandling.EscapeHtml,
        Converters = { new SixDigits() },
    };

    /// <summary>The figure as JSON text without line breaks, and without anything that could end the script of a page.</summary>
    public static string Of(Figure figure)
    {
        var plan = new FigurePlan(figure);
        var json = JsonConvert.SerializeObject(new { data = Data(figure, plan), layout = PlotlyLayout.Of(figure, plan), config = new { responsive = true, displaylogo = false } }, Settings);
        // XPlot's own mark, which no plotly.js knows.
        return json.Replace(",\"_isSubplotObj\":true", "", StringComparison.Ordinal);
    }

    internal static Font Font(double size, Paint paint) => new() { size = size, color = paint.Hex };

    /// <summary>Plotly numbers axes from 1 and leaves the 1 out.</summary>
    internal static string Axis(string letter, int panel) => letter + (panel == 0 ? "" : (panel + 1).ToString(CultureInfo.InvariantCulture));

    private static IEnumerable<XPlot.Plotly.Trace> Data(Figure figure, FigurePlan plan)
    {
        var named = new HashSet<string>(StringComparer.Ordinal);
        foreach (var (index, panel) in figure.Panels.Index())
            foreach (var trace in panel.Traces)
            {
                var legend = trace.InLegend && trace.Name.Length > 0 && named.Add(trace.Name);
                foreach (var drawn in Of(panel, trace, plan.Inks(trace)))
                    yield return Placed(drawn, trace, legend, index);
            }
    }

    private static IEnumerable<XPlot.Plotly.Trace> Of(Panel panel, Trace trace, Paint paint) => trace switch
    {
        Band band => [Edge(band, band.Low, paint, fill: false), Edge(band, band.High, paint, fill: true)],
        Line line => [Of(line, paint)],
        Points points => [Of(points, paint)],
        Bars bars => [Of(panel, bars, paint)],
        Heat heat => [Of(panel, heat)],
        _ => [],
    };

    // XPlot's traces share no type that has these.
    private static XPlot.Plotly.Trace Placed(XPlot.Plotly.Trace drawn, Trace trace, bool legend, int panel)
    {
        var (x, y) = panel == 0 ? (null, null) : (Axis("x", panel), Axis("y", panel));
        drawn.name = trace.Name;
        if (drawn is Scatter scatter) (scatter.legendgroup, scatter.showlegend, scatter.xaxis, scatter.yaxis) = (trace.Name, legend, x, y);
        if (drawn is Bar bar) (bar.legendgroup, bar.showlegend, bar.xaxis, bar.yaxis) = (trace.Name, legend, x, y);
        if (drawn is Heatmap map) (map.legendgroup, map.showlegend, map.xaxis, map.yaxis) = (trace.Name, legend, x, y);
        return drawn;
    }

    private static Scatter Edge(Band band, IEnumerable<double> values, Paint paint, bool fill)
    {
        var edge = new Scatter { mode = "lines", x = band.X, y = values, hoverinfo = "skip", line = new XPlot.Plotly.Line { width = 0, color = paint.Hex } };
        if (fill) (edge.fill, edge.fillcolor) = ("tonexty", Invariant($"rgba({paint.Red},{paint.Green},{paint.Blue},0.2)"));
        return edge;
    }

    private static Scatter Of(Line line, Paint paint) => new()
    {
        type = line.X.Count >= ManyPoints ? "scattergl" : "scatter",
        mode = line.Marker == Marker.None ? "lines" : "lines+markers",
        x = line.X,
        y = line.Y,
        line = new() { color = paint.Hex, width = line.Width, dash = line.Dash switch { Dash.Dashed => "dash", Dash.Dotted => "dot", _ => null } },
        marker = line.Marker == Marker.None ? null : Mark(line.Marker, 4, paint.Hex),
        error_y = Errors(line.Errors, paint),
    };

    private static Scatter Of(Points points, Paint paint)
    {
        var marker = Mark(points.Marker, points.Radius, points.Shading is null ? paint.Hex : points.Shading.Values);
        if (points.Opacity < 1) marker.opacity = points.Opacity;
        if (points.Shading is { } shading)
        {
            (marker.cmin, marker.cmax, marker.colorscale) = (shading.Range.Low, shading.Range.High, Colours(shading.Ramp));
            (marker.colorbar, marker.showscale) = (Bar(), shading.Bar);
        }
        var scatter = new Scatter { type = points.X.Count >= ManyPoints ? "scattergl" : "scatter", mode = "markers", x = points.X, y = points.Y, marker = marker };
        if (points.Labels.Count > 0) (scatter.text, scatter.hoverinfo) = (points.Labels, "text");
        scatter.error_y = Errors(points.Errors, paint);
        return scatter;
    }

    private static OpenBar Of(Panel panel, Bars bars, Paint paint)
    {
        Bars[] beside = [.. panel.Traces.OfType<Bars>().Where(b => !b.Overlay)];
        var width = bars.Overlay ? bars.Width : bars.Width / beside.Length;
        var shift = bars.Overlay ? 0 : (Array.IndexOf(beside, bars) - (beside.Length - 1) / 2.0) * width;
        var marker = new XPlot.Plotly.Marker { color = paint.Hex };
        if (bars.Overlay && panel.Traces.OfType<Bars>().Count() > 1) marker.opacity = 0.55;
        var bar = new OpenBar { x = bars.X.Select(x => x + shift), y = bars.Y, marker = marker, More = { ["width"] = bars.X.Select(_ => width * 0.97) } };
        if (panel.X.Categories.Count > 0)
        {
            (bar.text, bar.hoverinfo) = (bars.X.Select((x, i) => FigureSummary.Place(panel, x) + ": " + Ticks.Number(bars.Y[i])), "name+text");
            bar.More["textposition"] = "none";
        }
        bar.error_y = Errors(bars.Errors, Palette.Ink);
        return bar;
    }

    private static OpenHeatmap Of(Panel panel, Heat heat)
    {
        var range = heat.Shading.Range;
        var map = new OpenHeatmap { z = heat.Rows, zmin = range.Low, zmax = range.High, colorscale = Colours(heat.Shading.Ramp), colorbar = Bar() };
        if (panel.X.Categories.Count * panel.Y.Categories.Count is not (> 0 and <= 200)) return map;
        map.text = heat.Rows.Select(row => row.Select(value => double.IsFinite(value) ? Heat.Written(value, range) : ""));
        map.More["texttemplate"] = "%{text}";
        return map;
    }

    private static XPlot.Plotly.Marker Mark(Marker marker, double radius, object colour)
    {
        var symbol = marker switch { Marker.Square => "square", Marker.Triangle => "triangle-up", Marker.Diamond => "diamond", _ => null };
        return new XPlot.Plotly.Marker { color = colour, size = 2 * radius, symbol = symbol };
    }

    private static Error_y? Errors(ErrorBars? errors, Paint paint) => errors is null ? null : new()
    {
        type = "data",
        symmetric = false,
        array = errors.Above,
        arrayminus = errors.Below,
        color = paint.Hex,
        thickness = 1.5,
        width = 4,
    };

    private static Colorbar Bar() => new() { thickness = 14, outlinewidth = 0, ypad = 0, tickfont = Font(Style.TickLabel, Palette.Muted) };

    private static IEnumerable<object[]> Colours(Ramp ramp) => ramp.Anchors.Select((anchor, i) => new object[] { (double)i / (ramp.Anchors.Count - 1), anchor.Hex });

    /// <summary>As many digits as a picture can show, few enough to read in a diff; what is not finite is missing.</summary>
    private sealed class SixDigits : JsonConverter<double>
    {
        public override bool CanRead => false;

        public override void WriteJson(JsonWriter writer, double value, JsonSerializer serializer)
        {
            if (double.IsFinite(value)) writer.WriteRawValue(value.ToString("G6", CultureInfo.InvariantCulture));
            else writer.WriteNull();
        }

        public override double ReadJson(JsonReader reader, Type objectType, double existingValue, bool hasExistingValue, JsonSerializer serializer) => throw new NotSupportedException();
    }
}

// XPlot's types with what plotly.js has learned since.
internal sealed class OpenLayout : Layout.Layout
{
    [JsonExtensionData]
    public Dictionary<string, object?> More { get; } = [];
}

internal sealed class OpenAxis : Xaxis
{
    [JsonExtensionData]
    public Dictionary<string, object?> More { get; } = [];
}

internal sealed class OpenBar : Bar
{
    [JsonExtensionData]
    public Dictionary<string, object?> More { get; } = [];
}

internal sealed class OpenHeatmap : Heatmap
{
    [JsonExtensionData]
    public Dictionary<string, object?> More { get; } = [];
}

internal sealed class OpenAnnotation : XPlot.Plotly.Annotation
{
    [JsonExtensionData]
    public Dictionary<string, object?> More { get; } = [];
}

internal sealed class OpenShape : Shape
{
    [JsonExtensionData]
    public Dictionary<string, object?> More { get; } = [];
}
