using System.Globalization;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace FaLW.Kernel.Jupyter;

/// <summary>Frames to messages and back. What is not a rightly signed message is nothing: it gets no answer.</summary>
internal sealed class MessageCodec(Signer signer)
{
    public const string ProtocolVersion = "5.3";

    private const int PartsAfterDelimiter = 5;

    private static readonly byte[] Delimiter = "<IDS|MSG>"u8.ToArray();
    private static readonly byte[] Nothing = "{}"u8.ToArray();
    private static readonly JsonSerializerOptions Plain = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    private readonly string session = Guid.NewGuid().ToString("N");
    private int count;

    /// <summary>The message that frames hold; null with a reason when they hold none.</summary>
    public (Message? Message, string Reason) Decode(string peer, List<byte[]> frames)
    {
        var at = frames.FindIndex(frame => frame.AsSpan().SequenceEqual(Delimiter));
        if (at < 0) return (null, "it has no delimiter");
        if (frames.Count - at <= PartsAfterDelimiter) return (null, "parts of it are missing");
        var (signature, header, parent, metadata, content) = (frames[at + 1], frames[at + 2], frames[at + 3], frames[at + 4], frames[at + 5]);
        if (!signer.Accepts(signature, header, parent, metadata, content)) return (null, "its signature is wrong or was used before");
        return Parse(header) is { } head && Parse(content) is { } body
            ? (new Message(peer, frames[..at], head, body), "")
            : (null, "its header or its content is not a JSON object");
    }

    /// <summary>The frames of an answer or a publication.</summary>
    public IReadOnlyList<ReadOnlyMemory<byte>> Encode(IEnumerable<byte[]> prefix, string type, JsonObject? parent, JsonObject content, JsonObject? metadata = null)
    {
        byte[] header = Bytes(Header(type)), from = parent is null ? Nothing : Bytes(parent), about = metadata is null ? Nothing : Bytes(metadata), body = Bytes(content);
        return [.. prefix.Select(frame => (ReadOnlyMemory<byte>)frame), Delimiter, signer.Sign(header, from, about, body), header, from, about, body];
    }

    private JsonObject Header(string type) => new()
    {
        ["msg_id"] = FormattableString.Invariant($"{session}_{Interlocked.Increment(ref count)}"),
        ["session"] = session,
        ["username"] = "kernel",
        ["date"] = DateTime.UtcNow.ToString("yyyy-MM-ddTHH:mm:ss.ffffffZ", CultureInfo.InvariantCulture),
        ["msg_type"] = type,
        ["version"] = ProtocolVersion,
    };

    private static JsonObject? Parse(byte[] json)
    {
        try
        {
            return JsonNode.Parse(json) as JsonObject;
        }
        catch (JsonException)
        {
            return null;
        }
    }

    private static byte[] Bytes(JsonObject json) => JsonSerializer.SerializeToUtf8Bytes(json, Plain);
}
