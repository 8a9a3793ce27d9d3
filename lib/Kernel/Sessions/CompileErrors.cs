using System.Globalization;
using Microsoft.CodeAnalysis;

namespace FaLW.Kernel.Sessions;

/// <summary>The compiler's errors as a reader wants them: cell and line, message, the line itself and a caret.</summary>
internal static class CompileErrors
{
    public const string Name = "CompilationError";

    public static CellError Of(IReadOnlyList<Diagnostic> errors, CellSourceResolver sources)
    {
        var trace = errors.SelectMany(error => Lines(error, sources)).ToList();
        return new CellError(Name, Message(errors[0]), trace, Place(errors[0], sources));
    }

    private static IEnumerable<string> Lines(Diagnostic error, CellSourceResolver sources)
    {
        yield return $"{Place(error, sources) ?? "cell"}: error {error.Id}: {Message(error)}";
        var span = error.Location.GetLineSpan();
        if (error.Location.SourceTree is not { } tree || span.StartLinePosition.Line >= tree.GetText().Lines.Count) yield break;
        var line = tree.GetText().Lines[span.StartLinePosition.Line].ToString().Replace('\t', ' ');
        yield return $"    {line}";
        yield return $"    {new string(' ', span.StartLinePosition.Character)}^";
    }

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
