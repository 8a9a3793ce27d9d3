using System.Diagnostics;
using System.Globalization;
using System.Reflection;
using System.Text.RegularExpressions;
using FaLW.Kernel.Rendering;

namespace FaLW.Kernel.Sessions;

/// <summary>
/// An exception as a reader wants it. One that is meant for readers (<see cref="SentenceHook"/>), and a stop: its sentence, the cell's line and a
/// caret. Any other: its message, then where, with the cells' own frames and the library's topmost alone.
/// </summary>
/// <param name="cell">What messages call the cell that was run.</param>
/// <param name="line">A line of the code of that name, counted from 1; null where no code is at hand.</param>
internal sealed partial class RunTimeErrors(string cell, Func<string, int, string?>? line = null)
{
    /// <summary>An exception whose <see cref="Exception.Data"/> holds this key says all in its message; nobody need see where in a library it was thrown.</summary>
    public const string SentenceHook = "notebook.sentence";

    public CellError Of(Exception fault)
    {
        var told = Unwrap(fault);
        if (told is OperationCanceledException || told.Data.Contains(SentenceHook)) return Sentence(TypeName.Of(told.GetType()), told.Message, told);
        var trace = new List<string>();
        for (var at = told; at is not null; at = at.InnerException)
        {
            trace.Add($"{(at == told ? "" : "caused by ")}{TypeName.Of(at.GetType())}: {at.Message}");
            trace.AddRange(Frames(at));
        }
        return new CellError(TypeName.Of(told.GetType()), told.Message, trace, Begin(told) is { } place ? Place(place) : null);
    }

    /// <summary>What an interrupted cell is reported as, whatever exception ended it.</summary>
    public CellError Interrupted(Exception? fault) => Sentence(nameof(OperationCanceledException), "The cell was interrupted.", fault is null ? null : Unwrap(fault));

    private CellError Sentence(string name, string message, Exception? fault)
    {
        string[] first = [.. $"{name}: {message}".ReplaceLineEndings("\n").Split('\n')];
        return fault is null || Begin(fault) is not { } frame
            ? new CellError(name, message, first, null)
            : new CellError(name, message, [.. first, $"   at {Place(frame)}", .. Shown(frame)], Place(frame));
    }

    private IEnumerable<string> Shown(StackFrame frame)
    {
        if (line?.Invoke(frame.GetFileName()!, frame.GetFileLineNumber()) is not { } text) yield break;
        yield return $"    {text}";
        yield return $"    {new string(' ', Math.Clamp(frame.GetFileColumnNumber() - 1, 0, text.Length))}^";
    }

    private static Exception Unwrap(Exception fault) => fault switch
    {
        AggregateException { InnerExceptions.Count: 1, InnerException: { } only } => Unwrap(only),
        TargetInvocationException { InnerException: { } cause } => Unwrap(cause),
        _ => fault,
    };

    // The line of the cell that was run, even when a function of an earlier cell threw: there the reader begins to look.
    private StackFrame? Begin(Exception fault)
    {
        var frames = new StackTrace(fault, fNeedFileInfo: true).GetFrames();
        return Array.Find(frames, frame => Place(frame)?.StartsWith(cell + ":", StringComparison.Ordinal) ?? false)
            ?? Array.Find(frames, frame => Place(frame)?.Contains("In [", StringComparison.Ordinal) ?? false);
    }

    private static IEnumerable<string> Frames(Exception fault)
    {
        var isTop = true;
        foreach (var frame in new StackTrace(fault, fNeedFileInfo: true).GetFrames())
        {
            if (frame.GetMethod() is not { } method || IsHost(method) || !(isTop || IsCell(method))) continue;
            isTop = false;
            var (name, place) = (MethodName(method), Place(frame));
            yield return (name, place) switch
            {
                (null, _) => $"   at {place ?? "the cell"}",
                (_, null) => $"   at {name}",
                _ => $"   at {name} in {place}",
            };
        }
    }

    // Only the file's name: where the source lay when a library was built is nobody's business.
    private static string? Place(StackFrame frame) =>
        frame.GetFileName() is { } file ? string.Create(CultureInfo.InvariantCulture, $"{Path.GetFileName(file)}:line {frame.GetFileLineNumber()}") : null;

    private static bool IsCell(MethodBase method) => method.DeclaringType?.FullName?.StartsWith(SubmissionChain.CellClass, StringComparison.Ordinal) ?? false;

    private static bool IsHost(MethodBase method)
    {
        var type = method.DeclaringType?.FullName ?? "";
        return type.StartsWith("FaLW.Kernel.", StringComparison.Ordinal)
            || type.StartsWith("System.Runtime.", StringComparison.Ordinal)
            || type.StartsWith("System.Threading.", StringComparison.Ordinal);
    }

    // The compiler's names for lambdas and asynchronous methods hold the name that the person wrote.
    private static string? MethodName(MethodBase method)
    {
        var type = method.DeclaringType?.FullName?.Replace('+', '.') ?? "";
        var written = Written().Match(type.Contains('<', StringComparison.Ordinal) && method.Name is "MoveNext" ? type : method.Name);
        var name = written.Success ? written.Groups["name"].Value : method.Name;
        if (name is "Initialize" or "Factory" or "" or "<Initialize>" or "<Factory>") return null;
        var owner = Compiled().Replace(type, "").Replace("Cell#.", "", StringComparison.Ordinal).Replace("Cell#", "", StringComparison.Ordinal);
        return owner.Length > 0 ? $"{owner}.{name}" : name;
    }

    [GeneratedRegex(@"<+(?<name>\w*)>", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Written();

    [GeneratedRegex(@"\.?<.*$", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Compiled();
}
