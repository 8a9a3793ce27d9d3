using System.Text.Json.Nodes;

namespace FaLW.Kernel.Notebooks;

/// <summary>Which texts inside an output the format splits into lines: streams, and text and SVG of a bundle.</summary>
internal static class OutputLines
{
    public static JsonObject Split(JsonObject output)
    {
        var copy = (JsonObject)output.DeepClone();
        if (copy["text"] is JsonValue text) copy["text"] = Lines.Split(text.ToString());
        if (copy["data"] is not JsonObject data) return copy;
        foreach (var (mime, value) in data.ToList())
            if (IsText(mime) && value is JsonValue)
                data[mime] = Lines.Split(value.ToString());
        return copy;
    }

    /// <summary>The same output with every split text in one piece.</summary>
    public static JsonObject Join(JsonObject output)
    {
        var copy = (JsonObject)output.DeepClone();
        if (copy["text"] is JsonArray) copy["text"] = Lines.Join(copy["text"]);
        if (copy["data"] is not JsonObject data) return copy;
        foreach (var (mime, value) in data.ToList())
            if (!IsJson(mime) && value is JsonArray)
                data[mime] = Lines.Join(value);
        return copy;
    }

    public static bool IsJson(string mime) =>
        mime is "application/json" || mime.StartsWith("application/", StringComparison.Ordinal) && mime.EndsWith("+json", StringComparison.Ordinal);

    private static bool IsText(string mime) =>
        mime.StartsWith("text/", StringComparison.Ordinal) || mime is "image/svg+xml" or "application/javascript";
}
