using System.Text.Json;
using System.Text.Json.Nodes;
using FaLW.Kernel.Notebooks;

namespace FaLW.Kernel.Rendering;

/// <summary>What library code gives for a MIME type, as the notebook format wants it.</summary>
internal static class MimeContent
{
    public static JsonNode? Of(string mime, object? content) => content switch
    {
        null => JsonValue.Create(""),
        JsonNode node => node.DeepClone(),
        JsonElement element => JsonNode.Parse(element.GetRawText()),
        byte[] bytes => JsonValue.Create(Convert.ToBase64String(bytes)),
        string text when OutputLines.IsJson(mime) => Parse(text),
        string text => JsonValue.Create(text),
        _ when OutputLines.IsJson(mime) => JsonSerializer.SerializeToNode(content, content.GetType()),
        IFormattable number => JsonValue.Create(number.ToString(null, System.Globalization.CultureInfo.InvariantCulture)),
        _ => JsonValue.Create(content.ToString() ?? ""),
    };

    private static JsonNode? Parse(string text)
    {
        try
        {
            return JsonNode.Parse(text);
        }
        catch (JsonException)
        {
            // Text that is not JSON is a JSON string: shown as it is rather than lost.
            return JsonValue.Create(text);
        }
    }
}
