using System.Text.Json.Nodes;

namespace FaLW.Kernel.Rendering;

/// <summary>One thing to show, in several forms by MIME type; the front end takes the best it can draw.</summary>
public sealed class MimeBundle
{
    private MimeBundle(JsonObject data, JsonObject metadata) => (Data, Metadata) = (data, metadata);

    /// <summary>MIME type to content: text, base64 of binary content, or JSON.</summary>
    public JsonObject Data { get; }

    /// <summary>MIME type to remarks about that form, such as the size at which a picture is drawn.</summary>
    public JsonObject Metadata { get; }

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
