using System.Text.Json;

namespace FaLW.Figures;

/// <summary>Heat maps and colour scales of plotly.</summary>
internal static class PlotlyHeat
{
    public static void Write(Panel panel, Heat heat, Utf8JsonWriter json)
    {
        json.WriteString("type", "heatmap");
        json.WriteStartArray("z");
        foreach (var row in heat.Rows)
        {
            json.WriteStartArray();
            foreach (var value in row) json.Number(value);
            json.WriteEndArray();
        }
        json.WriteEndArray();
        Scale(heat.Shading, "zmin", "zmax", json);
        if (panel.X.Categories.Count * panel.Y.Categories.Count is not (> 0 and <= 200)) return;
        json.WriteStartArray("text");
        var range = heat.Shading.Range;
        foreach (var row in heat.Rows) Row(row, range, json);
        json.WriteEndArray();
        json.WriteString("texttemplate", "%{text}");
    }

    private static void Row(IReadOnlyList<double> row, Domain range, Utf8JsonWriter json)
    {
        json.WriteStartArray();
        foreach (var value in row) json.WriteStringValue(double.IsFinite(value) ? HeatDrawing.Value(value, range) : "");
        json.WriteEndArray();
    }

    /// <summary>Ends, colours and bar of a colour scale.</summary>
    public static void Scale(Shading shading, string low, string high, Utf8JsonWriter json)
    {
        json.WritePropertyName(low);
        json.Number(shading.Range.Low);
        json.WritePropertyName(high);
        json.Number(shading.Range.High);
        Colours(shading.Ramp, json);
        json.WriteStartObject("colorbar");
        json.WriteNumber("thickness", 14);
        json.WriteNumber("outlinewidth", 0);
        json.WriteNumber("ypad", 0);
        json.Font("tickfont", Style.TickLabel, Palette.Muted);
        json.WriteEndObject();
    }

    private static void Colours(Ramp ramp, Utf8JsonWriter json)
    {
        json.WriteStartArray("colorscale");
        for (var i = 0; i < ramp.Anchors.Count; i++)
        {
            json.WriteStartArray();
            json.Number((double)i / (ramp.Anchors.Count - 1));
            json.WriteStringValue(ramp.Anchors[i].Hex);
            json.WriteEndArray();
        }
        json.WriteEndArray();
    }
}
