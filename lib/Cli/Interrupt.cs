using System.Runtime.InteropServices;

namespace FaLW.Cli;

/// <summary>
/// Ctrl-C and a polite kill: the first asks the work to stop, and if it has not after a moment, or on the second,
/// the process ends at once. Nothing is lost either way, since finished stages are kept and unfinished ones are never seen.
/// </summary>
internal sealed class Interrupt : IDisposable
{
    private static readonly TimeSpan Moment = TimeSpan.FromSeconds(2);

    private readonly CancellationTokenSource source = new();
    private readonly PosixSignalRegistration[] signals;
    private readonly Terminal terminal;
    private Timer? impatience;

    public Interrupt(Terminal terminal)
    {
        this.terminal = terminal;
        signals = [PosixSignalRegistration.Create(PosixSignal.SIGINT, Stop), PosixSignalRegistration.Create(PosixSignal.SIGTERM, Stop)];
    }

    public CancellationToken Token => source.Token;

    public void Dispose()
    {
        foreach (var signal in signals) signal.Dispose();
        impatience?.Dispose();
        source.Dispose();
    }

    private void Stop(PosixSignalContext context)
    {
        context.Cancel = true;
        if (source.IsCancellationRequested) End();
        impatience = new Timer(_ => End(), null, Moment, Timeout.InfiniteTimeSpan);
        source.Cancel();
    }

    // Not Environment.Exit: that would tear libtorch down under the threads that are still computing.
    private void End()
    {
        Ending.Interrupted(terminal);
        terminal.Error.Flush();
        Leave(ExitCode.Interrupted);
    }

    [DllImport("libc", EntryPoint = "_exit")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern void Leave(int code);
}
