namespace FaLW.Kernel.Notebooks;

/// <summary>What is written for another kernel is named in one sentence, before anything runs: the compiler's own words would not say it.</summary>
internal static class ForeignLanguage
{
    private const string Markdown = "Markdown";

    private static readonly Dictionary<string, string> Names = new(StringComparer.OrdinalIgnoreCase)
    {
        ["fsharp"] = "F#",
        ["html"] = "HTML",
        ["javascript"] = "JavaScript",
        ["js"] = "JavaScript",
        ["julia"] = "Julia",
        ["kql"] = "KQL",
        ["markdown"] = Markdown,
        ["mermaid"] = "Mermaid",
        ["powershell"] = "PowerShell",
        ["pwsh"] = "PowerShell",
        ["python"] = "Python",
        ["python3"] = "Python",
        ["r"] = "R",
        ["sql"] = "SQL",
    };

    /// <summary>The language of a cell as people call it; null where a cell says nothing else than C#.</summary>
    public static string? Of(Cell cell) =>
        NameOf(cell.Metadata["polyglot_notebook"].At("kernelName") ?? cell.Metadata["dotnet_interactive"].At("language") ?? cell.Metadata["vscode"].At("languageId"));

    public static bool IsMarkdown(Cell cell) => Of(cell) is Markdown;

    /// <summary>What <c>#!name</c> would begin; null for a name that is none of a language.</summary>
    public static string? OfMagic(string name) => Names.GetValueOrDefault(name);

    /// <summary>Refuses a notebook with parts that this kernel cannot run.</summary>
    public static void Refuse(Notebook notebook)
    {
        var spec = notebook.Metadata["kernelspec"];
        if (NameOf(spec.At("language") ?? spec.At("name") ?? notebook.Metadata["language_info"].At("name")) is { } language)
            throw new NotebookFault($"The notebook is written in {language} (its kernel is '{spec.At("display_name") ?? spec.At("name") ?? language}'), and this kernel runs C#. Run it with its own kernel, in Jupyter or VS Code.");
        var number = 0;
        foreach (var cell in notebook.CodeCells)
        {
            number++;
            if (Of(cell) is not (null or Markdown) and var other)
                throw new NotebookFault(FormattableString.Invariant($"Cell {number} '{cell.Id}' is written in {other}, and this kernel runs C#. {Remedy}"));
        }
    }

    /// <summary>What to do about a piece in another language.</summary>
    public static string Remedy => "Write it in C#, make it a Markdown or a raw cell, or take a kernel that knows both, such as .NET Interactive.";

    /// <summary>A line that IPython would take: <c>%%time</c>, <c>!pip install</c>. No C# statement begins so, but one: an expression that is negated.</summary>
    public static string? OfLine(string line) => line.Trim() switch
    {
        ['%', '%' or (>= 'a' and <= 'z'), ..] or ['!', >= 'a' and <= 'z', ..] =>
            $"'{line.Trim()}' is a command of IPython, and this kernel runs C#. Leave it out; for a package write #r \"nuget: Name, Version\", for a clock or a program use System.Diagnostics.",
        _ => null,
    };

    private static string? NameOf(JsonNode? word) => (word as JsonValue)?.ToString() switch
    {
        null or "" or NotebookMetadata.KernelName => null,
        var name when name.Equals("csharp", StringComparison.OrdinalIgnoreCase) || name.Equals("C#", StringComparison.OrdinalIgnoreCase) => null,
        var name => Names.GetValueOrDefault(name, name),
    };
}
