using System.Net;
using System.Net.Sockets;
using FaLW.Kernel.Sessions;

namespace FaLW.Kernel.Sockets;

/// <summary>The binding side of a ZeroMQ socket: accepts peers, each with its own reading thread. A peer that misbehaves is dropped.</summary>
internal abstract class BoundSocket : IDisposable
{
    private const int StackBytes = 256 << 10;

    private static readonly TimeSpan Parting = TimeSpan.FromSeconds(1);

    private readonly HashSet<Connection> connections = [];
    private readonly Socket listener;
    private readonly string type;
    private readonly string? file;
    private readonly string[] partners;

    protected BoundSocket(string type, Endpoint endpoint, params string[] partners)
    {
        (this.type, file, this.partners) = (type, endpoint.File, partners);
        listener = endpoint.Listen();
        Address = listener.LocalEndPoint!;
    }

    /// <summary>Where it listens; tells the port if the system chose it.</summary>
    public EndPoint Address { get; }

    private List<Connection> Connections
    {
        get
        {
            lock (connections) return [.. connections];
        }
    }

    /// <summary>Begins to accept peers.</summary>
    public void Open() => Run(AcceptAll, "acceptor");

    /// <summary>Sends what is queued, then closes.</summary>
    public void Dispose()
    {
        listener.Dispose();
        foreach (var connection in Connections)
        {
            connection.Finish(Parting);
            connection.Dispose();
        }
        if (file is not null) File.Delete(file);
    }

    protected abstract void OnMessage(Connection from, List<byte[]> frames);

    protected virtual void OnCommand(Connection from, byte[] command) { }

    protected virtual void OnOpened(Connection connection) { }

    protected virtual void OnClosed(Connection connection) { }

    private static void Run(Action work, string name) => new Thread(() => work(), StackBytes) { IsBackground = true, Name = name }.Start();

    private void AcceptAll()
    {
        try
        {
            while (true)
            {
                var socket = listener.Accept();
                Run(() => Serve(socket), "receiver");
            }
        }
        catch (Exception closed) when (closed is SocketException or ObjectDisposedException)
        {
            // The listener was disposed of: nobody else is to come.
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
        catch (Exception gone) when (gone is IOException or SocketException or ObjectDisposedException)
        {
            // Vanished, or never spoke the protocol: neither concerns the others.
        }
        catch (Exception fault)
        {
            ConsoleBridge.Log.WriteLine($"A connection was closed: {fault}");
        }
    }

    private void ReadAll(Connection connection)
    {
        lock (connections) connections.Add(connection);
        OnOpened(connection);
        try
        {
            while (true) OnMessage(connection, connection.Receive(command => OnCommand(connection, command)));
        }
        finally
        {
            lock (connections) connections.Remove(connection);
            OnClosed(connection);
        }
    }
}
