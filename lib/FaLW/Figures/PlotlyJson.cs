using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace FaLW.Figures;

/// <summary>Writes a figure as the JSON of a plotly.js figure (<c>data</c>, <c>layout</c>, <c>config</c>): whole data, six significant digits.</summary>
public static class PlotlyJson
{
    /// <summary>The MIME type under which notebooks know such JSON.</summary>
    public const string MimeType = "application/vnd.plotly.v1+json";

    /// <summary>The figure as JSON text without line breaks.</summary>
    /// <param name="figure">What to draw.</param>
    public static string Of(Figure figure)
    {
        using var stream = new MemoryStream();
        // Relaxed: the text goes into JSON files, never raw into HTML, and an unescaped name can be read in a diff.
        using (var json = new Utf8JsonWriter(stream, new JsonWriterOptions { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping }))
        {
            json.WriteStartObject();
            PlotlyData.Write(figure, json);
            PlotlyLayout.Write(figure, json);
            json.WriteStartObject("config");
            json.WriteBoolean("responsive", true);
            json.WriteBoolean("displaylogo", false);
            json.WriteEndObject();
            json.WriteEndObject();
        }
        return Encoding.UTF8.GetString(stream.ToArray());
    }
}
