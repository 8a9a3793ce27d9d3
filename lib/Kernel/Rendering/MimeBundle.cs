using System.Buffers.Binary;
using System.Text.Json;

namespace FaLW.Kernel.Rendering;

/// <summary>One thing to show, in several forms by MIME type; the front end takes the best it can draw.</summary>
public sealed class MimeBundle
{
    private MimeBundle(JsonObject data, JsonObject metadata) => (Data, Metadata) = (data, metadata);

    /// <summary>MIME type to content: text, base64 of binary content, or JSON.</summary>
    public JsonObject Data { get; }

    /// <summary>MIME type to remarks about that form, such as the size at which a picture is drawn.</summary>
    public JsonObject Metadata { get; }
    internal JsonObject ToContent() => new() { ["data"] = Data.DeepClone(), ["metadata"] = Metadata.DeepClone() };

    /// <summary>A bundle of plain text only.</summary>
    /// <param name="text">The text.</param>
    public static MimeBundle Plain(string text) => new(new JsonObject { ["text/plain"] = text }, []);

    /// <summary>A bundle of one form.</summary>
    /// <param name="mime">Its MIME type.</param>
    /// <param name="content">Text, bytes, or something that becomes JSON.</param>
    public static MimeBundle Of(string mime, object content) => From(new Dictionary<string, object>(StringComparer.Ordinal) { [mime] = content });

    /// <summary>
    /// A bundle from the plain dictionary that library code hands over. Content may be text, bytes (become base64), or,
    /// for JSON types, text of JSON or any serialisable value. The one name that is no MIME type, <c>metadata</c>,
    /// may hold remarks by MIME type.
    /// </summary>
    /// <param name="forms">MIME type to content.</param>
    public static MimeBundle From(IReadOnlyDictionary<string, object> forms)
    {
        var data = new JsonObject();
        foreach (var (mime, content) in forms.Where(form => form.Key.Contains('/', StringComparison.Ordinal)).OrderBy(form => form.Key, StringComparer.Ordinal))
            data[mime] = MimeContent.Of(mime, content);
        var metadata = forms.TryGetValue("metadata", out var remarks) ? MimeContent.Of("application/json", remarks) as JsonObject : null;
        return new MimeBundle(data, metadata ?? PngSize.Remarks(data));
    }
}

/// <summary>What library code gives for a MIME type, as the notebook format wants it.</summary>
internal static class MimeContent
{
    // A bundle stands some brackets deep in its message and in its notebook.
    private static readonly JsonSerializerOptions Shallower = new() { MaxDepth = ForeignText.Depth - 10 };

    public static JsonNode? Of(string mime, object? content) => content switch
    {
        null => JsonValue.Create(""),
        JsonNode or JsonElement => ForeignText.Json(JsonSerializer.Serialize(content, Shallower)),
        byte[] bytes => JsonValue.Create(Convert.ToBase64String(bytes)),
        string text when Lines.IsJson(mime) => Parse(text),
        string text => JsonValue.Create(text),
        _ when Lines.IsJson(mime) => ForeignText.Json(JsonSerializer.Serialize(content, content.GetType(), Shallower)),
        _ => JsonValue.Create(Convert.ToString(content, CultureInfo.InvariantCulture) ?? ""),
    };

    private static JsonNode? Parse(string text)
    {
        try
        {
            return Of("", ForeignText.Json(text));
        }
        catch (JsonException)
        {
            // Text that is not JSON is a JSON string: shown as it is rather than lost.
            return JsonValue.Create(text);
        }
    }
}

/// <summary>Width and height of a PNG, and the size at which one drawn for a dense screen should be shown.</summary>
internal static class PngSize
{
    private const int HeaderLength = 33;
    private const double DotsPerMetreAt96 = 96 / 0.0254;

    public static (int Width, int Height)? Of(ReadOnlySpan<byte> png)
    {
        if (png.Length < HeaderLength || !png.StartsWith(Signature)) return null;
        return (BinaryPrimitives.ReadInt32BigEndian(png[16..]), BinaryPrimitives.ReadInt32BigEndian(png[20..]));
    }

    public static JsonObject Remarks(JsonObject data)
    {
        var remarks = new JsonObject();
        if (data["image/png"] is not JsonValue text || !TryDecode(text.ToString(), out var png)) return remarks;
        if (Of(png) is not { } size || Density(png) is not { } density) return remarks;
        remarks["image/png"] = new JsonObject { ["height"] = (int)Math.Round(size.Height / density), ["width"] = (int)Math.Round(size.Width / density) };
        return remarks;
    }

    public static bool TryDecode(string base64, out byte[] bytes)
    {
        bytes = new byte[base64.Length];
        var done = Convert.TryFromBase64String(base64, bytes, out var length);
        Array.Resize(ref bytes, done ? length : 0);
        return done;
    }

    private static ReadOnlySpan<byte> Signature => [0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A];

    // Pixels per CSS pixel from the pHYs chunk; null when the picture does not say, or says one.
    private static double? Density(ReadOnlySpan<byte> png)
    {
        for (var at = 8; at + 21 <= png.Length;)
        {
            var length = BinaryPrimitives.ReadInt32BigEndian(png[at..]);
            var name = png.Slice(at + 4, 4);
            if (name.SequenceEqual("IDAT"u8) || length < 0) return null;
            if (name.SequenceEqual("pHYs"u8) && png[at + 16] == 1)
                return BinaryPrimitives.ReadInt32BigEndian(png[(at + 8)..]) / DotsPerMetreAt96 is > 1.01 and var density ? density : null;
            at += length + 12;
        }
        return null;
    }
}
