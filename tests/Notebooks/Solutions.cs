using FaLW.Kernel.Notebooks;

namespace FaLW.Tests.Notebooks;

/// <summary>The solutions folded away under the exercises of a notebook.</summary>
internal static class Solutions
{
    private const string Prefix = "solution-";

    /// <summary>The notebook with its solutions as cells below it, in a folder of its own.</summary>
    /// <returns>The path, and whether a scale is to be set.</returns>
    public static (string Path, bool HasScale) Pasted(string notebook, TemporaryFolder home)
    {
        var root = JsonNode.Parse(File.ReadAllText(notebook))!;
        var cells = root["cells"]!.AsArray();
        var solutions = Of(Source(cells[^1]!));
        Assert.InRange(solutions.Count, 3, 4);
        foreach (var cell in cells) cell!["source"] = Source(cell).Replace("\"../.build", $"\"{Path.Combine(Repository.Root, ".build")}", StringComparison.Ordinal);
        foreach (var (code, place) in solutions.Select((code, place) => (code, place)))
        {
            cells.Add(JsonNode.Parse("""{ "cell_type": "code", "metadata": {}, "outputs": [], "execution_count": null }"""));
            (cells[^1]!["id"], cells[^1]!["source"]) = ($"{Prefix}{place + 1}", code);
        }

        var path = home[Path.GetFileName(notebook)];
        File.WriteAllText(path, root.ToJsonString());
        return (path, cells.Any(cell => Source(cell!).Contains("var scale = ", StringComparison.Ordinal)));
    }

    /// <summary>The notebook as it was before its solutions were pasted.</summary>
    public static Notebook Without(Notebook pasted) => new(pasted.Cells.Where(cell => !cell.Id.StartsWith(Prefix, StringComparison.Ordinal)), pasted.Metadata);

    private static List<string> Of(string prose) =>
        [.. prose[prose.IndexOf("<details>", StringComparison.Ordinal)..].Split("```csharp\n").Skip(1).Select(part => part[..part.IndexOf("\n```", StringComparison.Ordinal)])];

    private static string Source(JsonNode cell) => cell["source"] is JsonArray lines ? string.Concat(lines.Select(line => line!.ToString())) : cell["source"]!.ToString();
}
