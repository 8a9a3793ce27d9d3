using System.Collections.Concurrent;

namespace FaLW.Kernel.Sockets;

/// <summary>
/// PUB: sends to all who subscribed to the beginning of the first frame. Nothing is dropped: who publishes faster than a
/// subscriber reads is slowed down, and a subscriber that reads nothing any more is let go.
/// </summary>
internal sealed class PublishSocket(Endpoint endpoint) : BoundSocket("PUB", endpoint, "SUB", "XSUB")
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);

    private readonly ConcurrentDictionary<Connection, List<byte[]>> topics = new();

    public void Send(IReadOnlyList<ReadOnlyMemory<byte>> frames)
    {
        foreach (var (connection, wanted) in topics)
            if (IsWanted(wanted, frames[0].Span))
                connection.Send(frames);
    }

    /// <summary>Waits until the subscribers have kept up.</summary>
    public void WaitForRoom()
    {
        foreach (var connection in topics.Keys)
            if (!connection.WaitForRoom(Patience))
                connection.Dispose();
    }

    protected override void OnOpened(Connection connection) => topics[connection] = [];

    protected override void OnClosed(Connection connection) => topics.TryRemove(connection, out _);

    // ZMTP 3.0 subscribes by a message that begins with 1, and cancels by one that begins with 0.
    protected override void OnMessage(Connection from, List<byte[]> frames)
    {
        if (frames is [[var kind and (0 or 1), .. var topic]]) Change(from, topic, isWanted: kind == 1);
    }

    // ZMTP 3.1 does so by commands.
    protected override void OnCommand(Connection from, byte[] command)
    {
        if (command.AsSpan().StartsWith("\u0009SUBSCRIBE"u8)) Change(from, command[10..], isWanted: true);
        if (command.AsSpan().StartsWith("\u0006CANCEL"u8)) Change(from, command[7..], isWanted: false);
    }

    private void Change(Connection from, byte[] topic, bool isWanted)
    {
        if (!topics.TryGetValue(from, out var wanted)) return;
        lock (wanted)
            if (isWanted) wanted.Add(topic);
            else if (wanted.FindIndex(known => known.AsSpan().SequenceEqual(topic)) is >= 0 and var at) wanted.RemoveAt(at);
    }

    private static bool IsWanted(List<byte[]> wanted, ReadOnlySpan<byte> topic)
    {
        lock (wanted)
            foreach (var prefix in wanted)
                if (topic.StartsWith(prefix))
                    return true;
        return false;
    }
}
