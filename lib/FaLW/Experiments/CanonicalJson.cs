using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization;

namespace FaLW.Experiments;

/// <summary>
/// One text for one value: property names sorted, no blanks, enums by name, numbers in the shortest
/// form that reads back the same. Keys are hashes of this text, so they are equal on every machine.
/// </summary>
public static class CanonicalJson
{
    /// <summary>How the kit writes records: enums by name, NaN and infinities as words, computed properties left out.</summary>
    public static JsonSerializerOptions Options { get; } = Make(indented: false);

    /// <summary>As <see cref="Options"/>, indented for readers.</summary>
    public static JsonSerializerOptions Readable { get; } = Make(indented: true);

    /// <summary>As <see cref="Options"/>, for what holds no weighting, method or network of anybody's.</summary>
    internal static JsonSerializerOptions Closed { get; } = Make(indented: false, open: false);

    /// <summary>The value as a JSON tree.</summary>
    /// <typeparam name="T">The declared type; a polymorphic base writes the name of what it is.</typeparam>
    /// <param name="value">The value; may be null.</param>
    public static JsonNode? Node<T>(T value) => JsonSerializer.SerializeToNode(value, Options);

    /// <summary>The one text of a tree.</summary>
    /// <param name="node">The tree; null is the word null.</param>
    public static string Text(JsonNode? node) => Sorted(node)?.ToJsonString(Options) ?? "null";

    /// <summary>SHA-256 of the one text, in lower-case hex.</summary>
    /// <param name="node">The tree.</param>
    public static string Hash(JsonNode? node) =>
        Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(Text(node))));

    private static JsonNode? Sorted(JsonNode? node) => node switch
    {
        JsonObject members => new JsonObject(
            members.OrderBy(m => m.Key, StringComparer.Ordinal).Select(m => KeyValuePair.Create(m.Key, Sorted(m.Value)))),
        JsonArray items => new JsonArray([.. items.Select(Sorted)]),
        _ => node?.DeepClone(),
    };

    private static JsonSerializerOptions Make(bool indented, bool open = true)
    {
        var options = new JsonSerializerOptions
        {
            WriteIndented = indented,
            IgnoreReadOnlyProperties = true,
            NumberHandling = JsonNumberHandling.AllowNamedFloatingPointLiterals,
            AllowOutOfOrderMetadataProperties = true,
            Converters = { new JsonStringEnumConverter() },
        };
        if (open) options.Converters.Add(new OpenTypes());
        options.MakeReadOnly(populateMissingResolver: true);
        return options;
    }
}
