using FaLW.Kernel.Sessions;

namespace FaLW.Kernel.Running;

/// <summary>
/// Listens, while cells run, for the two ways in which a cell takes the process down: it calls Environment.Exit, or a thread
/// that it started throws what nobody catches. Neither may look like a run that went through, and what the cells had put out
/// until then is not lost.
/// </summary>
internal sealed class LastWords : IDisposable
{
    private const int Failed = 1;

    private readonly RunInProgress run;
    private readonly Action<CellFailure> tell;
    private int told;

    /// <param name="run">The cells that run.</param>
    /// <param name="tell">Told which cell it was, with the outputs so far in the notebook; the process ends when it returns.</param>
    public LastWords(RunInProgress run, Action<CellFailure> tell)
    {
        (this.run, this.tell) = (run, tell);
        AppDomain.CurrentDomain.ProcessExit += OnExit;
        AppDomain.CurrentDomain.UnhandledException += OnUnhandled;
    }

    public void Dispose()
    {
        AppDomain.CurrentDomain.ProcessExit -= OnExit;
        AppDomain.CurrentDomain.UnhandledException -= OnUnhandled;
    }

    private void OnExit(object? sender, EventArgs e)
    {
        var code = Environment.ExitCode;
        Environment.ExitCode = Failed;
        Tell(new CellError("ProcessEnded", FormattableString.Invariant($"the cell ended the process (exit code {code}), so nothing after it ran. Let a cell return or throw instead of calling Environment.Exit."), [], null));
    }

    private void OnUnhandled(object sender, UnhandledExceptionEventArgs e)
    {
        if (e.ExceptionObject is not Exception fault) return;
        var error = new RunTimeErrors(FormattableString.Invariant($"In [{run.Count}]")).Of(fault);
        Tell(error with { Trace = [.. error.Trace, "A thread that a cell had started threw this and nobody caught it, so the process ended. Use a task and await it."] });
        // With a code of its own: otherwise the runtime aborts the process, which leaves a core file and says it all again.
        Environment.Exit(Failed);
    }

    private void Tell(CellError error)
    {
        if (Interlocked.Exchange(ref told, 1) != 0) return;
        NativeStreams.Drain();
        var shown = error.Trace.Count > 0 ? error : error with { Trace = [$"{error.Name}: {error.Message}"] };
        if (run.End(shown) is { } failure) tell(failure);
    }
}
