namespace FaLW.Kernel.Sockets;

/// <summary>REP that gives back what it gets, all frames of it: the heartbeat. It beats on the pool, whatever a cell does.</summary>
internal sealed class EchoSocket(Endpoint endpoint) : BoundSocket("REP", endpoint, "REQ", "DEALER")
{
    protected override void OnMessage(Connection from, List<byte[]> frames) =>
        from.Send([.. frames.Select(frame => (ReadOnlyMemory<byte>)frame)]);
}
