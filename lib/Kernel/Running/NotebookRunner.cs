using System.Diagnostics;
using FaLW.Kernel.Notebooks;
using FaLW.Kernel.Sessions;

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
    /// <exception cref="NotebookFault">A parameter is asked for that the notebook does not declare.</exception>
    public static Task<RunReport> RunAsync(Notebook notebook, RunOptions? options = null, CancellationToken cancellation = default) =>
        Task.Factory.StartNew(() => Run(notebook, options ?? new RunOptions(), cancellation), CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default);

    private static RunReport Run(Notebook notebook, RunOptions options, CancellationToken cancellation)
    {
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
        }
        run.PutOutputs();
        return new RunReport(run.Count, failure);
    }

    private static CellFailure? RunCell(Session session, Cell cell, int number, CellOutputs sink, TimeSpan? timeout, CancellationToken cancellation)
    {
        var timedOut = false;
        using var clock = timeout is { } limit ? new Timer(_ => timedOut = session.Interrupt(NativePatience), null, limit, Timeout.InfiniteTimeSpan) : null;
        var result = session.Run(cell.Source, FormattableString.Invariant($"In [{number}]"), sink, cancellation);
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
