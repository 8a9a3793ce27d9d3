using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using FaLW.Kernel.Notebooks;
using FaLW.Kernel.Running;

namespace FaLW.Kernel.Snapshots;

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

    /// <summary>Whether a text holds a name that tells where it came from.</summary>
    public static bool IsNamed(string text, string name) =>
        name.Length > 2 && !Nobody.Contains(name) && Regex.IsMatch(text, $@"(?<!\w){Regex.Escape(name)}(?!\w)", RegexOptions.None, TimeSpan.FromSeconds(1));
}
