namespace FaLW.Kernel.Sessions;

/// <summary>What stopped a cell.</summary>
/// <param name="Name">The name of the exception type, or <c>CompilationError</c>.</param>
/// <param name="Message">Its message.</param>
/// <param name="Trace">What a reader is shown, line by line; no path of the machine is in it.</param>
/// <param name="Place">Where, such as <c>In [6]:line 5</c>; null when no line of a cell took part.</param>
public sealed record CellError(string Name, string Message, IReadOnlyList<string> Trace, string? Place);

/// <summary>How a cell ended.</summary>
/// <param name="Error">What stopped it; null when it went through.</param>
/// <param name="Interrupted">Whether it was stopped from outside.</param>
/// <param name="Abandoned">Whether it runs on although it was told to stop, so that the process has to end.</param>
public sealed record CellResult(CellError? Error, bool Interrupted = false, bool Abandoned = false)
{
    /// <summary>Whether the cell went through.</summary>
    public bool Succeeded => Error is null;
}
