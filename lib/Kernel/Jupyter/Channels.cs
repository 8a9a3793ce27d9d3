using System.Net;
using System.Net.Sockets;
using System.Security.Cryptography;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using FaLW.Kernel.Sockets;

namespace FaLW.Kernel.Jupyter;

internal sealed class Channels : IDisposable
{
    private readonly MessageCodec codec;
    private readonly PublishSocket iopub;
    private readonly EchoSocket heartbeat;

    public Channels(ConnectionFile file)
    {
        codec = new MessageCodec(new Signer(file.Key));
        try
        {
            heartbeat = new EchoSocket(file.Endpoint("hb"));
            Shell = new RouterSocket<Message>(file.Endpoint("shell"), Decode);
            Control = new RouterSocket<Message>(file.Endpoint("control"), Decode);
            Input = new RouterSocket<Message>(file.Endpoint("stdin"), Decode);
            iopub = new PublishSocket(file.Endpoint("iopub"));
        }
        catch (Exception closed) when (closed is SocketException or ArgumentException or IOException)
        {
            throw file.Faulty($"names a place where nobody can listen ({closed.Message.Split(" (Parameter")[0].TrimEnd('.')})", closed);
        }
        BoundSocket[] all = [heartbeat, Shell, Control, Input, iopub];
        foreach (var socket in all) socket.Open();
    }

    public RouterSocket<Message> Shell { get; }
    public RouterSocket<Message> Control { get; }
    public RouterSocket<Message> Input { get; }

    public void Answer(RouterSocket<Message> socket, Message request, JsonObject content) =>
        socket.Send(request.Peer, codec.Encode(request.Prefix, request.Type.Replace("_request", "_reply", StringComparison.Ordinal), request.Header, content));

    public void AskInput(Message request, JsonObject content) =>
        Input.Send(request.Peer, codec.Encode(request.Prefix, "input_request", request.Header, content));

    public void Publish(Message? parent, string type, JsonObject content) =>
        iopub.Send(codec.Encode([Encoding.UTF8.GetBytes(type)], type, parent?.Header, content));

    /// <summary>Every request is handled between these two words.</summary>
    public void Busy(Message request, Action handle)
    {
        Publish(request, "status", new JsonObject { ["execution_state"] = "busy" });
        handle();
        Publish(request, "status", new JsonObject { ["execution_state"] = "idle" });
    }

    public void WaitForRoom() => iopub.WaitForRoom();

    public void Dispose()
    {
        foreach (BoundSocket socket in (BoundSocket[])[Shell, Control, Input, iopub, heartbeat]) socket.Dispose();
    }

    // As it arrives: what nobody signed is not kept until a cell has ended.
    private Message? Decode(string peer, List<byte[]> frames)
    {
        var (message, reason) = codec.Decode(peer, frames);
        if (message is null) ConsoleBridge.Log.WriteLine($"A message was left aside: {reason}.");
        return message;
    }
}

internal sealed record Message(string Peer, IReadOnlyList<byte[]> Prefix, JsonObject Header, JsonObject Content)
{
    public string Type => Header["msg_type"]?.ToString() ?? "";
    public T Get<T>(string name, T otherwise) => Content.Get(name, otherwise);
}

/// <summary>Frames to messages and back. What is not a rightly signed message is nothing: it gets no answer.</summary>
internal sealed class MessageCodec(Signer signer)
{
    public const string ProtocolVersion = "5.3";

    private const int PartsAfterDelimiter = 5;

    private static readonly byte[] Delimiter = "<IDS|MSG>"u8.ToArray();
    private static readonly byte[] Nothing = "{}"u8.ToArray();
    // A header that could be read goes back as the parent of its answer, however deep.
    private static readonly JsonSerializerOptions Plain = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping, MaxDepth = ForeignText.Depth };

    private readonly string session = Guid.NewGuid().ToString("N");
    private int count;

    public (Message? Message, string Reason) Decode(string peer, List<byte[]> frames)
    {
        var at = frames.FindIndex(frame => frame.AsSpan().SequenceEqual(Delimiter));
        if (at < 0) return (null, "it has no delimiter");
        if (frames.Count - at <= PartsAfterDelimiter) return (null, "parts of it are missing");
        var (signature, header, parent, metadata, content) = (frames[at + 1], frames[at + 2], frames[at + 3], frames[at + 4], frames[at + 5]);
        if (!signer.Accepts(signature, header, parent, metadata, content)) return (null, "its signature is wrong or was used before");
        return ForeignText.TryObject(header) is { } head && ForeignText.TryObject(content) is { } body
            ? (new Message(peer, frames[..at], head, body), "")
            : (null, "its header or its content is not a JSON object");
    }

    public IReadOnlyList<ReadOnlyMemory<byte>> Encode(IEnumerable<byte[]> prefix, string type, JsonObject? parent, JsonObject content)
    {
        byte[] header = Bytes(Header(type)), from = parent is null ? Nothing : Bytes(parent), body = Bytes(content);
        return [.. prefix.Select(frame => (ReadOnlyMemory<byte>)frame), Delimiter, signer.Sign(header, from, Nothing, body), header, from, Nothing, body];
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

    private static byte[] Bytes(JsonObject json) => JsonSerializer.SerializeToUtf8Bytes(json, Plain);
}

/// <summary>Signs the four parts of a message and says whether a signature is right and new (HMAC-SHA256, as hexadecimal text).</summary>
internal sealed class Signer(string key)
{
    private const int Remembered = 1 << 16;

    private readonly byte[] secret = Encoding.UTF8.GetBytes(key);
    private readonly HashSet<string> seen = new(StringComparer.Ordinal);
    private readonly Queue<string> order = new();
    private readonly Lock gate = new();

    public byte[] Sign(params ReadOnlySpan<byte[]> parts)
    {
        using var hash = IncrementalHash.CreateHMAC(HashAlgorithmName.SHA256, secret);
        foreach (var part in parts) hash.AppendData(part);
        return Encoding.ASCII.GetBytes(Convert.ToHexStringLower(hash.GetHashAndReset()));
    }

    public bool Accepts(byte[] signature, params ReadOnlySpan<byte[]> parts) =>
        CryptographicOperations.FixedTimeEquals(signature, Sign(parts)) && IsNew(Encoding.ASCII.GetString(signature));

    private bool IsNew(string signature)
    {
        lock (gate)
        {
            if (!seen.Add(signature)) return false;
            order.Enqueue(signature);
            if (order.Count > Remembered) seen.Remove(order.Dequeue());
            return true;
        }
    }
}

/// <summary>What a front end tells a kernel at its start: where to listen, and the key that messages are signed with.</summary>
internal sealed class ConnectionFile(JsonObject json, string name)
{
    private const string Scheme = "hmac-sha256";

    public string Key => Text("key");

    public static ConnectionFile Load(string path)
    {
        if (!File.Exists(path)) throw new NotebookFault($"There is no connection file '{path}'. Front ends write it and start the kernel themselves; pick the kernel there.");
        var name = Path.GetFileName(path);
        var json = ForeignText.Object(File.ReadAllBytes(path), (reason, inner) => new NotebookFault($"The connection file '{name}' cannot be read: {reason}. Start the kernel from a front end, which writes it.", inner));
        var file = new ConnectionFile(json, name);
        file.Check();
        return file;
    }

    public Endpoint Endpoint(string channel)
    {
        var port = json.Get($"{channel}_port", -1) is >= 0 and <= ushort.MaxValue and var given ? given
            : throw Faulty($"has no {channel}_port from 0 to {ushort.MaxValue}");
        return Text("transport") is "ipc" ? Sockets.Endpoint.Ipc(FormattableString.Invariant($"{Text("ip")}-{port}")) : Sockets.Endpoint.Tcp(Address(), port);
    }

    // A kernel runs whatever it is sent: only this machine may reach it, and only who knows the key.
    private void Check()
    {
        if (Key.Length == 0) throw Faulty("has no key, and this kernel takes signed messages only");
        if (Text("signature_scheme") is not ("" or Scheme)) throw Faulty($"asks for the signature scheme '{Text("signature_scheme")}', and this kernel knows {Scheme}");
        if (Text("transport") is not ("" or "tcp" or "ipc")) throw Faulty($"asks for the transport '{Text("transport")}', and this kernel knows tcp and ipc");
        if (Text("transport") is not "ipc" && !IPAddress.IsLoopback(Address())) throw Faulty($"asks to listen on {Text("ip")}, and this kernel listens on the loopback interface only");
    }

    private IPAddress Address() => Text("ip") switch
    {
        "" or "localhost" => IPAddress.Loopback,
        var ip => IPAddress.TryParse(ip, out var address) ? address : throw Faulty($"has the address '{ip}', which is none"),
    };

    private string Text(string field) => json[field]?.ToString() ?? "";

    public NotebookFault Faulty(string what, Exception? inner = null) => new($"The connection file '{name}' {what}. Start the kernel from a front end on this machine.", inner);
}
