using System.Text.Json;

namespace FaLW.Figures;

/// <summary>The layout of a plotly figure, from the same plan as SVG and PNG, so that the three look alike.</summary>
internal static class PlotlyLayout
{
    public static void Write(Figure figure, Utf8JsonWriter json)
    {
        var header = Header.Draw(figure, new Inks(figure), []);
        var room = FigureLayout.Room(figure, header);
        var plans = figure.Panels.Count > 0 ? new Grid(figure).Plans(room) : [];
        var inner = Inner(plans, room);
        json.WriteStartObject("layout");
        Page(figure, inner, json);
        Legend(figure, header, inner, json);
        for (var i = 0; i < plans.Count; i++) PlotlyAxes.Write(plans[i], i, figure, inner, json);
        PlotlyShapes.Write(plans, json);
        PlotlyNotes.Write(figure, plans, inner, json);
        json.WriteEndObject();
    }

    // The frame that holds all plots; outside it margins keep their pixels, inside it distances scale.
    private static Frame Inner(IReadOnlyList<PanelPlan> plans, Frame room)
    {
        if (plans.Count == 0) return room;
        var (left, top) = (plans.Min(p => p.Plot.Left), plans.Min(p => p.Plot.Top));
        return new Frame(left, top, plans.Max(p => p.Plot.Right) - left, plans.Max(p => p.Plot.Bottom) - top);
    }

    private static void Page(Figure figure, Frame inner, Utf8JsonWriter json)
    {
        json.WriteNumber("height", figure.Height);
        json.WriteBoolean("autosize", true);
        json.WriteString("paper_bgcolor", Palette.Paper.Hex);
        json.WriteString("plot_bgcolor", Palette.Paper.Hex);
        json.WriteString("hovermode", "closest");
        if (figure.Panels.Any(p => p.Traces.Any(t => t is Bars))) json.WriteString("barmode", "overlay");
        json.WriteStartObject("font");
        json.WriteString("family", "Inter, Helvetica Neue, Helvetica, Arial, sans-serif");
        json.WriteNumber("size", Style.TickLabel);
        json.WriteString("color", Palette.Ink.Hex);
        json.WriteEndObject();
        json.WriteStartObject("margin");
        json.WriteNumber("l", Math.Round(inner.Left));
        json.WriteNumber("r", Math.Round(figure.Width - inner.Right));
        json.WriteNumber("t", Math.Round(inner.Top));
        json.WriteNumber("b", Math.Round(figure.Height - inner.Bottom));
        json.WriteEndObject();
    }

    private static void Legend(Figure figure, double header, Frame inner, Utf8JsonWriter json)
    {
        var names = figure.Panels.SelectMany(p => p.Traces).Where(t => t.InLegend && t.Name.Length > 0).Select(t => t.Name).Distinct().Count();
        json.WriteBoolean("showlegend", figure.Legend && names > 1);
        if (!figure.Legend || names < 2) return;
        json.WriteStartObject("legend");
        json.WriteString("orientation", "h");
        json.WriteString("xanchor", "left");
        json.WriteString("yanchor", "bottom");
        json.WritePropertyName("x");
        json.Number((Style.Edge - inner.Left) / inner.Width);
        json.WritePropertyName("y");
        json.Number(1 + (inner.Top - header + 2) / inner.Height);
        json.Font("font", Style.Legend, Palette.Ink);
        json.WriteEndObject();
    }
}
