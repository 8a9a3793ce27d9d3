using System.Text.Json.Nodes;
using FaLW.Tests.Cli;
using FaLW.Tests.Experiments;
using FaLW.Tests.House;

namespace FaLW.Tests.Notebooks;

/// <summary>The solutions folded away under the exercises: pasted below their notebook they run, at smoke scale.</summary>
public sealed class Solutions : IDisposable
{
    private static readonly string Folder = Path.Combine(Repository.Root, "notebooks");
    private readonly TemporaryFolder home = new();

    public static TheoryData<string> Names => [.. Directory.EnumerateFiles(Folder, "*.ipynb").Select(path => Path.GetFileName(path)).Order(StringComparer.Ordinal)];

    public void Dispose() => home.Dispose();

    [Theory]
    [MemberData(nameof(Names))]
    public void Every_exercise_has_one_that_runs(string name)
    {
        var notebook = JsonNode.Parse(File.ReadAllText(Path.Combine(Folder, name)))!;
        var cells = notebook["cells"]!.AsArray();
        var solutions = Of(Source(cells[^1]!));
        Assert.Equal(3, solutions.Count);
        foreach (var cell in cells) cell!["source"] = Source(cell).Replace("\"../.build", $"\"{Path.Combine(Repository.Root, ".build")}", StringComparison.Ordinal);
        foreach (var (code, place) in solutions.Select((code, place) => (code, place)))
        {
            cells.Add(JsonNode.Parse("""{ "cell_type": "code", "metadata": {}, "outputs": [], "execution_count": null }"""));
            (cells[^1]!["id"], cells[^1]!["source"]) = ($"solution-{place + 1}", code);
        }

        File.WriteAllText(home[name], notebook.ToJsonString());
        Runs(home[name], cells.Any(cell => Source(cell!).Contains("var scale = ", StringComparison.Ordinal)));
    }

    private void Runs(string path, bool hasScale)
    {
        string[] arguments = ["notebook", "run", path, "--steady", "--timeout", "180", .. hasScale ? new[] { "--set", "scale=Scale.Smoke" } : []];
        using var falw = Falw.Start(home, arguments);
        var (exitCode, output) = falw.End();
        Assert.True(exitCode == 0, string.Join('\n', falw.Lines.Append(output)));
    }

    private static List<string> Of(string prose) =>
        [.. prose[prose.IndexOf("<details>", StringComparison.Ordinal)..].Split("```csharp\n").Skip(1).Select(part => part[..part.IndexOf("\n```", StringComparison.Ordinal)])];

    private static string Source(JsonNode cell) => cell["source"] is JsonArray lines ? string.Concat(lines.Select(line => line!.ToString())) : cell["source"]!.ToString();
}
