using System.Text.Json;

namespace FaLW.Figures;

/// <summary>Reference lines and zones of a plotly layout.</summary>
internal static class PlotlyShapes
{
    public static void Write(IReadOnlyList<PanelPlan> plans, Utf8JsonWriter json)
    {
        json.WriteStartArray("shapes");
        for (var i = 0; i < plans.Count; i++)
        {
            foreach (var annotation in plans[i].Panel.Annotations)
            {
                if (annotation is ReferenceLine line) Write(line, plans[i], i, json);
                if (annotation is Zone { Shaded: true } zone) Write(zone, i, json);
            }
        }
        json.WriteEndArray();
    }

    private static void Write(ReferenceLine line, PanelPlan plan, int panel, Utf8JsonWriter json)
    {
        if (!(line.Upright ? plan.X : plan.Y).Holds(line.At)) return;
        json.WriteStartObject();
        json.WriteString("type", "line");
        json.WriteString("xref", PlotlyPlace.Axis('x', panel) + (line.Upright ? "" : " domain"));
        json.WriteString("yref", PlotlyPlace.Axis('y', panel) + (line.Upright ? " domain" : ""));
        Value("x0", line.Upright ? line.At : 0, json);
        Value("x1", line.Upright ? line.At : 1, json);
        Value("y0", line.Upright ? 0 : line.At, json);
        Value("y1", line.Upright ? 1 : line.At, json);
        json.WriteStartObject("line");
        json.WriteString("color", line.Solid ? Palette.Ink.Hex : Palette.Muted.Hex);
        json.WriteNumber("width", line.Solid ? 1.25 : 1.5);
        if (!line.Solid) json.WriteString("dash", "dash");
        json.WriteEndObject();
        json.WriteEndObject();
    }

    private static void Write(Zone zone, int panel, Utf8JsonWriter json)
    {
        json.WriteStartObject();
        json.WriteString("type", "rect");
        json.WriteString("layer", "below");
        json.WriteString("xref", PlotlyPlace.Axis('x', panel));
        json.WriteString("yref", PlotlyPlace.Axis('y', panel) + " domain");
        Value("x0", zone.From, json);
        Value("x1", zone.To, json);
        Value("y0", 0, json);
        Value("y1", 1, json);
        json.WriteString("fillcolor", Palette.Grid.Hex);
        json.WriteNumber("opacity", 0.45);
        json.WriteStartObject("line");
        json.WriteNumber("width", 0);
        json.WriteEndObject();
        json.WriteEndObject();
    }

    private static void Value(string name, double value, Utf8JsonWriter json)
    {
        json.WritePropertyName(name);
        json.Number(value);
    }
}
