using System.Text;
using System.Text.Json;
using System.Text.RegularExpressions;
using JsonArray = System.Text.Json.Nodes.JsonArray;
using JsonNode = System.Text.Json.Nodes.JsonNode;
using JsonObject = System.Text.Json.Nodes.JsonObject;
using JsonValue = System.Text.Json.Nodes.JsonValue;

namespace FaLW;

/// <summary>
/// The one way in for text that somebody else may have written, or a crash may have cut: nearly always JSON. All of it is looked into at once, since the
/// base library's nodes find some faults later and throw something else then. What is wrong becomes a reason in words, with its place.
/// </summary>
internal static partial class ForeignText
{
    /// <summary>How deep brackets may stand in brackets: as deep as Python's own reader goes.</summary>
    public const int Depth = 1000;

    private static readonly JsonDocumentOptions Reading = new() { MaxDepth = Depth };
    private static readonly UTF8Encoding Strict = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    /// <summary>What <paramref name="read"/> makes of a text, or the fault that the caller makes of the reason. What this machine lacks is no matter of a text, and passes.</summary>
    public static T Read<T>(Func<T?> read, Func<string, Exception, Exception> fault) where T : notnull
    {
        try
        {
            return read() ?? throw new JsonException("it holds nothing");
        }
        catch (Exception broken) when (broken is not (IOException or UnauthorizedAccessException or OutOfMemoryException or TypeLoadException or TypeInitializationException or BadImageFormatException))
        {
            throw fault(Reason(broken), broken);
        }
    }

    /// <summary>The object that a file should hold.</summary>
    public static JsonObject Object(byte[] utf8, Func<string, Exception, Exception> fault) =>
        Read(() => Json(Text(utf8)) as JsonObject ?? throw new JsonException("it holds no JSON object"), fault);

    /// <summary>The object that a message should hold; null when it holds none.</summary>
    public static JsonObject? TryObject(byte[] utf8)
    {
        try
        {
            return Json(Text(utf8)) as JsonObject;
        }
        catch (JsonException)
        {
            return null;
        }
    }

    /// <summary>The text of a file, with or without a byte order mark.</summary>
    /// <exception cref="JsonException">It is empty, or not UTF-8.</exception>
    public static string Text(byte[] utf8)
    {
        try
        {
            var text = Strict.GetString(utf8).TrimStart('\uFEFF');
            return string.IsNullOrWhiteSpace(text) ? throw new JsonException("it is empty") : text;
        }
        catch (DecoderFallbackException other)
        {
            throw new JsonException(FormattableString.Invariant($"byte {other.Index + 1} is not UTF-8"), other);
        }
    }

    /// <summary>A text as Python's reader takes it: of a name that stands twice the last counts, and what no JSON has but Python writes is read.</summary>
    /// <exception cref="JsonException">It is not JSON, or deeper than <see cref="Depth"/>.</exception>
    public static JsonNode? Json(string text) => Node(JsonElement.Parse(Encoding.UTF8.GetBytes(Odd().IsMatch(text) ? Mended(text) : text), Reading));

    // What is not finite becomes what every reader takes for it, half a character the sign for a lost one.
    private static string Mended(string text) => Token().Replace(text, token => token.Value switch
    {
        "NaN" => "null",
        "Infinity" => "1e999",
        "-Infinity" => "-1e999",
        var quoted => Escape().Replace(quoted, escape => escape.Groups["half"].Success ? "\\ufffd" : escape.Value),
    });

    private static JsonNode? Node(JsonElement element)
    {
        switch (element.ValueKind)
        {
            case JsonValueKind.Null: return null;
            case JsonValueKind.String: return JsonValue.Create(element.GetString());
            case JsonValueKind.Array:
                var list = new JsonArray();
                foreach (var item in element.EnumerateArray()) list.Add(Node(item));
                return list;
            case JsonValueKind.Object:
                var map = new JsonObject();
                foreach (var pair in element.EnumerateObject()) map[pair.Name] = Node(pair.Value);
                return map;
            default: return JsonValue.Create(element);
        }
    }

    // The library's own message ends in the place, in words for programmers.
    private static string Reason(Exception broken)
    {
        var said = Said(broken);
        return broken is not JsonException { LineNumber: { } line, BytePositionInLine: { } at, Path: var path } ? said
            : FormattableString.Invariant($"line {line + 1}, byte {at + 1}{(path is null or "$" ? "" : $" ({path})")}: {said}");
    }

    /// <summary>What an exception says, without the place.</summary>
    public static string Said(Exception broken)
    {
        var said = broken.Message.Split(" Path: ")[0].Split(" LineNumber: ")[0].TrimEnd('.', ' ');
        return Lacking().Match(said) is { Success: true } lacking ? $"it lacks {lacking.Groups["names"].Value}"
            : Nothing().Match(said) is { Success: true } nothing ? $"'{nothing.Groups["name"].Value}' is null"
            : Unconverted().IsMatch(said) ? "the value is not of the kind that belongs there"
            : said;
    }

    // What the library says of its own types, which no reader knows.
    [GeneratedRegex(@"missing required properties.*?: (?<names>.+)\z", RegexOptions.Singleline | RegexOptions.ExplicitCapture, 60_000)]
    private static partial Regex Lacking();

    [GeneratedRegex(@"'(?<name>\w+)' on type '[^']*' doesn't allow", RegexOptions.ExplicitCapture, 60_000)]
    private static partial Regex Nothing();

    [GeneratedRegex(@"\AThe JSON value could not be converted to ", RegexOptions.None, 60_000)]
    private static partial Regex Unconverted();

    [GeneratedRegex(@"NaN|Infinity|\\u[dD][89a-fA-F]", RegexOptions.None, 60_000)]
    private static partial Regex Odd();

    // A quotation that is never closed is one token too, to the end: tried again from each of its characters it would take for ever.
    [GeneratedRegex(@"""(?>(?:[^""\\]+|\\.)*)(?:""|\\?\z)|NaN|-?Infinity", RegexOptions.Singleline, 60_000)]
    private static partial Regex Token();

    [GeneratedRegex(@"\\u[dD][89abAB][0-9a-fA-F]{2}\\u[dD][c-fC-F]|(?<half>\\u[dD][89a-fA-F][0-9a-fA-F]{2})|\\.", RegexOptions.Singleline | RegexOptions.ExplicitCapture, 60_000)]
    private static partial Regex Escape();
}
