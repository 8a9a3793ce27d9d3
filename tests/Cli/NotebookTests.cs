using FaLW.Kernel.Notebooks;
using Cell = FaLW.Kernel.Notebooks.Cell;

namespace FaLW.Tests.Cli;

/// <summary>A notebook that uses the kit, through the command: run, accepted, verified, and told when it no longer holds.</summary>
[Collection(nameof(UncutRun))]
public sealed class NotebookTests(UncutRun uncut) : InFolder
{
    private string File => home["n.ipynb"];

    [Fact]
    public void It_is_run_accepted_and_verified_from_nothing()
    {
        Write();
        Assert.Equal(0, Call("run", home.Path, "--in-place", "--steady").Code);
        Assert.Contains("FT of 1", System.IO.File.ReadAllText(File), StringComparison.Ordinal);
        Assert.Equal(0, Call("verify", File, "--accept", "--set", "methods=2").Code);
        Assert.StartsWith("# methods=2\n", System.IO.File.ReadAllText(home["n.verified.txt"]), StringComparison.Ordinal);

        // A kept stage must not answer: the cache that a verified run sees is its own.
        Directory.Delete(home["cache"], recursive: true);
        Assert.Equal((0, ""), Call("verify", home.Path));
        Assert.False(Directory.Exists(home["cache"]));
    }

    [Fact]
    public void Its_outputs_come_from_records_and_a_number_that_differs_is_told()
    {
        Write();
        Assert.Equal(0, Call("run", File, "--in-place", "--steady").Code);
        var first = ResultJson.FromJson<RunResult>(System.IO.File.ReadAllText(Directory.GetFiles(uncut.Home["state/falw/main-smoke/runs"], "001-*").Single()));
        RecordShelf.Of(home["records"]).Keep(first with { Unlearned = first.Retrain with { ForgetAccuracy = first.Retrain.ForgetAccuracy + 48 } });
        var (code, said) = Call("verify", File, "--outputs-only");
        Assert.Equal(1, code);
        Assert.Contains("cell 'c3', line 2 of its outputs:", said, StringComparison.Ordinal);
        Assert.Contains("received  FT of 1: gap 12.00", said, StringComparison.Ordinal);
    }

    [Fact]
    public void A_broken_notebook_fails_in_both_commands_and_names_the_cell()
    {
        Write("throw new Exception(\"broken on purpose\");");
        var (code, said) = Call("run", File);
        Assert.Equal(1, code);
        Assert.Contains("cell 3 'c3'", said, StringComparison.Ordinal);
        Assert.Contains("broken on purpose", said, StringComparison.Ordinal);
        Assert.Equal(1, Call("verify", File).Code);
    }

    [Fact]
    public void A_folder_without_notebooks_and_a_word_that_is_no_option_are_sentences()
    {
        Directory.CreateDirectory(home["empty"]);
        var (code, said) = Call("verify", home["empty"]);
        Assert.Equal(1, code);
        Assert.Contains("There is no notebook in the folder", said, StringComparison.Ordinal);
        Assert.Equal(2, Call("verify", home["empty"], "--all").Code);
    }

    [Fact]
    public void The_kernel_is_installed_under_a_prefix_and_the_doctor_finds_it()
    {
        var program = Directory.CreateDirectory(home["published"]).FullName;
        System.IO.File.Copy(typeof(Notebook).Assembly.Location, Path.Combine(program, "FaLW.Kernel.dll"));
        var (code, output, said) = Falw.Run(home, [], "kernel", "install", "--prefix", home["prefix"], "--program", program);
        Assert.True(code == 0, string.Join('\n', said));
        var spec = home["prefix/share/jupyter/kernels/.net-csharp"];
        Assert.Contains(spec, output, StringComparison.Ordinal);
        var words = JsonNode.Parse(System.IO.File.ReadAllText(Path.Combine(spec, "kernel.json")))!["argv"]!.AsArray().Select(word => word!.ToString()).ToList();
        Assert.True(System.IO.File.Exists(words[1].Replace("{resource_dir}", spec, StringComparison.Ordinal)));

        Assert.Contains(Path.Combine(spec, "kernel.json"), Falw.Run(home, ["env", $"JUPYTER_PATH={home["prefix/share/jupyter"]}"], "doctor").Output, StringComparison.Ordinal);
    }

    private void Write(string last = "foreach (var r in results) Console.WriteLine(FormattableString.Invariant($\"{r.Title} of {results.Count}: gap {r.AverageGap:0.00}\"));")
    {
        var library = Path.Combine(AppContext.BaseDirectory, "FaLW.dll");
        string[] cells =
        [
            $"#r \"{library}\"\nusing FaLW.Experiments;\nusing FaLW.Studies;\nvar methods = 1;",
            "var lab = Lab.Open(Scale.Smoke, new LabSettings { Device = \"cpu\" });\nvar results = lab.Run(Study.Main.Specs(lab.Scale, 1).Take(methods).ToArray());",
            last,
        ];
        var notebook = new Notebook(cells.Select((source, i) => new Cell(CellKind.Code, $"c{i + 1}", source)));
        notebook.Cells[0].Metadata["tags"] = new JsonArray("parameters");
        for (var i = 0; i < cells.Length; i++) notebook.Cells[i].ExecutionCount = i + 1;
        notebook.Save(File);
    }

    private (int Code, string Said) Call(params string[] arguments)
    {
        var (code, _, lines) = Falw.Run(home, [], ["notebook", .. arguments]);
        return (code, string.Join('\n', lines));
    }
}
