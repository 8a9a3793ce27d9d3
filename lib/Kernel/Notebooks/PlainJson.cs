using System.Text;
using System.Text.Json;

namespace FaLW.Kernel.Notebooks;

/// <summary>
/// JSON as Jupyter's own tools write it (names in ordinal order, one blank of indentation, characters unescaped), so that a notebook
/// saved by a front end and one saved here do not differ in every line. Half a character becomes the sign for a lost one, as everywhere in UTF-8.
/// </summary>
internal static class PlainJson
{
    /// <summary>A member of what should be an object, and null where it is none.</summary>
    public static JsonNode? At(this JsonNode? node, string name) => (node as JsonObject)?[name];

    /// <summary>A member of an object, where it is of the kind that it should be.</summary>
    public static T Get<T>(this JsonObject map, string name, T otherwise) =>
        map[name] is JsonValue value && value.TryGetValue<T>(out var given) ? given : otherwise;

    public static string Write(JsonNode? node, bool indented = true)
    {
        var text = new StringBuilder();
        Append(text, node, indented ? 0 : -1);
        return text.ToString();
    }

    private static void Append(StringBuilder text, JsonNode? node, int depth)
    {
        switch (node)
        {
            case null: text.Append("null"); break;
            case JsonObject map: AppendAll(text, '{', '}', depth, [.. map.OrderBy(p => p.Key, StringComparer.Ordinal)], AppendPair); break;
            case JsonArray list: AppendAll(text, '[', ']', depth, [.. list], Append); break;
            case JsonValue value when value.GetValueKind() is JsonValueKind.String: AppendString(text, value.GetValue<string>()); break;
            default: text.Append(node.ToJsonString()); break;
        }
    }

    private static void AppendPair(StringBuilder text, KeyValuePair<string, JsonNode?> pair, int depth)
    {
        AppendString(text, pair.Key);
        text.Append(depth < 0 ? ":" : ": ");
        Append(text, pair.Value, depth);
    }

    private static void AppendAll<T>(StringBuilder text, char open, char close, int depth, IReadOnlyCollection<T> items, Action<StringBuilder, T, int> append)
    {
        text.Append(open);
        var inner = depth < 0 ? depth : depth + 1;
        var isFirst = true;
        foreach (var item in items)
        {
            if (!isFirst) text.Append(',');
            if (inner > 0) text.Append('\n').Append(' ', inner);
            append(text, item, inner);
            isFirst = false;
        }
        if (items.Count > 0 && depth >= 0) text.Append('\n').Append(' ', depth);
        text.Append(close);
    }

    private static void AppendString(StringBuilder text, string value)
    {
        text.Append('"');
        // Half a character is enumerated as the sign for a lost one.
        foreach (var rune in value.EnumerateRunes())
        {
            var escape = rune.IsAscii ? "\"\\\n\r\t\b\f".IndexOf((char)rune.Value, StringComparison.Ordinal) : -1;
            if (escape >= 0) text.Append('\\').Append("\"\\nrtbf"[escape]);
            else if (rune.Value < ' ') text.Append("\\u").Append(rune.Value.ToString("x4", CultureInfo.InvariantCulture));
            else if (rune.IsBmp) text.Append((char)rune.Value);
            else text.Append(rune.ToString());
        }
        text.Append('"');
    }
}
