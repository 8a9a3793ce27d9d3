using System.Text.Json.Nodes;

namespace FaLW.Kernel.Notebooks;

/// <summary>The notebook format keeps text as a list of lines, each with its line end, so that differences read well.</summary>
internal static class Lines
{
    public static JsonArray Split(string text)
    {
        var lines = new JsonArray();
        for (var start = 0; start < text.Length;)
        {
            var end = text.IndexOf('\n', start) + 1;
            if (end == 0) end = text.Length;
            lines.Add(text[start..end]);
            start = end;
        }
        return lines;
    }

    public static string Join(JsonNode? node) => node switch
    {
        JsonArray lines => string.Concat(lines.Select(line => line?.ToString())),
        null => "",
        _ => node.ToString(),
    };
}
