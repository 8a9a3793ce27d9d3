using System.Text.Json.Nodes;
using FaLW.Kernel.Notebooks;

namespace FaLW.Kernel.Snapshots;

/// <summary>JSON for people who compare: names in order, one to a line, but a list of plain values on one line.</summary>
internal static class TranscriptJson
{
    public static IEnumerable<string> Lines(JsonNode? node, string indent = "") => node switch
    {
        JsonObject map => map.OrderBy(pair => pair.Key, StringComparer.Ordinal).SelectMany(pair => Named(pair.Key, pair.Value, indent)),
        JsonArray list when !IsPlain(list) => list.SelectMany((item, i) => Named(FormattableString.Invariant($"[{i}]"), item, indent)),
        _ => [indent + Inline(node)],
    };

    private static IEnumerable<string> Named(string name, JsonNode? value, string indent) =>
        value is JsonObject { Count: > 0 } || value is JsonArray list && !IsPlain(list)
            ? Lines(value, indent + "  ").Prepend($"{indent}{name}:")
            : [$"{indent}{name}: {Inline(value)}"];

    private static bool IsPlain(JsonArray list) => list.All(item => item is null or JsonValue);

    private static string Inline(JsonNode? node) => node is JsonArray list
        ? $"[{string.Join(", ", list.Select(item => PlainJson.Write(item, indented: false)))}]"
        : PlainJson.Write(node, indented: false);
}
