using System.Reflection;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace FaLW.Kernel.Sessions;

/// <summary>
/// The lines of a cell that are for the kernel and not for the compiler. They become empty lines, so that line numbers stay right.
/// </summary>
internal sealed class Directives
{
    public const string Markdown = "#!markdown";

    private const string Known = "It knows #!import FILE for .ipynb, .dib, .cs and .csx files, #!who and #!whos, besides #r and #load.";

    private char[] kept = [];

    public string Code => new(kept);
    public List<string> Imports { get; } = [];
    public List<Package> Packages { get; } = [];

    // Whether the session's variables are asked for: by name, or with type and value.
    public (bool Names, bool Values) Who { get; private set; }

    // Prose in a code cell, as .NET Interactive keeps it.
    public string? Prose { get; private set; }
    public string? Fault { get; private set; }
    public int Line { get; private set; }

    public static Directives Read(string code)
    {
        var read = new Directives { kept = code.ToCharArray() };
        if (code.StartsWith(Markdown, StringComparison.Ordinal)) read.Prose = code[Markdown.Length..].TrimStart();
        else if (code.Contains("#!", StringComparison.Ordinal) || code.Contains("nuget:", StringComparison.OrdinalIgnoreCase)) read.Take(CSharpSyntaxTree.ParseText(code, SubmissionChain.Parsing).GetCompilationUnitRoot());
        return read;
    }

    private void Take(CompilationUnitSyntax root)
    {
        foreach (var trivia in root.DescendantTrivia().Where(trivia => trivia.IsDirective))
        {
            var fault = trivia.GetStructure() switch
            {
                ReferenceDirectiveTriviaSyntax { File.ValueText: var file } when file.StartsWith("nuget:", StringComparison.OrdinalIgnoreCase) => TakePackage(file),
                _ when trivia.ToString() is ['#', 'i', ' ', ..] feed && feed.Contains("nuget:", StringComparison.OrdinalIgnoreCase) => "This kernel asks the feeds that NuGet knows on this machine. Add a feed to a NuGet.Config beside the notebook instead.",
                _ when trivia.ToString().StartsWith("#!", StringComparison.Ordinal) => TakeMagic(trivia.ToString().Trim()),
                _ => "",
            };
            if (fault is null) Blank(trivia.FullSpan.Start, trivia.FullSpan.End);
            if (fault is { Length: > 0 }) (Fault, Line) = (fault, trivia.GetLocation().GetLineSpan().StartLinePosition.Line + 1);
        }
    }

    // Null for what was taken, a sentence for what cannot be.
    private string? TakePackage(string text)
    {
        var parts = text["nuget:".Length..].Split(',', StringSplitOptions.TrimEntries);
        if (parts is not [{ Length: > 0 } name, { Length: > 0 } version] || version.Contains('*', StringComparison.Ordinal))
            return $"#r \"{text}\" does not say which version. Write #r \"nuget: {parts[0]}, 1.2.3\": a notebook should give tomorrow what it gives today.";
        Packages.Add(new Package(name, version));
        return null;
    }

    private string? TakeMagic(string magic)
    {
        var words = magic[2..].Split((char[]?)null, 2, StringSplitOptions.RemoveEmptyEntries);
        switch (words)
        {
            case ["csharp" or "c#" or "C#", ..]: return null;
            case ["import", var file]: Imports.Add(file.Trim().Trim('"')); return null;
            case ["who"]: Who = Who with { Names = true }; return null;
            case ["whos"]: Who = Who with { Values = true }; return null;
            case [var name, ..] when ForeignLanguage.OfMagic(name) is { } language: return $"'{magic}' begins {language}, and this kernel runs C#. {ForeignLanguage.Remedy}";
            default: return $"'{magic}' is not a command of this kernel. {Known}";
        }
    }

    private void Blank(int start, int end)
    {
        for (var i = start; i < end; i++)
            if (kept[i] is not ('\n' or '\r'))
                kept[i] = ' ';
    }
}

/// <summary>The C# cells of a file that <c>#!import</c> names, each with the name that messages give it.</summary>
internal static class ImportedCells
{
    public static IReadOnlyList<(string Name, string Code)> Read(string path)
    {
        var file = Path.GetFileName(path);
        return Path.GetExtension(path).ToUpperInvariant() switch
        {
            ".IPYNB" or ".DIB" or ".CS" or ".CSX" when !File.Exists(path) => throw new NotebookFault($"#!import {file}: there is no such file. Paths are relative to the notebook."),
            ".IPYNB" => [.. Cells(Notebook.Load(path)).Select((code, i) => (Place(file, i), code))],
            ".DIB" => [.. Sections(File.ReadAllText(path)).Select((code, i) => (Place(file, i), code))],
            ".CS" or ".CSX" => [(file, File.ReadAllText(path))],
            _ => throw new NotebookFault($"#!import {file}: only .ipynb, .dib, .cs and .csx files can be imported."),
        };
    }

    private static IEnumerable<string> Cells(Notebook notebook)
    {
        ForeignLanguage.Refuse(notebook);
        return notebook.CodeCells.Where(cell => !ForeignLanguage.IsMarkdown(cell)).Select(cell => cell.Source);
    }

    // A .dib file is text in which lines such as #!csharp and #!markdown begin a cell.
    private static IEnumerable<string> Sections(string text)
    {
        var isCode = false;
        var section = new List<string>();
        foreach (var line in text.ReplaceLineEndings("\n").Split('\n').Append("#!end"))
        {
            if (!line.StartsWith("#!", StringComparison.Ordinal) || line.StartsWith("#!import", StringComparison.Ordinal))
            {
                section.Add(line);
                continue;
            }
            if (isCode && section.Exists(l => l.Trim().Length > 0)) yield return string.Join('\n', section);
            isCode = line.Trim() is "#!csharp" or "#!c#" or "#!C#";
            section.Clear();
        }
    }

    private static string Place(string file, int index) => FormattableString.Invariant($"{file} In [{index + 1}]");
}

/// <summary>What the cells declared: the answer to <c>#!who</c> (names) and <c>#!whos</c> (with type and value).</summary>
internal static class Variables
{
    private const int LongestValue = 80;

    public static MimeBundle Names(IEnumerable<object?> states) =>
        All(states) is { Count: > 0 } all ? MimeBundle.Plain(string.Join(", ", all.Select(field => field.Name))) : None;

    public static MimeBundle Values(IEnumerable<object?> states)
    {
        var rows = All(states).Select(field => (IReadOnlyList<object?>)[field.Name, field.Type, Short(field.Value)]).ToList();
        return rows.Count > 0 ? new ValueTable(["Variable", "Type", "Value"], rows, "").ToBundle() : None;
    }

    private static MimeBundle None => MimeBundle.Plain("No cell has declared a variable yet.");

    // A name that was bound again is what it is now. Each cell is an object whose fields are its variables; the compiler's own have no name that a person could write.
    private static List<(string Name, Type Type, object? Value)> All(IEnumerable<object?> states) =>
        [.. from state in states
            where state is not null
            from field in state.GetType().GetFields(BindingFlags.Instance | BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.DeclaredOnly)
            where !field.Name.Contains('<', StringComparison.Ordinal)
            group (field.Name, field.FieldType, field.GetValue(state)) by field.Name into bound
            orderby bound.Key
            select bound.Last()];

    private static string Short(object? value) => Scalar.Text(value).ReplaceLineEndings(" ") is var text && text.Length <= LongestValue ? text : text[..LongestValue] + "…";
}
