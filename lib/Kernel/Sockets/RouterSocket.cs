using System.Collections.Concurrent;

namespace FaLW.Kernel.Sockets;

/// <summary>ROUTER: tells who a message came from, and sends to the one it is meant for. A peer that comes back takes its old name.</summary>
internal sealed class RouterSocket(Endpoint endpoint) : BoundSocket("ROUTER", endpoint, "DEALER", "REQ", "ROUTER")
{
    private readonly ConcurrentDictionary<string, Connection> peers = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<Connection, string> names = new();
    private int unnamed;

    /// <summary>What came in, with the peer's name.</summary>
    public BlockingCollection<(string Peer, List<byte[]> Frames)> Inbox { get; } = [];

    /// <summary>Sends to one peer; to one that is gone, nothing is sent.</summary>
    public void Send(string peer, IReadOnlyList<ReadOnlyMemory<byte>> frames)
    {
        if (peers.TryGetValue(peer, out var connection)) connection.Send(frames);
    }

    protected override void OnOpened(Connection connection)
    {
        var given = connection.Peer.Identity;
        var name = given.Length > 0 ? Convert.ToHexString(given) : FormattableString.Invariant($"unnamed-{Interlocked.Increment(ref unnamed)}");
        names[connection] = name;
        peers[name] = connection;
    }

    protected override void OnMessage(Connection from, List<byte[]> frames) => Inbox.Add((names[from], frames));

    protected override void OnClosed(Connection connection)
    {
        if (names.TryRemove(connection, out var name)) peers.TryRemove(new KeyValuePair<string, Connection>(name, connection));
    }
}
