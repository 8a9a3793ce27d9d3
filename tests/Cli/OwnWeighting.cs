using FaLW.Kernel.Notebooks;
using Cell = FaLW.Kernel.Notebooks.Cell;

namespace FaLW.Tests.Cli;

/// <summary>A weighting written in a notebook cell, through the kernel and the lab: run, changed by one line and run again, put back, and run by another process.</summary>
public sealed partial class OwnWeighting : InFolder
{
    private const string Mine = "record Mine(double Beta = 1) : LossWeighting { public override Tensor Weights(ForgetState s) => s.Loss.pow(Beta); }";

    private const string Shown = "var result = lab.Run(plain with { Weighting = new Mine(0.5) })[0];\nConsole.WriteLine($\"{result.Label}: {result.Key[..12]} {result.Samples.Average(s => s.Unlearned):R} made {counted.Made}\"); counted.Made = 0;";

    [Fact]
    public void A_changed_line_is_computed_and_an_unchanged_cell_comes_from_the_cache_in_another_process_too()
    {
        var first = Run();
        Assert.Equal(["8", "2", "0"], first.Select(row => row.Made));
        Assert.All(first, row => Assert.Equal("RL + Mine, β 0.5", row.Label));
        Assert.Equal(first[0].Key, first[2].Key);
        Assert.Equal(first[0].Mean, first[2].Mean);
        Assert.NotEqual(first[0].Key, first[1].Key);
        Assert.NotEqual(first[0].Mean, first[1].Mean);
        Assert.Equal(first.Select(row => row with { Made = "0" }), Run());
    }

    private List<Row> Run()
    {
        string[] cells =
        [
            $"#r \"{Path.Combine(AppContext.BaseDirectory, "FaLW.dll")}\"\n#r \"{Path.Combine(AppContext.BaseDirectory, "TorchSharp.dll")}\"\nusing FaLW.Data; using FaLW.Experiments; using FaLW.Studies; using FaLW.Unlearning; using FaLW.Weighting; using static TorchSharp.torch;",
            "class Counted : IProgress<LabProgress> { public int Made; public void Report(LabProgress news) { if (news.Event == LabEvent.Finished) Made++; } }",
            "var counted = new Counted();\nvar lab = Lab.Open(Scale.Smoke, new LabSettings { Device = \"cpu\", Records = null, Progress = counted });\nvar plain = Protocol.Cifar100 with { Unlearner = new RandomLabel(1, 0.02) { Augmentation = Augmentation.None } };",
            Mine, Shown, Mine.Replace("s.Loss", "s.Probability", StringComparison.Ordinal), Shown, Mine, Shown,
        ];
        var file = home["own.ipynb"];
        new Notebook(cells.Select((source, i) => new Cell(CellKind.Code, FormattableString.Invariant($"c{i + 1}"), source))).Save(file);
        var (code, _, said) = Falw.Run(home, [], "notebook", "run", file, "--in-place");
        Assert.True(code == 0, string.Join('\n', said));
        return [.. Printed().Matches(File.ReadAllText(file)).Select(match => new Row(match.Groups["label"].Value, match.Groups["key"].Value, match.Groups["mean"].Value, match.Groups["made"].Value))];
    }

    [GeneratedRegex(@"""(?<label>RL[^:""]*): (?<key>[0-9a-f]{12}) (?<mean>[0-9.]+) made (?<made>\d+)", RegexOptions.ExplicitCapture, 60_000)]
    private static partial Regex Printed();

    private sealed record Row(string Label, string Key, string Mean, string Made);
}
