using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;

namespace FaLW.Kernel.Sockets;

/// <summary>
/// One peer after the handshake. It has threads of its own, not the pool's: a cell may fill the pool with waiting tasks, and
/// the stop button has to get through all the same. Sending never blocks; who must not run ahead can wait for room.
/// </summary>
internal sealed class Connection : IDisposable
{
    private const long HighMark = 16 << 20;
    private const int StackBytes = 256 << 10;
    private const int BufferBytes = 1 << 16;

    private static readonly TimeSpan GreetingPatience = TimeSpan.FromSeconds(10);

    private readonly Socket socket;
    private readonly Stream output;
    private readonly FrameReader input;
    private readonly BlockingCollection<Parcel> queue = [];
    private readonly Thread sender;
    private readonly object room = new();
    private long waiting;

    private Connection(Socket socket, Stream output, FrameReader input, (string SocketType, byte[] Identity) peer)
    {
        (this.socket, this.output, this.input, Peer) = (socket, output, input, peer);
        sender = new Thread(SendAll, StackBytes) { IsBackground = true, Name = "sender" };
        sender.Start();
    }

    public (string SocketType, byte[] Identity) Peer { get; }

    // What a PUB socket is to send here: messages whose first frame begins so.
    public List<byte[]> Topics { get; } = [];

    // How a ROUTER socket calls it.
    public string Name { get; set; } = "";

    public static Connection Open(Socket socket, string socketType, byte[] identity)
    {
        var stream = new NetworkStream(socket, ownsSocket: true);
        var (output, input) = (new BufferedStream(stream, BufferBytes), new FrameReader(new BufferedStream(stream, BufferBytes)));
        socket.ReceiveTimeout = (int)GreetingPatience.TotalMilliseconds;
        var peer = Handshake.Perform(output, input, socketType, identity);
        socket.ReceiveTimeout = 0;
        return new Connection(socket, output, input, peer);
    }

    public List<byte[]> Receive(Action<byte[]> onCommand) =>
        input.ReadMessage(command =>
        {
            if (!AnswerPing(command)) onCommand(command);
        });

    public void Send(IReadOnlyList<ReadOnlyMemory<byte>> frames) => Enqueue(new Parcel(frames, IsCommand: false));

    public bool WaitForRoom(TimeSpan patience)
    {
        lock (room)
            while (waiting > HighMark && sender.IsAlive)
                if (!Monitor.Wait(room, patience))
                    return false;
        return true;
    }

    public void Finish(TimeSpan patience)
    {
        Close();
        sender.Join(patience);
    }

    public void Dispose()
    {
        Close();
        socket.Dispose();
    }

    private void Close()
    {
        lock (room) queue.CompleteAdding();
    }

    private void Enqueue(Parcel parcel)
    {
        lock (room)
        {
            if (queue.IsAddingCompleted) return;
            waiting += parcel.Length;
            queue.Add(parcel);
        }
    }

    private void SendAll()
    {
        try
        {
            foreach (var parcel in queue.GetConsumingEnumerable())
            {
                FrameWriter.Write(output, parcel.Frames, parcel.IsCommand);
                if (queue.Count == 0) output.Flush();
                Sent(parcel.Length);
            }
        }
        catch (Exception gone) when (gone is IOException or SocketException or ObjectDisposedException)
        {
            Dispose();
            // Nobody sends any more, so whoever waits for room need not.
            Sent(waiting);
        }
    }

    private void Sent(long length)
    {
        lock (room)
        {
            waiting -= length;
            Monitor.PulseAll(room);
        }
    }

    // ZMTP 3.1 peers may ask whether we live: PING, two bytes of patience, a context to give back.
    private bool AnswerPing(byte[] command)
    {
        if (!command.AsSpan().StartsWith("\u0004PING"u8)) return false;
        Enqueue(new Parcel([(byte[])[4, .. "PONG"u8, .. command.AsSpan(Math.Min(7, command.Length))]], IsCommand: true));
        return true;
    }

    private sealed record Parcel(IReadOnlyList<ReadOnlyMemory<byte>> Frames, bool IsCommand)
    {
        public long Length => Frames.Sum(frame => (long)frame.Length);
    }
}

/// <summary>Where a socket listens: a port of the loopback interface, or a file.</summary>
internal sealed record Endpoint(EndPoint Address, string? File)
{
    public static Endpoint Tcp(IPAddress address, int port) => new(new IPEndPoint(address, port), null);
    public static Endpoint Ipc(string file) => new(new UnixDomainSocketEndPoint(file), file);

    public Socket Listen()
    {
        if (File is not null) System.IO.File.Delete(File);
        var socket = NewSocket();
        socket.Bind(Address);
        socket.Listen();
        return socket;
    }

    public Socket NewSocket() => Prompt(new Socket(Address.AddressFamily, SocketType.Stream, File is null ? ProtocolType.Tcp : ProtocolType.Unspecified));

    // Small messages leave at once: an answer must not wait for the next one.
    public static Socket Prompt(Socket socket)
    {
        if (socket.ProtocolType is ProtocolType.Tcp) socket.NoDelay = true;
        return socket;
    }
}
