using System.Net;
using System.Net.Sockets;

namespace FaLW.Kernel.Sockets;

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

    public Socket Connect()
    {
        var socket = NewSocket();
        socket.Connect(Address);
        return socket;
    }

    /// <summary>Small messages leave at once: an answer must not wait for the next one.</summary>
    public static Socket Prompt(Socket socket)
    {
        if (socket.ProtocolType is ProtocolType.Tcp) socket.NoDelay = true;
        return socket;
    }

    private Socket NewSocket() =>
        Prompt(new Socket(Address.AddressFamily, SocketType.Stream, File is null ? ProtocolType.Tcp : ProtocolType.Unspecified));
}
