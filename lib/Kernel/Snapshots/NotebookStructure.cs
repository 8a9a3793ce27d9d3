using System.Text.RegularExpressions;
using FaLW.Kernel.Running;

namespace FaLW.Kernel.Snapshots;

/// <summary>What can be seen of a committed notebook without running it.</summary>
internal static partial class NotebookStructure
{
    private const int LargestFile = 1_000_000;

    public static IReadOnlyList<string> Complaints(byte[] file, string name)
    {
        var notebook = NotebookReader.Read(file, name);
        return [.. OfFile(file), .. Ids(ForeignText.TryObject(file)!), .. Metadata(notebook), .. Counts(notebook), .. Tolerances(notebook), .. notebook.Cells.SelectMany(OutputComplaints.Of)];
    }

    private static IEnumerable<string> OfFile(byte[] file)
    {
        if (file.Length > LargestFile) yield return FormattableString.Invariant($"the file has {file.Length / 1e6:0.0} MB; keep it under 1 MB, since every clone carries it.");
    }

    private static IEnumerable<string> Ids(JsonNode root)
    {
        if (root["nbformat_minor"]?.ToString() is not "5") yield return "it is not nbformat 4.5; run it with --in-place, which writes that.";
        var ids = root["cells"]!.AsArray().Select(cell => cell!["id"]?.ToString()).ToList();
        if (ids.Any(id => id is null || !Id().IsMatch(id))) yield return "a cell has no valid id; run it with --in-place, which gives ids.";
        foreach (var twice in ids.OfType<string>().GroupBy(id => id, StringComparer.Ordinal).Where(same => same.Count() > 1))
            yield return $"two cells have the id '{twice.Key}'; give one of them another.";
    }

    private static IEnumerable<string> Metadata(Notebook notebook)
    {
        var (kernel, language) = (notebook.Metadata["kernelspec"].At("name")?.ToString(), notebook.Metadata["language_info"].At("name")?.ToString());
        if (kernel != NotebookMetadata.KernelName) yield return $"its kernelspec is '{kernel}' and should be '{NotebookMetadata.KernelName}'.";
        if (language != NotebookMetadata.Language) yield return $"its language is '{language}' and should be '{NotebookMetadata.Language}'.";
        if (notebook.Metadata["polyglot_notebook"] is null) yield return "it lacks the 'polyglot_notebook' metadata; run it with --in-place, which adds them.";
    }

    private static IEnumerable<string> Counts(Notebook notebook)
    {
        var number = 0;
        foreach (var cell in notebook.CodeCells)
            if (cell.ExecutionCount != ++number)
                yield return FormattableString.Invariant($"cell '{cell.Id}' is numbered {cell.ExecutionCount?.ToString(CultureInfo.InvariantCulture) ?? "not at all"} and is the {number}. to run; run the whole notebook from the top.");
    }

    private static IEnumerable<string> Tolerances(Notebook notebook) =>
        from cell in notebook.Cells
        from tag in cell.Tags.Where(TranscriptBlock.IsTolerance)
        where TranscriptBlock.ToleranceOf(tag) is null || cell.Tags.Count(TranscriptBlock.IsTolerance) > 1
        select TranscriptBlock.ToleranceOf(tag) is not null ? $"cell '{cell.Id}' has the tag '{tag}' and another of its kind; leave one." : $"the tag '{tag}' of cell '{cell.Id}' gives no tolerance; write a number from 0, such as {TranscriptBlock.ToleranceTag}1e-2.";

    [GeneratedRegex("^[a-zA-Z0-9_-]{1,64}$", RegexOptions.None, 60_000)]
    private static partial Regex Id();
}

/// <summary>What a committed output must not hold, and what it must.</summary>
internal static class OutputComplaints
{
    private const string Figure = "application/vnd.plotly.v1+json";

    // Names that are words as well, or that containers give to everybody.
    private static readonly string[] Nobody = ["root", "user", "runner", "vscode", "localhost"];

    public static IEnumerable<string> Of(Cell cell) => cell.Outputs.OfType<JsonObject>().SelectMany(output => Of(cell, output));

    private static IEnumerable<string> Of(Cell cell, JsonObject output)
    {
        if (output["output_type"]?.ToString() is "error" && !cell.Has(NotebookRunner.MayFail))
            yield return $"cell '{cell.Id}' shows an error ({output["ename"]}); mend it, or tag it '{NotebookRunner.MayFail}' if it is meant.";
        if (output["data"] is JsonObject data && data.ContainsKey(Figure))
            foreach (var form in new[] { "image/png", "text/plain" }.Where(form => !data.ContainsKey(form)))
                yield return $"the figure of cell '{cell.Id}' has no {form}, so some readers see nothing of it.";
        var text = TextOf(output);
        if (MachinePath.Find(text) is { } path) yield return $"the output of cell '{cell.Id}' holds a path of somebody's machine, '{path}'; print less, or a relative path.";
        foreach (var name in new[] { Environment.MachineName, Environment.UserName }.Where(name => IsNamed(text, name)))
            yield return $"the output of cell '{cell.Id}' holds '{name}', a name of this machine or its user; print less.";
    }

    private static string TextOf(JsonObject output)
    {
        var forms = (output["data"] as JsonObject ?? []).Where(form => !form.Key.StartsWith("image/", StringComparison.Ordinal)).Select(form => form.Value);
        return string.Join('\n', forms.Append(output["text"]).Append(output["evalue"]).Append(output["traceback"]).SelectMany(Words));
    }

    // The words themselves and not as JSON writes them: there a line break is a backslash and a letter, as in a path.
    private static IEnumerable<string> Words(JsonNode? node) => node switch
    {
        JsonObject map => map.Select(pair => pair.Key).Concat(map.SelectMany(pair => Words(pair.Value))),
        JsonArray list when list.Any(item => item is not JsonValue) => list.SelectMany(Words),
        _ => [Lines.Join(node)],
    };

    public static bool IsNamed(string text, string name) =>
        name.Length > 2 && !Nobody.Contains(name) && Regex.IsMatch(text, $@"(?<!\w){Regex.Escape(name)}(?!\w)", RegexOptions.None, TimeSpan.FromMinutes(1));
}
