using System.Runtime.InteropServices;
using System.Text.Json.Nodes;
using FaLW.Kernel.Sessions;

namespace FaLW.Kernel.Jupyter;

/// <summary>A C# kernel for Jupyter front ends: protocol 5.3 on managed sockets, loopback only, signed messages only.</summary>
public static class JupyterKernel
{
    /// <summary>
    /// Serves a front end until it asks the kernel to end or is gone. The process belongs to the kernel meanwhile, and
    /// should end when this returns: a cell may still be running.
    /// </summary>
    /// <param name="connectionFile">The file in which the front end says where to listen.</param>
    /// <param name="cancellation">Ends the kernel.</param>
    /// <exception cref="NotebookFault">The connection file is missing or asks for what this kernel does not do.</exception>
    public static void Start(string connectionFile, CancellationToken cancellation = default)
    {
        var file = ConnectionFile.Load(connectionFile);
        using var channels = new Channels(file);
        NativeStreams.Turn(errorToo: true);
        var session = new Session();
        using var end = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        using var interrupt = PosixSignalRegistration.Create(PosixSignal.SIGINT, signal => signal.Cancel = session.Interrupt() || true);
        ParentWatch.Begin(end.Cancel);
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
            // Asked on the shell channel and answered there, or cancelled, or the parent is gone.
        }
    }

    private static void Run(Action work, string name) => new Thread(() => Quietly(work)) { IsBackground = true, Name = name }.Start();

    private static void Quietly(Action work)
    {
        try
        {
            work();
        }
        catch (OperationCanceledException)
        {
            // The kernel ends.
        }
        catch (Exception fault)
        {
            ConsoleBridge.Log.WriteLine(fault);
        }
    }
}
