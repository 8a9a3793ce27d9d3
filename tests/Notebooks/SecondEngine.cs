using FaLW.Kernel.Notebooks;
using FaLW.Kernel.Running;
using FaLW.Kernel.Snapshots;

namespace FaLW.Tests.Notebooks;

/// <summary>
/// Every notebook on .NET Interactive itself, through Jupyter's protocol, at smoke scale: every cell runs, and the transcript reads as the kit's
/// own engine wrote it. What differs by nature is taken out in one place, <see cref="ByNature"/>.
/// </summary>
[Collection<NotebookHome>]
public sealed class SecondEngine(SecondEngine.Process shared) : IClassFixture<SecondEngine.Process>
{
    // One notebook is computed there, too, and not only shown.
    private const string Computed = "13-playground";

    private static readonly string Folder = Path.Combine(Repository.Root, "notebooks");

    /// <summary>One process for questions that want none of their own.</summary>
    public sealed class Process(NotebookHome home) : IDisposable
    {
        private readonly Lazy<InteractiveKernel> kernel = new(() => new InteractiveKernel(home.Place));

        internal NotebookHome Home => home;

        internal InteractiveKernel Kernel => kernel.Value;

        public void Dispose()
        {
            if (kernel.IsValueCreated) Kernel.Dispose();
        }
    }

    public static TheoryData<string> Names => [.. Directory.EnumerateFiles(Folder, "*.ipynb").Select(file => Path.GetFileNameWithoutExtension(file)).Order(StringComparer.Ordinal)];

    [Theory]
    [MemberData(nameof(Names))]
    public void A_notebook_reads_there_as_it_does_here(string name)
    {
        var notebook = Notebook.Load(Path.Combine(Folder, $"{name}.ipynb"));
        var expected = Transcript.Parse(File.ReadAllText(Path.Combine(Folder, $"{name}.verified.txt")));
        ParameterCell.Set(notebook, [.. expected.Settings.Split(';', StringSplitOptions.RemoveEmptyEntries).Select(set => set.Split('=')).Select(set => KeyValuePair.Create(set[0].Trim(), set[1].Trim()))]);
        using var own = new TemporaryFolder();
        using var kernel = new InteractiveKernel(name == Computed ? own : shared.Home.Place);
        foreach (var cell in notebook.CodeCells)
        {
            var outputs = kernel.Run(cell.Source);
            cell.Outputs.Clear();
            foreach (var output in outputs.OfType<JsonObject>().Where(output => ByNature.IsOfBoth(output))) cell.Outputs.Add(ByNature.Alike(output));
        }

        var differences = TranscriptComparison.Differences(expected, Transcript.Of(notebook, expected.Settings));
        Assert.True(differences.Count == 0, $"{name}: {string.Join('\n', differences)}");
    }

    [Fact]
    public void Figures_tables_and_sheets_come_in_all_their_forms_at_once_shown_or_left_at_the_end_of_a_cell()
    {
        var kernel = shared.Kernel;
        kernel.Run("""
            #r "../.build/bin/FaLW.Cli/release/FaLW.dll"
            #r "../.build/bin/FaLW.Cli/release/Microsoft.Data.Analysis.dll"
            using FaLW.Figures;
            using FaLW.Plots;
            using Microsoft.Data.Analysis;
            var frame = new DataFrame(new DoubleDataFrameColumn("a", [0.5]));
            var figure = Figure.Of("A title", new Axis("x"), new Axis("y"), new Line("a", [0, 1], [1, 2]));
            var table = new Table("A table", [new Column("a")], [new Row([Cell.Of(1)])]);
            var sheet = new ImageSheet("Not here", null, []);
            """);
        string[] ofFigure = ["application/vnd.plotly.v1+json", "image/png", "text/html", "text/plain"], ofTable = ["text/html", "text/markdown", "text/plain"];
        foreach (var (name, shown, left) in new[] { ("figure", ofFigure, ofFigure), ("table", ofTable, ofTable), ("frame", ofTable, ofTable), ("sheet", ["text/plain"], ["text/html", "text/plain"]) })
        {
            Assert.Equal(shown, FormsOf(kernel.Run($"{name}.Show();")));
            Assert.Equal(left, FormsOf(kernel.Run(name)));
        }

        Assert.Contains("1 rows × 1 columns", kernel.Run("frame")[0]!["data"]!["text/plain"]!.ToString(), StringComparison.Ordinal);
        var html = kernel.Run("figure")[0]!["data"]!["text/html"]!.ToString();
        Assert.StartsWith("<img width=\"960\" height=\"600\" alt=\"A title", html, StringComparison.Ordinal);
    }

    [Fact]
    public void The_library_finds_the_stop_button_and_a_line_that_can_change()
    {
        var kernel = shared.Kernel;
        kernel.Run("""
            #r "../.build/bin/FaLW.Cli/release/FaLW.dll"
            using Bundle = System.Collections.Generic.IReadOnlyDictionary<string, object>;
            var scale = FaLW.Experiments.Scale.Smoke;
            Bundle Words(string text) => new Dictionary<string, object> { ["text/plain"] = text };
            """);
        var stop = kernel.Run("""Console.Write(AppContext.GetData("notebook.cancellation") is System.Threading.CancellationToken { CanBeCanceled: true });""");
        Assert.Equal("True", stop[0]!["text"]!.ToString());
        var line = kernel.Run("""((Func<Bundle, Action<Bundle>>)AppContext.GetData("notebook.live"))(Words("half"))(Words("whole"));""");
        Assert.Equal(["display_data half", "update_display_data whole"], line.Select(output => $"{output!["output_type"]} {output["data"]!["text/plain"]}"));
        Assert.Single(line.Select(output => output!["transient"]!["display_id"]!.ToString()).Distinct(StringComparer.Ordinal));
    }

    private static IEnumerable<string> FormsOf(JsonArray outputs) => Assert.Single(outputs)!["data"]!.AsObject().Select(form => form.Key).Order(StringComparer.Ordinal);
}

/// <summary>What differs between the engines by nature; everything else must be alike.</summary>
internal static class ByNature
{
    /// <summary>Whether the other engine shows this too.</summary>
    public static bool IsOfBoth(JsonObject output) => !IsProgress(output) && !IsBootstrap(output) && !IsWarning(output);

    /// <summary>The output in the forms that the other engine gives.</summary>
    public static JsonObject Alike(JsonObject output)
    {
        if (output["data"] is not JsonObject data) return (JsonObject)output.DeepClone();
        var alike = (JsonObject)data.DeepClone();
        foreach (var (form, content) in data)
        {
            // JSON stays JSON there for one MIME type only, and is text for every other.
            if (form.EndsWith("+json", StringComparison.Ordinal) && content is JsonValue) alike[form] = JsonNode.Parse(content.ToString());
            // A picture is HTML there too.
            if (form == "text/html" && data.ContainsKey("image/png")) alike.Remove(form);
        }

        return new JsonObject { ["output_type"] = output["output_type"]!.DeepClone(), ["data"] = alike };
    }

    // Shown where a person watches, and there is always one there; a run of our own engine without a front end has none.
    private static bool IsProgress(JsonObject output) => output["transient"]?["display_id"]?.ToString().StartsWith("live-", StringComparison.Ordinal) is true;

    // A script by which its first cell connects the page with its server.
    private static bool IsBootstrap(JsonObject output) => output["data"]?["text/html"]?.ToString().Contains("dotnet-interactive-this-cell", StringComparison.Ordinal) is true;

    // It repeats what the compiler warns of; ours tells errors only.
    private static bool IsWarning(JsonObject output) => output["name"]?.ToString() == "stderr" && output["text"]!.ToString().TrimStart().StartsWith("warning CS", StringComparison.Ordinal);
}
