using FaLW.Kernel.Notebooks;

namespace FaLW.Kernel.Sessions;

/// <summary>The C# cells of a file that <c>#!import</c> names, each with the name that messages give it.</summary>
internal static class ImportedCells
{
    public static IReadOnlyList<(string Name, string Code)> Read(string path)
    {
        var file = Path.GetFileName(path);
        return Path.GetExtension(path).ToUpperInvariant() switch
        {
            ".IPYNB" or ".DIB" or ".CS" or ".CSX" when !File.Exists(path) => throw new NotebookFault($"#!import {file}: there is no such file. Paths are relative to the notebook."),
            ".IPYNB" => [.. Notebook.Load(path).CodeCells.Select((cell, i) => (Place(file, i), cell.Source))],
            ".DIB" => [.. Sections(File.ReadAllText(path)).Select((code, i) => (Place(file, i), code))],
            ".CS" or ".CSX" => [(file, File.ReadAllText(path))],
            _ => throw new NotebookFault($"#!import {file}: only .ipynb, .dib, .cs and .csx files can be imported."),
        };
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
