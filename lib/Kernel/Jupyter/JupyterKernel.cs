using System.Runtime.InteropServices;

namespace FaLW.Kernel.Jupyter;

/// <summary>A C# kernel for Jupyter front ends: protocol 5.3 on managed sockets, loopback only, signed messages only.</summary>
internal static class JupyterKernel
{
    public static void Start(string connectionFile)
    {
        var file = ConnectionFile.Load(connectionFile);
        using var channels = new Channels(file);
        NativeStreams.Turn(errorToo: true);
        var session = new Session();
        using var end = new CancellationTokenSource();
        using var interrupt = PosixSignalRegistration.Create(PosixSignal.SIGINT, signal => signal.Cancel = session.Interrupt() || true);
        // Jupyter names itself in JPY_PARENT_PID; on Windows that is a handle and not a process id, so it is left alone.
        if (LibC.IsThere && Environment.GetEnvironmentVariable("JPY_PARENT_PID") is { Length: > 0 }) Owner.WatchParent(end.Cancel);
        channels.Publish(null, "status", new JsonObject { ["execution_state"] = "starting" });
        Run(() => new ShellLoop(channels, session, end.Cancel).Run(end.Token), "shell");
        // The first cell should find the compiler ready.
        Run(session.WarmUp, "warm-up");
        try
        {
            new ControlLoop(channels, session).Run(end.Token);
        }
        catch (OperationCanceledException)
        {
            // Asked on the shell channel and answered there, or the parent is gone.
        }
    }

    private static void Run(Action work, string name) => new Thread(() =>
    {
        try
        {
            work();
        }
        catch (Exception fault)
        {
            // Cancelled where the kernel ends.
            if (fault is not OperationCanceledException) ConsoleBridge.Log.WriteLine(fault);
        }
    })
    { IsBackground = true, Name = name }.Start();
}

/// <summary>The control channel: stop and end, answered while a cell runs. Nothing here waits for the cell.</summary>
internal sealed class ControlLoop(Channels channels, Session session)
{
    public void Run(CancellationToken cancellation)
    {
        while (true)
        {
            var request = channels.Control.Inbox.Take(cancellation);
            channels.Busy(request, () => channels.Answer(channels.Control, request, Answer(request)));
            if (request.Type is "shutdown_request") return;
        }
    }

    // All front ends are told, not only the one that asked.
    public static JsonObject Shutdown(Channels channels, Message request)
    {
        var content = new JsonObject { ["status"] = "ok", ["restart"] = request.Get("restart", otherwise: false) };
        channels.Publish(request, "shutdown_reply", content);
        return content;
    }

    private JsonObject Answer(Message request)
    {
        switch (request.Type)
        {
            case "interrupt_request": session.Interrupt(); return new JsonObject { ["status"] = "ok" };
            case "shutdown_request": return Shutdown(channels, request);
            case "kernel_info_request": return KernelInfo.Content();
            default: return new JsonObject { ["status"] = "error", ["ename"] = "NotSupportedException", ["evalue"] = $"This kernel does not know '{request.Type}'.", ["traceback"] = new JsonArray() };
        }
    }
}

internal static class KernelInfo
{
    public static JsonObject Content()
    {
        var version = typeof(KernelInfo).Assembly.GetName().Version!.ToString(3);
        var language = NotebookMetadata.LanguageInfo();
        language["version"] = "14.0";
        language["codemirror_mode"] = "text/x-csharp";
        return new JsonObject
        {
            ["status"] = "ok",
            ["protocol_version"] = MessageCodec.ProtocolVersion,
            ["implementation"] = "FaLW.Kernel",
            ["implementation_version"] = version,
            ["language_info"] = language,
            ["banner"] = $"C# 14 on .NET {Environment.Version.ToString(2)}, FaLW.Kernel {version}",
            ["help_links"] = new JsonArray(new JsonObject { ["text"] = "C# language", ["url"] = "https://learn.microsoft.com/dotnet/csharp/" }),
            ["debugger"] = false,
            ["supported_features"] = new JsonArray(),
        };
    }
}
