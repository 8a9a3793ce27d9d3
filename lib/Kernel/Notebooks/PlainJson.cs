using System.Text;
using System.Text.Json;

namespace FaLW.Kernel.Notebooks;

/// <summary>
/// JSON as Jupyter's own tools read it (of a name that stands twice, the last counts) and write it (names in ordinal order, one
/// blank of indentation, characters unescaped), so that a notebook saved by a front end and one saved here do not differ in every line.
/// </summary>
internal static class PlainJson
{
    private static readonly JsonDocumentOptions Reading = new() { MaxDepth = 500 };

    // The base library's nodes find some faults only when they are looked into, and throw something else then. Here all is looked into at once.
    public static JsonNode? Read(string text) => Whole(() => JsonElement.Parse(text, Reading));
    public static JsonNode? Read(byte[] utf8) => Whole(() => JsonElement.Parse(utf8, Reading));

    /// <summary>The object that a file or a message should hold; null when it holds none.</summary>
    public static JsonObject? TryRead(byte[] utf8)
    {
        try
        {
            return Read(utf8) as JsonObject;
        }
        catch (JsonException)
        {
            return null;
        }
    }

    /// <summary>A member of what should be an object, and null where it is none.</summary>
    public static JsonNode? At(this JsonNode? node, string name) => (node as JsonObject)?[name];

    public static string Write(JsonNode? node, bool indented = true)
    {
        var text = new StringBuilder();
        Append(text, node, indented ? 0 : -1);
        return text.ToString();
    }

    private static JsonNode? Whole(Func<JsonElement> parse)
    {
        try
        {
            return Node(parse());
        }
        catch (InvalidOperationException half)
        {
            throw new JsonException("it holds half a character", half);
        }
    }

    private static JsonNode? Node(JsonElement element)
    {
        switch (element.ValueKind)
        {
            case JsonValueKind.Null: return null;
            case JsonValueKind.String: return JsonValue.Create(element.GetString());
            case JsonValueKind.Array: return new JsonArray([.. element.EnumerateArray().Select(Node)]);
            case JsonValueKind.Object: break;
            default: return JsonValue.Create(element);
        }
        var map = new JsonObject();
        foreach (var pair in element.EnumerateObject()) map[pair.Name] = Node(pair.Value);
        return map;
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
        for (var i = 0; i < value.Length; i++)
        {
            var c = value[i];
            if (char.IsHighSurrogate(c) && i + 1 < value.Length && char.IsLowSurrogate(value[i + 1])) text.Append(c).Append(value[++i]);
            else AppendCharacter(text, c);
        }
        text.Append('"');
    }

    private static void AppendCharacter(StringBuilder text, char c)
    {
        var escape = "\"\\\n\r\t\b\f".IndexOf(c, StringComparison.Ordinal);
        if (escape >= 0) text.Append('\\').Append("\"\\nrtbf"[escape]);
        else if (c < ' ' || char.IsSurrogate(c)) text.Append("\\u").Append(((int)c).ToString("x4", CultureInfo.InvariantCulture));
        else text.Append(c);
    }
}
