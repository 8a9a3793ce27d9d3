using System.Text.Json;

namespace FaLW.Figures;

/// <summary>Markers and error bars of plotly traces.</summary>
internal static class PlotlyMarks
{
    public static void Marker(Marker marker, double radius, Paint paint, double opacity, Utf8JsonWriter json)
    {
        json.WriteStartObject("marker");
        json.WriteString("color", paint.Hex);
        Shape(marker, radius, opacity, json);
        json.WriteEndObject();
    }

    public static void Shaded(Points points, Shading shading, Utf8JsonWriter json)
    {
        json.WriteStartObject("marker");
        json.Numbers("color", shading.Values);
        PlotlyHeat.Scale(shading, "cmin", "cmax", json);
        json.WriteBoolean("showscale", shading.Bar);
        Shape(points.Marker, points.Radius, points.Opacity, json);
        json.WriteEndObject();
    }

    public static void Errors(ErrorBars? errors, Paint paint, Utf8JsonWriter json)
    {
        if (errors is null) return;
        json.WriteStartObject("error_y");
        json.WriteString("type", "data");
        json.WriteBoolean("symmetric", false);
        json.Numbers("array", errors.Above);
        json.Numbers("arrayminus", errors.Below);
        json.WriteString("color", paint.Hex);
        json.WriteNumber("thickness", 1.5);
        json.WriteNumber("width", 4);
        json.WriteEndObject();
    }

    private static void Shape(Marker marker, double radius, double opacity, Utf8JsonWriter json)
    {
        json.WriteNumber("size", 2 * radius);
        if (opacity < 1) json.WriteNumber("opacity", opacity);
        var symbol = marker switch
        {
            Figures.Marker.Square => "square",
            Figures.Marker.Triangle => "triangle-up",
            Figures.Marker.Diamond => "diamond",
            _ => "",
        };
        if (symbol.Length > 0) json.WriteString("symbol", symbol);
    }
}
