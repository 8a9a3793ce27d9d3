using System.Text;
using System.Text.Json.Nodes;
using FaLW.Kernel.Sessions;
using FaLW.Kernel.Sockets;

namespace FaLW.Kernel.Jupyter;

/// <summary>The five channels of a kernel, spoken in messages.</summary>
internal sealed class Channels : IDisposable
{
    private readonly MessageCodec codec;
    private readonly RouterSocket shell, control, stdin;
    private readonly PublishSocket iopub;
    private readonly EchoSocket heartbeat;

    public Channels(ConnectionFile file)
    {
        codec = new MessageCodec(new Signer(file.Key));
        heartbeat = new EchoSocket(file.Endpoint("hb"));
        shell = new RouterSocket(file.Endpoint("shell"));
        control = new RouterSocket(file.Endpoint("control"));
        stdin = new RouterSocket(file.Endpoint("stdin"));
        iopub = new PublishSocket(file.Endpoint("iopub"));
        BoundSocket[] all = [heartbeat, shell, control, stdin, iopub];
        foreach (var socket in all) socket.Open();
    }

    /// <summary>The next message on the shell channel.</summary>
    public Message NextShell(CancellationToken cancellation) => Next(shell, cancellation);

    public Message NextControl(CancellationToken cancellation) => Next(control, cancellation);

    public Message NextInput(CancellationToken cancellation) => Next(stdin, cancellation);

    /// <summary>What has come in on the shell channel and waits.</summary>
    public IEnumerable<Message> WaitingOnShell() => Waiting(shell);

    /// <summary>Forgets answers to questions that nobody waits for any more.</summary>
    public void ForgetInput()
    {
        while (stdin.Inbox.TryTake(out _)) { }
    }

    public void AnswerShell(Message request, JsonObject content) => Answer(shell, request, content);

    public void AnswerControl(Message request, JsonObject content) => Answer(control, request, content);

    public void AskInput(Message request, JsonObject content) => stdin.Send(request.Peer, codec.Encode(request.Prefix, "input_request", request.Header, content));

    public void Publish(Message? parent, string type, JsonObject content) =>
        iopub.Send(codec.Encode([Encoding.UTF8.GetBytes(type)], type, parent?.Header, content));

    /// <summary>Waits until the front ends have read most of what was published.</summary>
    public void WaitForRoom() => iopub.WaitForRoom();

    public void Dispose()
    {
        foreach (BoundSocket socket in (BoundSocket[])[shell, control, stdin, iopub, heartbeat]) socket.Dispose();
    }

    private void Answer(RouterSocket socket, Message request, JsonObject content) =>
        socket.Send(request.Peer, codec.Encode(request.Prefix, request.Type.Replace("_request", "_reply", StringComparison.Ordinal), request.Header, content));

    private Message Next(RouterSocket socket, CancellationToken cancellation)
    {
        while (true)
        {
            var (peer, frames) = socket.Inbox.Take(cancellation);
            if (Decode(peer, frames) is { } message) return message;
        }
    }

    private IEnumerable<Message> Waiting(RouterSocket socket)
    {
        while (socket.Inbox.TryTake(out var next))
            if (Decode(next.Peer, next.Frames) is { } message)
                yield return message;
    }

    private Message? Decode(string peer, List<byte[]> frames)
    {
        var (message, reason) = codec.Decode(peer, frames);
        if (message is null) ConsoleBridge.Log.WriteLine($"A message was left aside: {reason}.");
        return message;
    }
}
