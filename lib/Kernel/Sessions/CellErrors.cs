using System.Diagnostics;
using System.Reflection;
using System.Text.RegularExpressions;
using Microsoft.CodeAnalysis;

namespace FaLW.Kernel.Sessions;

/// <summary>What stopped a cell.</summary>
/// <param name="Name">The name of the exception type, or <c>CompilationError</c>.</param>
/// <param name="Message">Its message.</param>
/// <param name="Trace">What a reader is shown, line by line; no path of the machine is in it.</param>
/// <param name="Place">Where, such as <c>In [6]:line 5</c>; null when no line of a cell took part.</param>
public sealed record CellError(string Name, string Message, IReadOnlyList<string> Trace, string? Place)
{
    internal JsonObject ToContent() => new() { ["ename"] = Name, ["evalue"] = Message, ["traceback"] = new JsonArray([.. Trace.Select(line => JsonValue.Create(line))]) };
}

internal sealed record CellResult(CellError? Error, bool Interrupted);

/// <summary>The compiler's errors as a reader wants them: cell and line, message, the line itself and a caret.</summary>
internal static class CompileErrors
{
    private const string Name = "CompilationError";

    public static CellError Sentence(string sentence, string place) => new(Name, sentence, [$"{place}: {sentence}"], place);

    public static CellError Of(IReadOnlyList<Diagnostic> errors, CellSourceResolver sources)
    {
        if (LineOf(errors[0]) is { } line && ForeignLanguage.OfLine(line) is { } foreign) return Sentence(foreign, Place(errors[0], sources) ?? "cell");
        return new CellError(Name, Message(errors[0]), [.. errors.SelectMany(error => Lines(error, sources))], Place(errors[0], sources));
    }

    private static IEnumerable<string> Lines(Diagnostic error, CellSourceResolver sources) =>
        Marked(LineOf(error), error.Location.GetLineSpan().StartLinePosition.Character)
            .Prepend($"{Place(error, sources) ?? "cell"}: error {error.Id}: {Message(error)}");

    /// <summary>A line of a cell, and a caret below it; nothing where the line is not known.</summary>
    public static IEnumerable<string> Marked(string? line, int column) =>
        line is null ? [] : [$"    {line}", $"    {new string(' ', Math.Clamp(column, 0, line.Length))}^"];

    private static string? LineOf(Diagnostic error) =>
        error.Location.SourceTree?.GetText().Lines is { } lines && error.Location.GetLineSpan().StartLinePosition.Line is var number && number < lines.Count ? lines[number].ToString().Replace('\t', ' ') : null;

    private static string Message(Diagnostic error)
    {
        var message = error.GetMessage(CultureInfo.InvariantCulture);
        return error.Id switch
        {
            "CS0006" => $"{message}. Paths are relative to the notebook; build the library first if it is yours.",
            "CS1504" => $"{message} Paths are relative to the notebook.",
            _ => message,
        };
    }

    private static string? Place(Diagnostic error, CellSourceResolver sources)
    {
        var span = error.Location.GetMappedLineSpan();
        if (!span.IsValid) return null;
        var name = Path.IsPathRooted(span.Path) ? sources.Relative(span.Path) : span.Path;
        return string.Create(CultureInfo.InvariantCulture, $"{name}:line {span.StartLinePosition.Line + 1}");
    }
}

/// <summary>
/// An exception as a reader wants it. One that is meant for readers (<see cref="SentenceHook"/>), and a stop: its sentence, the cell's line and a
/// caret. Any other: its message, then where, with the cells' own frames and the library's topmost alone.
/// </summary>
internal sealed partial class RunTimeErrors(string cell, Func<string, int, string?>? line = null)
{
    public const string SentenceHook = "notebook.sentence";

    private static readonly string[] Hosts = ["FaLW.Kernel.", "System.Runtime.", "System.Threading."];

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

    public CellError Interrupted(Exception? fault) => Sentence(nameof(OperationCanceledException), "The cell was interrupted.", fault is null ? null : Unwrap(fault));

    private CellError Sentence(string name, string message, Exception? fault)
    {
        string[] first = [.. $"{name}: {message}".ReplaceLineEndings("\n").Split('\n')];
        return fault is null || Begin(fault) is not { } frame
            ? new CellError(name, message, first, null)
            : new CellError(name, message, [.. first, $"   at {Place(frame)}", .. Shown(frame)], Place(frame));
    }

    private IEnumerable<string> Shown(StackFrame frame) =>
        CompileErrors.Marked(line?.Invoke(frame.GetFileName()!, frame.GetFileLineNumber()), frame.GetFileColumnNumber() - 1);

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

    private static IEnumerable<string> Frames(Exception fault) =>
        new StackTrace(fault, fNeedFileInfo: true).GetFrames()
            .Where(frame => frame.GetMethod() is { } method && !IsHost(method))
            .Where((frame, i) => i == 0 || IsCell(frame.GetMethod()!))
            .Select(frame => (Name: MethodName(frame.GetMethod()!), Place: Place(frame)) switch
            {
                (null, var place) => $"   at {place ?? "the cell"}",
                (var name, null) => $"   at {name}",
                var (name, place) => $"   at {name} in {place}",
            });

    // Only the file's name: where the source lay when a library was built is nobody's business.
    private static string? Place(StackFrame frame) =>
        frame.GetFileName() is { } file ? string.Create(CultureInfo.InvariantCulture, $"{file.Split('/', '\\')[^1]}:line {frame.GetFileLineNumber()}") : null;

    private static bool IsCell(MethodBase method) => method.DeclaringType?.FullName?.StartsWith(SubmissionChain.CellClass, StringComparison.Ordinal) ?? false;

    private static bool IsHost(MethodBase method) => Array.Exists(Hosts, host => method.DeclaringType?.FullName?.StartsWith(host, StringComparison.Ordinal) ?? false);

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

    [GeneratedRegex(@"<+(?<name>\w*)>", RegexOptions.ExplicitCapture, 60_000)]
    private static partial Regex Written();

    [GeneratedRegex(@"\.?<.*$", RegexOptions.ExplicitCapture, 60_000)]
    private static partial Regex Compiled();
}
