namespace FaLW.Tests.Notebooks;

/// <summary>Many cells and, every tenth, an experiment computed anew, in one session. What it holds at the end is what it held after a third, and the cells themselves.</summary>
public sealed class SoakCampaign : InFolder
{
    private const string Measure = "GC.Collect(); GC.WaitForPendingFinalizers(); GC.Collect(GC.MaxGeneration, GCCollectionMode.Aggressive); Console.WriteLine(FormattableString.Invariant($\"{GC.GetTotalMemory(false) / 1e6} {Environment.WorkingSet / 1e6}\"));";

    [Fact]
    public void A_session_of_many_cells_and_experiments_grows_by_its_cells_alone()
    {
        var count = Math.Max(Campaign.Count(30), 30);
        var (code, _, said) = Falw.Run(home, [], "notebook", "run", Written(count), "--out", home["out"]);
        Assert.True(code == 0, string.Join('\n', said));
        var seen = Measured();
        var (early, last) = (seen[0], seen[^1]);
        Campaign.Say($"{count} cells and {count / 10} experiments in one session; from a third of them to the end heap {early.Heap:0} to {last.Heap:0} MB, resident {early.Resident:0} to {last.Resident:0} MB, {100 * ((last.Resident / early.Resident) - 1):+0.0;-0.0} %");
        // A cell stays compiled, for later ones to see: less than 100 kB of each. Once in a session the heap grows by 2.6 MB at a stroke, sooner or later or after its end; what leaks grows in both stretches.
        var cells = 0.1 * (count - (count / 30 * 10));
        Assert.InRange(2 * seen.Zip(seen.Skip(1), (before, after) => after.Heap - before.Heap).Min(), double.MinValue, cells + 2);
        Assert.InRange(last.Heap - early.Heap, double.MinValue, cells + 5);
        Assert.InRange(last.Resident, 0, (1.15 * early.Resident) + cells);
    }

    private string Written(int count)
    {
        List<string> cells =
        [
            $"#r \"{Path.Combine(AppContext.BaseDirectory, "FaLW.dll")}\"\n#r \"{Path.Combine(AppContext.BaseDirectory, "TorchSharp.dll")}\"\nusing FaLW.Data;\nusing FaLW.Experiments;\nusing FaLW.Figures;\nusing FaLW.Plots;\nusing FaLW.Studies;",
            "var lab = Lab.Open(Scale.Smoke);\nvar specs = Study.Main.Specs(lab.Scale, 1);\nIReadOnlyList<RunResult> runs = [];\nvar sum = 0.0;",
        ];
        for (var i = 1; i <= count; i++)
        {
            cells.Add(i % 10 == 0
                ? $"runs = lab.Run(specs[{i / 10} % specs.Count] with {{ Seeds = new Seeds({i}, {i}) }});\nResultsTable.Of(runs).Show();"
                : $"sum += Enumerable.Range(0, 10_000).Select(x => Math.Sqrt(x + {i})).ToArray().Sum();\nsum");
            if (i == count / 30 * 10 || i == count / 30 * 20 || i == count) cells.Add(Measure);
        }

        var notebook = new JsonObject
        {
            ["cells"] = new JsonArray([.. cells.Select((code, i) => new JsonObject { ["cell_type"] = "code", ["id"] = $"c{i}", ["metadata"] = new JsonObject(), ["outputs"] = new JsonArray(), ["execution_count"] = null, ["source"] = code })]),
            ["metadata"] = new JsonObject { ["kernelspec"] = new JsonObject { ["name"] = ".net-csharp", ["display_name"] = ".NET (C#)", ["language"] = "C#" }, ["language_info"] = new JsonObject { ["name"] = "C#" } },
            ["nbformat"] = 4,
            ["nbformat_minor"] = 5,
        };
        File.WriteAllText(home["soak.ipynb"], notebook.ToJsonString());
        return home["soak.ipynb"];
    }

    private List<(double Heap, double Resident)> Measured() =>
    [
        .. from cell in JsonNode.Parse(File.ReadAllText(Path.Combine(home["out"], "soak.ipynb")))!["cells"]!.AsArray()
           where string.Concat(cell!["source"]!.AsArray().Select(line => line!.ToString())) == Measure
           let numbers = string.Concat(cell["outputs"]![0]!["text"]!.AsArray().Select(line => line!.ToString())).Split(' ')
           select (double.Parse(numbers[0], CultureInfo.InvariantCulture), double.Parse(numbers[1], CultureInfo.InvariantCulture)),
    ];
}
