namespace FaLW.Kernel.Running;

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

/// <summary>How a run ended.</summary>
/// <param name="Cells">How many cells ran.</param>
/// <param name="Failure">The cell that stopped the run; null when it went through.</param>
public sealed record RunReport(int Cells, CellFailure? Failure)
{
    /// <summary>Whether every cell went through, or was meant not to.</summary>
    public bool Succeeded => Failure is null;
}

/// <summary>A cell that stopped a run.</summary>
/// <param name="Number">Its place among the code cells, from 1.</param>
/// <param name="Id">Its id.</param>
/// <param name="Error">What stopped it.</param>
/// <param name="TimedOut">Whether it took longer than allowed.</param>
/// <param name="Abandoned">Whether it still runs, so that the process should end.</param>
public sealed record CellFailure(int Number, string Id, Sessions.CellError Error, bool TimedOut, bool Abandoned)
{
    /// <summary>Cell, line and message as one sentence.</summary>
    public override string ToString()
    {
        var place = Error.Place is { } at ? $" ({at})" : "";
        var what = TimedOut ? "took longer than --timeout allows" : $"{Error.Name}: {Error.Message.ReplaceLineEndings(" ")}";
        return FormattableString.Invariant($"cell {Number} '{Id}'{place}: {what}");
    }
}
