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
    /// <returns>The cell that stopped the run; null when every cell went through, or was meant not to.</returns>
    /// <exception cref="NotebookFault">A parameter is asked for that the notebook does not declare, or the notebook or a cell is written in another language.</exception>
    public static Task<CellFailure?> RunAsync(Notebook notebook, RunOptions? options = null, CancellationToken cancellation = default) =>
        Task.Factory.StartNew(() => Run(notebook, options ?? new RunOptions(), cancellation), CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default);

    private static CellFailure? Run(Notebook notebook, RunOptions options, CancellationToken cancellation)
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

    private static CellFailure? RunCells(Notebook notebook, Session session, RunOptions options, CancellationToken cancellation)
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
        return failure;
    }

    private static CellFailure? RunCell(Session session, Cell cell, int number, CellOutputs sink, TimeSpan? timeout, CancellationToken cancellation)
    {
        var timedOut = false;
        using var clock = timeout is { } limit ? new Timer(_ => timedOut = session.Interrupt(NativePatience), null, limit, Timeout.InfiniteTimeSpan) : null;
        var result = session.Run(ForeignLanguage.IsMarkdown(cell) ? $"{Directives.Markdown}\n{cell.Source}" : cell.Source, FormattableString.Invariant($"In [{number}]"), sink, NativePatience, cancellation);
        // The interrupted cell can be here before the clock has written down that it was the clock.
        using var heard = new ManualResetEvent(false);
        if (clock?.Dispose(heard) == true) heard.WaitOne();
        if (result.Error is null || cell.Has(MayFail) && !result.Interrupted) return null;
        return new CellFailure(number, cell.Id, result.Error, timedOut);
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

/// <summary>How a notebook is run.</summary>
public sealed record RunOptions
{
    /// <summary>Where relative paths in cells begin, and the current folder while they run; null for the current folder.</summary>
    public string? Folder { get; init; }

    /// <summary>New values for names that the parameters cell declares, such as <c>scale</c> to <c>Scale.Smoke</c>.</summary>
    public IReadOnlyList<KeyValuePair<string, string>> Parameters { get; init; } = [];

    /// <summary>The longest that one cell may take; null for as long as it likes.</summary>
    public TimeSpan? CellTimeout { get; init; }

    /// <summary>Told when a cell begins and when it ends.</summary>
    public IProgress<CellProgress>? Progress { get; init; }

    /// <summary>Called after each cell, with the outputs so far in the notebook: what ran is kept whatever ends the process.</summary>
    public Action? AfterCell { get; init; }

    /// <summary>
    /// Called when a cell takes the process down (Environment.Exit, or a thread that throws what nobody catches), with the
    /// outputs so far in the notebook; the process then ends with exit code 1. Null leaves such cells alone. For a program
    /// that owns its process.
    /// </summary>
    public Action<CellFailure>? LastWords { get; init; }
}

/// <summary>Where a run stands.</summary>
/// <param name="Number">The place of the cell among the code cells, from 1.</param>
/// <param name="Of">How many code cells there are.</param>
/// <param name="Name">The heading it stands under, or its id.</param>
/// <param name="Elapsed">How long the cell took; null when it begins.</param>
public sealed record CellProgress(int Number, int Of, string Name, TimeSpan? Elapsed);

/// <summary>A cell that stopped a run.</summary>
/// <param name="Number">Its place among the code cells, from 1.</param>
/// <param name="Id">Its id.</param>
/// <param name="Error">What stopped it.</param>
/// <param name="TimedOut">Whether it took longer than allowed.</param>
public sealed record CellFailure(int Number, string Id, CellError Error, bool TimedOut)
{
    /// <summary>Cell, line and message as one sentence.</summary>
    public override string ToString()
    {
        var place = Error.Place is { } at ? $" ({at})" : "";
        var what = TimedOut ? "took longer than --timeout allows" : $"{Error.Name}: {Error.Message.ReplaceLineEndings(" ")}";
        return FormattableString.Invariant($"cell {Number} '{Id}'{place}: {what}");
    }
}
