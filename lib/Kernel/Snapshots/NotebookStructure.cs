using System.Text;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using FaLW.Kernel.Notebooks;

namespace FaLW.Kernel.Snapshots;

/// <summary>What can be seen of a committed notebook without running it.</summary>
internal static partial class NotebookStructure
{
    private const int LargestFile = 1_000_000;

    /// <summary>What is wrong, as sentences; empty when nothing is.</summary>
    /// <param name="json">The text of the notebook file.</param>
    public static IReadOnlyList<string> Complaints(string json)
    {
        var notebook = Notebook.Parse(json);
        return [.. OfFile(json), .. Ids((JsonObject)JsonNode.Parse(json)!), .. Metadata(notebook), .. Counts(notebook), .. notebook.Cells.SelectMany(OutputComplaints.Of)];
    }

    private static IEnumerable<string> OfFile(string json)
    {
        var size = Encoding.UTF8.GetByteCount(json);
        if (size > LargestFile) yield return FormattableString.Invariant($"the file has {size / 1e6:0.0} MB; keep it under 1 MB, since every clone carries it.");
    }

    private static IEnumerable<string> Ids(JsonObject root)
    {
        if (root["nbformat_minor"]?.ToString() is not "5") yield return "it is not nbformat 4.5; run it with --in-place, which writes that.";
        var ids = root["cells"]!.AsArray().Select(cell => cell!["id"]?.ToString()).ToList();
        if (ids.Any(id => id is null || !Id().IsMatch(id))) yield return "a cell has no valid id; run it with --in-place, which gives ids.";
        foreach (var twice in ids.OfType<string>().GroupBy(id => id, StringComparer.Ordinal).Where(same => same.Count() > 1))
            yield return $"two cells have the id '{twice.Key}'; give one of them another.";
    }

    private static IEnumerable<string> Metadata(Notebook notebook)
    {
        var (kernel, language) = (notebook.Metadata["kernelspec"]?["name"]?.ToString(), notebook.Metadata["language_info"]?["name"]?.ToString());
        if (kernel != NotebookMetadata.KernelName) yield return $"its kernelspec is '{kernel}' and should be '{NotebookMetadata.KernelName}'.";
        if (language != NotebookMetadata.Language) yield return $"its language is '{language}' and should be '{NotebookMetadata.Language}'.";
        if (notebook.Metadata["polyglot_notebook"] is null) yield return "it lacks the 'polyglot_notebook' metadata; run it with --in-place, which adds them.";
    }

    private static IEnumerable<string> Counts(Notebook notebook)
    {
        var number = 0;
        foreach (var cell in notebook.CodeCells)
            if (cell.ExecutionCount != ++number)
                yield return FormattableString.Invariant($"cell '{cell.Id}' is numbered {cell.ExecutionCount?.ToString(System.Globalization.CultureInfo.InvariantCulture) ?? "not at all"} and is the {number}. to run; run the whole notebook from the top.");
    }

    [GeneratedRegex("^[a-zA-Z0-9_-]{1,64}$", RegexOptions.None, 1000)]
    private static partial Regex Id();
}
