using System.Text.Json;

namespace FaLW.Figures;

/// <summary>The two axes of a panel in a plotly layout.</summary>
internal static class PlotlyAxes
{
    public static void Write(PanelPlan plan, int index, Figure figure, Frame inner, Utf8JsonWriter json)
    {
        var (left, right) = ((plan.Plot.Left - inner.Left) / inner.Width, (plan.Plot.Right - inner.Left) / inner.Width);
        var (bottom, top) = ((inner.Bottom - plan.Plot.Bottom) / inner.Height, (inner.Bottom - plan.Plot.Top) / inner.Height);
        Start("xaxis", index, plan.Panel.X, plan.X, plan.LabelsX, [left, right], json);
        json.WriteString("anchor", PlotlyPlace.Axis('y', index));
        if (figure.ShareX && index > 0) json.WriteString("matches", "x");
        Ticks(plan.Panel.X, plan.TicksX, plan.LabelsX, json);
        if (plan.Panel.X.Categories.Count == 0) Outside(json);
        BaseLine(plan, json);
        if (plan.Slanted) json.WriteNumber("tickangle", AxisTicks.SlantDegrees);
        Grid(plan.Heat is null && plan.Panel.X.Categories.Count == 0 && !plan.Panel.Traces.Any(t => t is Bars), json);
        json.WriteEndObject();
        Start("yaxis", index, plan.Panel.Y, plan.Y, plan.LabelsY, [bottom, top], json);
        json.WriteString("anchor", PlotlyPlace.Axis('x', index));
        if (figure.ShareY && index > 0) json.WriteString("matches", "y");
        Ticks(plan.Panel.Y, plan.TicksY, plan.LabelsY, json);
        Grid(plan.Heat is null, json);
        json.WriteBoolean("zeroline", Hangs(plan));
        if (Hangs(plan)) json.WriteString("zerolinecolor", Palette.Ink.Hex);
        json.WriteEndObject();
    }

    // Bars stand on zero, everything else on the lower edge.
    private static bool Hangs(PanelPlan plan) => plan.Panel.Traces.Any(t => t is Bars) && plan.Y.Holds(0);

    private static void BaseLine(PanelPlan plan, Utf8JsonWriter json)
    {
        json.WriteBoolean("zeroline", false);
        if (plan.Heat is null && !Hangs(plan)) json.WriteString("linecolor", Palette.Ink.Hex);
    }

    private static void Outside(Utf8JsonWriter json)
    {
        json.WriteString("ticks", "outside");
        json.WriteNumber("ticklen", Style.TickLength);
        json.WriteString("tickcolor", Palette.Muted.Hex);
    }

    private static void Start(string kind, int index, Axis axis, Scale scale, bool labels, double[] domain, Utf8JsonWriter json)
    {
        var log = scale.Domain.Log;
        var (low, high) = log ? (Math.Log10(scale.Domain.Low), Math.Log10(scale.Domain.High)) : (scale.Domain.Low, scale.Domain.High);
        var down = kind[0] == 'y' && scale.To > scale.From;
        json.WriteStartObject(kind + PlotlyPlace.Axis(' ', index).Trim());
        json.WriteString("type", log ? "log" : "linear");
        json.Numbers("domain", domain);
        json.Numbers("range", down ? [high, low] : [low, high]);
        json.WriteBoolean("showticklabels", labels);
        if (labels && axis.Title.Length > 0)
        {
            json.WriteStartObject("title");
            json.WriteString("text", axis.Title);
            json.Font("font", Style.AxisTitle, Palette.Ink);
            json.WriteNumber("standoff", 8);
            json.WriteEndObject();
        }
        if (labels) json.Font("tickfont", Style.TickLabel, axis.Categories.Count > 0 ? Palette.Ink : Palette.Muted);
    }

    // Names and decades need fixed ticks; other numbers keep plotly's own, which follow the reader's zoom.
    private static void Ticks(Axis axis, IReadOnlyList<Tick> ticks, bool labels, Utf8JsonWriter json)
    {
        if (axis.Categories.Count > 0) json.WriteString("ticks", "");
        if (axis.Categories.Count > 0 || axis.Scale == AxisScale.Log)
        {
            json.WriteString("tickmode", "array");
            var named = ticks.Where(t => t.Label.Length > 0).ToArray();
            json.Numbers("tickvals", named.Select(t => t.Value));
            json.Texts("ticktext", named.Select(t => t.Label));
            return;
        }
        json.WriteNumber("nticks", Math.Max(3, ticks.Count(t => t.Label.Length > 0) + 2));
        if (labels) Format(axis, json);
    }

    private static void Format(Axis axis, Utf8JsonWriter json)
    {
        if (axis.SmallestStep >= 1)
        {
            json.WriteString("tickformat", ",d");
            return;
        }
        json.WriteBoolean("separatethousands", true);
        json.WriteString("exponentformat", "power");
    }

    private static void Grid(bool shown, Utf8JsonWriter json)
    {
        json.WriteBoolean("showgrid", shown);
        if (shown) json.WriteString("gridcolor", Palette.Grid.Hex);
    }
}
