using System.Diagnostics;

namespace FaLW.Kernel.Running;

/// <summary>
/// Runs a notebook from top to bottom without a front end and puts its outputs into it. They hold no time, no path and
/// nothing random of ours, so running twice gives the same bytes if the cells do the same.
/// </summary>
public static class NotebookRunner
{
    /// <summary>A cell with this tag may fail without stopping the run.</summary>
    public const string MayFail = "raises-exception";

    private static readonly TimeSpan NativePatience = TimeSpan.FromSeconds(5);

    /// <summary>Runs the cells in order; stops at the first that fails and is not tagged <c>raises-exception</c>.</summary>
    /// <param name="notebook">The notebook; its outputs, counts and missing metadata are filled in.</param>
    /// <param name="options">How to run it; null for the defaults.</param>
    /// <param name="cancellation">Interrupts the running cell, which then counts as failed.</param>
    /// <exception cref="NotebookFault">A parameter is asked for that the notebook does not declare, or the notebook or a cell is written in another language.</exception>
    public static Task<RunReport> RunAsync(Notebook notebook, RunOptions? options = null, CancellationToken cancellation = default) =>
        Task.Factory.StartNew(() => Run(notebook, options ?? new RunOptions(), cancellation), CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default);

    private static RunReport Run(Notebook notebook, RunOptions options, CancellationToken cancellation)
    {
        ForeignLanguage.Refuse(notebook);
        ParameterCell.Set(notebook, options.Parameters);
        NotebookMetadata.Complete(notebook);
        Forget(notebook);
        var folder = Path.GetFullPath(options.Folder ?? ".");
        var before = Directory.GetCurrentDirectory();
        Directory.SetCurrentDirectory(folder);
        try
        {
            return RunCells(notebook, new Session(folder), options, cancellation);
        }
        finally
        {
            Directory.SetCurrentDirectory(before);
        }
    }

    private static RunReport RunCells(Notebook notebook, Session session, RunOptions options, CancellationToken cancellation)
    {
        var cells = notebook.CodeCells.ToList();
        var run = new RunInProgress();
        using var words = options.LastWords is { } tell ? new LastWords(run, tell) : null;
        CellFailure? failure = null;
        foreach (var cell in cells)
        {
            var sink = run.Begin(cell);
            options.Progress?.Report(new CellProgress(run.Count, cells.Count, CellName.Of(cell, notebook), null));
            var start = Stopwatch.GetTimestamp();
            failure = RunCell(session, cell, run.Count, sink, options.CellTimeout, cancellation);
            options.Progress?.Report(new CellProgress(run.Count, cells.Count, CellName.Of(cell, notebook), Stopwatch.GetElapsedTime(start)));
            if (failure is not null) break;
            if (options.AfterCell is null) continue;
            run.PutOutputs();
            options.AfterCell();
        }
        run.PutOutputs();
        return new RunReport(run.Count, failure);
    }

    private static CellFailure? RunCell(Session session, Cell cell, int number, CellOutputs sink, TimeSpan? timeout, CancellationToken cancellation)
    {
        var timedOut = false;
        using var clock = timeout is { } limit ? new Timer(_ => timedOut = session.Interrupt(NativePatience), null, limit, Timeout.InfiniteTimeSpan) : null;
        var result = session.Run(ForeignLanguage.IsMarkdown(cell) ? $"{Directives.Markdown}\n{cell.Source}" : cell.Source, FormattableString.Invariant($"In [{number}]"), sink, cancellation);
        // The interrupted cell can be here before the clock has written down that it was the clock.
        using var heard = new ManualResetEvent(false);
        if (clock?.Dispose(heard) == true) heard.WaitOne();
        if (result.Error is null || cell.Has(MayFail) && !result.Interrupted) return null;
        return new CellFailure(number, cell.Id, result.Error, timedOut, result.Abandoned);
    }

    private static void Forget(Notebook notebook)
    {
        foreach (var cell in notebook.Cells)
        {
            cell.Outputs.Clear();
            cell.ExecutionCount = null;
            cell.Metadata.Remove("execution");
        }
    }
}

/// <summary>What a person would call a cell: the heading it stands under, or else its id.</summary>
internal static class CellName
{
    private const int Longest = 50;

    public static string Of(Cell cell, Notebook notebook)
    {
        var heading = notebook.Cells.TakeWhile(other => other != cell).Where(other => other.Kind is CellKind.Markdown).Select(HeadingOf).LastOrDefault(found => found is not null) ?? cell.Id;
        return heading.Length <= Longest ? heading : heading[..(Longest - 1)] + "…";
    }

    private static string? HeadingOf(Cell prose) => prose.Source.Split('\n').LastOrDefault(line => line.StartsWith('#'))?.TrimStart('#').Trim();
}

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
