using System.Collections.Concurrent;
using System.Net.Sockets;

namespace FaLW.Kernel.Sockets;

/// <summary>The binding side of a ZeroMQ socket: accepts peers, each with its own reading thread. A peer that misbehaves is dropped.</summary>
internal abstract class BoundSocket(string type, Endpoint endpoint, params string[] partners) : IDisposable
{
    // Reading JSON of the greatest depth takes a part of it.
    private const int StackBytes = 2 << 20;

    // How long a peer may read nothing while more waits for it than it should.
    protected static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);

    private static readonly TimeSpan Parting = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(100);

    private readonly ManualResetEventSlim ended = new();
    private readonly ConcurrentDictionary<Connection, bool> connections = new();
    private readonly Socket listener = endpoint.Listen();

    protected ICollection<Connection> Connections => connections.Keys;

    public void Open() => Run(AcceptAll, "acceptor");

    public void Dispose()
    {
        ended.Set();
        listener.Dispose();
        foreach (var connection in Connections)
        {
            connection.Finish(Parting);
            connection.Dispose();
        }
        if (endpoint.File is { } file) File.Delete(file);
    }

    protected abstract void OnMessage(Connection from, List<byte[]> frames);

    protected virtual void OnCommand(Connection from, byte[] command) { }
    protected virtual void OnOpened(Connection connection) { }
    protected virtual void OnClosed(Connection connection) { }
    private static void Run(Action work, string name) => new Thread(() => work(), StackBytes) { IsBackground = true, Name = name }.Start();

    private void AcceptAll()
    {
        while (!ended.IsSet)
        {
            try
            {
                var socket = listener.Accept();
                Run(() => Serve(socket), "receiver");
            }
            catch (Exception fault) when (fault is SocketException or ObjectDisposedException)
            {
                // Disposed of, or out of descriptors: then others leave, and the next one is to be heard.
                ended.Wait(Pause);
            }
        }
    }

    private void Serve(Socket socket)
    {
        using var owned = Endpoint.Prompt(socket);
        try
        {
            using var connection = Connection.Open(owned, type, []);
            if (partners.Contains(connection.Peer.SocketType)) ReadAll(connection);
        }
        catch (Exception fault)
        {
            // Vanished, or never spoke the protocol: neither concerns the others.
            if (fault is not (IOException or SocketException or ObjectDisposedException)) ConsoleBridge.Log.WriteLine($"A connection was closed: {fault}");
        }
    }

    private void ReadAll(Connection connection)
    {
        connections[connection] = true;
        OnOpened(connection);
        try
        {
            while (true) OnMessage(connection, connection.Receive(command => OnCommand(connection, command)));
        }
        finally
        {
            connections.TryRemove(connection, out _);
            OnClosed(connection);
        }
    }
}

/// <summary>ROUTER: tells who a message came from, and sends to the one it is meant for. A peer that comes back takes its old name.</summary>
internal sealed class RouterSocket<T>(Endpoint endpoint, Func<string, List<byte[]>, T?> read) : BoundSocket("ROUTER", endpoint, "DEALER", "REQ", "ROUTER")
    where T : class
{
    private readonly ConcurrentDictionary<string, Connection> peers = new(StringComparer.Ordinal);
    private int unnamed;

    public BlockingCollection<T> Inbox { get; } = [];

    public void Send(string peer, IReadOnlyList<ReadOnlyMemory<byte>> frames)
    {
        if (peers.TryGetValue(peer, out var connection)) connection.Send(frames);
    }

    protected override void OnOpened(Connection connection)
    {
        var given = connection.Peer.Identity;
        connection.Name = given.Length > 0 ? Convert.ToHexString(given) : FormattableString.Invariant($"unnamed-{Interlocked.Increment(ref unnamed)}");
        peers[connection.Name] = connection;
    }

    protected override void OnMessage(Connection from, List<byte[]> frames)
    {
        if (read(from.Name, frames) is { } message) Inbox.Add(message);
    }

    protected override void OnClosed(Connection connection) => peers.TryRemove(new KeyValuePair<string, Connection>(connection.Name, connection));
}

/// <summary>
/// PUB: sends to all who subscribed to the beginning of the first frame. Nothing is dropped: who publishes faster than a
/// subscriber reads is slowed down, and a subscriber that reads nothing any more is let go.
/// </summary>
internal sealed class PublishSocket(Endpoint endpoint) : BoundSocket("PUB", endpoint, "SUB", "XSUB")
{
    private const int MostTopics = 1000;
    private const int LongestTopic = 1000;

    public void Send(IReadOnlyList<ReadOnlyMemory<byte>> frames)
    {
        foreach (var connection in Connections)
            if (IsWanted(connection.Topics, frames[0]))
                connection.Send(frames);
    }

    public void WaitForRoom()
    {
        foreach (var connection in Connections)
            if (!connection.WaitForRoom(Patience))
                connection.Dispose();
    }

    // ZMTP 3.0 subscribes by a message that begins with 1, and cancels by one that begins with 0.
    protected override void OnMessage(Connection from, List<byte[]> frames)
    {
        if (frames is [[var kind and (0 or 1), .. var topic]]) Change(from.Topics, topic, isWanted: kind == 1);
    }

    // ZMTP 3.1 does so by commands.
    protected override void OnCommand(Connection from, byte[] command)
    {
        if (command.AsSpan().StartsWith("\u0009SUBSCRIBE"u8)) Change(from.Topics, command[10..], isWanted: true);
        if (command.AsSpan().StartsWith("\u0006CANCEL"u8)) Change(from.Topics, command[7..], isWanted: false);
    }

    private static void Change(List<byte[]> wanted, byte[] topic, bool isWanted)
    {
        if (wanted.Count >= MostTopics || topic.Length > LongestTopic) throw new ProtocolException("A peer subscribes to too much.");
        lock (wanted)
            if (isWanted) wanted.Add(topic);
            else if (wanted.FindIndex(known => known.AsSpan().SequenceEqual(topic)) is >= 0 and var at) wanted.RemoveAt(at);
    }

    private static bool IsWanted(List<byte[]> wanted, ReadOnlyMemory<byte> topic)
    {
        lock (wanted) return wanted.Exists(prefix => topic.Span.StartsWith(prefix));
    }
}

/// <summary>REP that gives back what it gets, all frames of it: the heartbeat. It has threads of its own and beats whatever a cell does.</summary>
internal sealed class EchoSocket(Endpoint endpoint) : BoundSocket("REP", endpoint, "REQ", "DEALER")
{
    protected override void OnMessage(Connection from, List<byte[]> frames)
    {
        from.Send([.. frames.Select(frame => (ReadOnlyMemory<byte>)frame)]);
        // Who sends and never reads is let go.
        if (!from.WaitForRoom(Patience)) from.Dispose();
    }
}
