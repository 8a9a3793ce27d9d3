using System.Collections.Concurrent;
using System.Net.Sockets;
using FaLW.Kernel.Sockets;

namespace FaLW.Kernel.Tests.Jupyter;

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
