using System.Diagnostics;
using System.Globalization;
using System.Reflection;
using System.Text.RegularExpressions;
using FaLW.Kernel.Rendering;

namespace FaLW.Kernel.Sessions;

/// <summary>An exception as a reader wants it: its message, then where, with the frames of the host left out.</summary>
internal static partial class RunTimeErrors
{
    public static CellError Of(Exception fault, string cell)
    {
        var told = Unwrap(fault);
        var trace = new List<string>();
        for (var at = told; at is not null; at = at.InnerException)
        {
            trace.Add($"{(at == told ? "" : "caused by ")}{TypeName.Of(at.GetType())}: {at.Message}");
            trace.AddRange(Frames(at));
        }
        return new CellError(TypeName.Of(told.GetType()), told.Message, trace, PlaceOf(told, cell));
    }

    /// <summary>What an interrupted cell is reported as, whatever exception ended it.</summary>
    public static CellError Interrupted(Exception? fault, string cell)
    {
        const string message = "The cell was interrupted.";
        var name = nameof(OperationCanceledException);
        return new CellError(name, message, [$"{name}: {message}", .. fault is null ? [] : Frames(fault)], fault is null ? null : PlaceOf(fault, cell));
    }

    private static Exception Unwrap(Exception fault) => fault switch
    {
        AggregateException { InnerExceptions.Count: 1, InnerException: { } only } => Unwrap(only),
        TargetInvocationException { InnerException: { } cause } => Unwrap(cause),
        _ => fault,
    };

    // The line of the cell that was run, even when a function of an earlier cell threw: there the reader begins to look.
    private static string? PlaceOf(Exception fault, string cell)
    {
        var places = new StackTrace(fault, fNeedFileInfo: true).GetFrames().Select(Place).OfType<string>().ToList();
        return places.Find(place => place.StartsWith(cell + ":", StringComparison.Ordinal))
            ?? places.Find(place => place.Contains("In [", StringComparison.Ordinal));
    }

    private static IEnumerable<string> Frames(Exception fault)
    {
        foreach (var frame in new StackTrace(fault, fNeedFileInfo: true).GetFrames())
        {
            if (frame.GetMethod() is not { } method || IsHost(method)) continue;
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
