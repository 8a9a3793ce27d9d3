using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;
using FaLW.Kernel.Jupyter;
using FaLW.Kernel.Sockets;
using Endpoint = FaLW.Kernel.Sockets.Endpoint;

namespace FaLW.Kernel.Tests.Jupyter;

/// <summary>A front end: the connecting side of the five channels.</summary>
internal sealed class Client : IDisposable
{
    /// <summary>How long an answer may take.</summary>
    public TimeSpan Patience { get; init; } = TimeSpan.FromSeconds(60);

    private readonly MessageCodec codec;
    private readonly Dictionary<string, Inbox> channels = new(StringComparer.Ordinal);

    public Client(JsonObject connection, string? key = null)
    {
        codec = new MessageCodec(new Signer(key ?? connection["key"]!.ToString()));
        var identity = Guid.NewGuid().ToByteArray();
        foreach (var (channel, type) in new[] { ("shell", "DEALER"), ("control", "DEALER"), ("stdin", "DEALER"), ("iopub", "SUB"), ("hb", "REQ") })
            channels[channel] = new Inbox(Connect(connection, channel), type, identity);
        channels["iopub"].Send([new byte[] { 1 }]);
        if (key is null) WaitForSubscription();
    }

    public static Socket Connect(JsonObject connection, string channel)
    {
        var port = connection[$"{channel}_port"]!.GetValue<int>();
        var endpoint = connection["transport"]?.ToString() == "ipc" ? Endpoint.Ipc($"{connection["ip"]}-{port}") : Endpoint.Tcp(IPAddress.Loopback, port);
        var socket = endpoint.NewSocket();
        socket.Connect(endpoint.Address);
        return socket;
    }

    /// <summary>What a front end writes down for a kernel: its channels on free ports.</summary>
    public static JsonObject Describe()
    {
        var connection = new JsonObject { ["ip"] = "127.0.0.1", ["transport"] = "tcp", ["key"] = "a key of the tests", ["signature_scheme"] = "hmac-sha256" };
        foreach (var channel in new[] { "shell", "iopub", "stdin", "control", "hb" }) connection[$"{channel}_port"] = FreePort();
        return connection;
    }

    public static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }

    /// <summary>Connects as soon as a kernel listens.</summary>
    /// <param name="connect">Tries it.</param>
    /// <param name="isGone">Waits a moment for the kernel's end; whether it came.</param>
    /// <param name="patience">How long to try, in milliseconds.</param>
    public static Client WhenListening(Func<Client> connect, Func<bool> isGone, int patience = 30_000)
    {
        for (var until = Environment.TickCount64 + patience; ;)
        {
            try
            {
                return connect();
            }
            catch (SocketException) when (Environment.TickCount64 < until && !isGone())
            {
                // Not listening yet.
            }
        }
    }

    /// <summary>Sends a request and returns its message id.</summary>
    public string Send(string channel, string type, JsonObject? content = null, string? parent = null)
    {
        var frames = codec.Encode([], type, parent is null ? null : new JsonObject { ["msg_id"] = parent }, content ?? []);
        channels[channel].Send(frames);
        return JsonNode.Parse(frames[2].Span)!["msg_id"]!.ToString();
    }

    public void SendRaw(string channel, params byte[][] frames) => channels[channel].Send([.. frames.Select(frame => (ReadOnlyMemory<byte>)frame)]);

    public List<byte[]> ReceiveRaw(string channel) => channels[channel].Take(Patience);

    public Received Receive(string channel) => Received.Of(ReceiveRaw(channel));

    /// <summary>The answer to a request.</summary>
    public Received Reply(string channel, string to)
    {
        while (true)
            if (Receive(channel) is var message && message.Parent == to)
                return message;
    }

    /// <summary>What is published for a request, up to idle.</summary>
    public List<Received> Published(string to)
    {
        var all = new List<Received>();
        while (all is not [.., { Type: "status", Content: var content }] || content["execution_state"]!.ToString() != "idle")
            if (Receive("iopub") is var message && message.Parent == to)
                all.Add(message);
        return all;
    }

    /// <summary>Asks on the shell channel; returns the answer and what was published.</summary>
    public (JsonObject Reply, List<Received> Published) Ask(string type, JsonObject? content = null, string channel = "shell")
    {
        var id = Send(channel, type, content);
        var reply = Reply(channel, id);
        return (reply.Content, Published(id));
    }

    public (JsonObject Reply, List<Received> Published) Execute(string code, JsonObject? more = null)
    {
        var content = more ?? [];
        content["code"] = code;
        return Ask("execute_request", content);
    }

    // What was published before the subscription arrived is lost to this client, as to every front end.
    private void WaitForSubscription()
    {
        for (var id = ""; ; id = Send("control", "kernel_info_request"))
            if (channels["iopub"].TryTake(TimeSpan.FromMilliseconds(id.Length > 0 ? 500 : 0)) is not null)
                break;
    }

    public void Dispose()
    {
        foreach (var channel in channels.Values) channel.Dispose();
    }
}

/// <summary>A message as the client sees it.</summary>
internal sealed record Received(string Type, string? Parent, JsonObject Content)
{
    public static Received Of(List<byte[]> frames)
    {
        var at = frames.FindIndex(frame => frame.AsSpan().SequenceEqual("<IDS|MSG>"u8));
        return new Received(Parse(frames[at + 2])["msg_type"]!.ToString(), Parse(frames[at + 3])["msg_id"]?.ToString(), Parse(frames[at + 5]));
    }

    public override string ToString() => $"{Type} {Content.ToJsonString()}";

    private static JsonObject Parse(byte[] frame) => JsonNode.Parse(frame, documentOptions: new() { MaxDepth = 2000 })!.AsObject();
}

/// <summary>One connected socket whose messages wait until the test asks for them.</summary>
internal sealed class Inbox : IDisposable
{
    private readonly Connection connection;
    private readonly BlockingCollection<List<byte[]>> messages = [];

    public Inbox(Socket socket, string type, byte[] identity)
    {
        connection = Connection.Open(socket, type, identity);
        new Thread(ReadAll) { IsBackground = true }.Start();
    }

    public void Send(IReadOnlyList<ReadOnlyMemory<byte>> frames) => connection.Send(frames);

    public List<byte[]> Take(TimeSpan patience) =>
        messages.TryTake(out var frames, patience) ? frames : throw new TimeoutException("The kernel said nothing.");

    public List<byte[]>? TryTake(TimeSpan patience) => messages.TryTake(out var frames, patience) ? frames : null;

    public void Dispose() => connection.Dispose();

    private void ReadAll()
    {
        try
        {
            while (true) messages.Add(connection.Receive(_ => { }));
        }
        catch (Exception gone) when (gone is IOException or SocketException or ObjectDisposedException)
        {
            messages.CompleteAdding();
        }
    }
}
