using System.Globalization;
using System.Text.Json;

namespace FaLW.Figures;

/// <summary>Which axes a trace belongs to, and whether the legend names it.</summary>
internal readonly record struct PlotlyPlace(int Panel, bool Legend)
{
    /// <summary>Plotly numbers axes from 1 and leaves the 1 out.</summary>
    public static string Axis(char letter, int panel) =>
        letter + (panel == 0 ? "" : (panel + 1).ToString(CultureInfo.InvariantCulture));

    public void Write(Trace trace, Utf8JsonWriter json)
    {
        json.WriteString("name", trace.Name);
        json.WriteString("legendgroup", trace.Name);
        json.WriteBoolean("showlegend", Legend);
        if (Panel == 0) return;
        json.WriteString("xaxis", Axis('x', Panel));
        json.WriteString("yaxis", Axis('y', Panel));
    }
}
