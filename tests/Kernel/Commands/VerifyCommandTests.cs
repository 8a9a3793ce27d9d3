namespace FaLW.Kernel.Tests.Commands;

/// <summary>One notebook that is right, and every way in which it can stop being so.</summary>
public sealed class VerifyCommandTests : InFolder
{
    private string Path => System.IO.Path.Combine(Folder.Path, "n.ipynb");

    private string Verified => System.IO.Path.Combine(Folder.Path, "n.verified.txt");

    private string Received => System.IO.Path.Combine(Folder.Path, "n.received.txt");

    [Fact]
    public async Task A_notebook_is_verified_as_it_was_accepted_and_every_change_is_told()
    {
        await Prepare();
        Assert.Equal((1, true), Verify("there is no n.verified.txt yet"));
        Assert.Equal(0, KernelProcess.Run(Folder.Path, "notebook", "verify", "n.ipynb", "--accept", "--set", "n=7").Code);
        Assert.False(File.Exists(Received));
        Assert.StartsWith("# n=7\n== c1\n== c2\n-- stdout\n  n is 7", File.ReadAllText(Verified), StringComparison.Ordinal);
        Assert.Equal((0, true), Verify(""));

        Edit(cells => cells[1]!["outputs"]![0]!["text"] = "n is 4\n");
        Assert.Equal((1, true), Verify("stale: cell 'c2', line 2 of its outputs:\n    expected  n is 4\n    received  n is 3"));
        Edit(cells => cells[1]!["execution_count"] = 9);
        Assert.Equal((1, true), Verify("cell 'c2' is numbered 9"));
    }

    [Fact]
    public async Task A_missing_cell_and_a_changed_result_are_told_by_the_snapshot()
    {
        await Prepare();
        KernelProcess.Run(Folder.Path, "notebook", "verify", "n.ipynb", "--accept");
        Edit(cells => cells.RemoveAt(2));
        Assert.Equal((1, true), Verify("cell 'c3' is missing."));
        Assert.True(File.Exists(Received));
        await Prepare("Console.WriteLine($\"n was {n}\");");
        Assert.Equal((1, true), Verify("    expected  n is 3\n    received  n was 3"));
    }

    [Fact]
    public async Task What_is_verified_is_said_line_by_line_and_counted()
    {
        await Prepare();
        var (code, output, error) = KernelProcess.Run(Folder.Path, "notebook", "verify", "n.ipynb", "--accept");
        Assert.Equal((0, ""), (code, error));
        Assert.Matches(@"^n\.ipynb: 3 code cells accepted, \d+\.\d s\n1 of 1 notebooks accepted\.\n$", output);
        (code, output, error) = KernelProcess.Run(Folder.Path, "notebook", "verify", "n.ipynb");
        Assert.Equal((0, ""), (code, error));
        Assert.Matches(@"^n\.ipynb: fresh, 3 code cells verified, \d+\.\d s\n1 of 1 notebooks verified\.\n$", output);
    }

    [Fact]
    public async Task A_broken_notebook_is_told()
    {
        await Prepare();
        Edit(cells => cells[1]!["source"] = "throw new Exception(\"broken\");");
        Assert.Equal((1, true), Verify("n.ipynb: it did not run to its end"));
    }

    [Fact]
    public async Task The_process_of_a_verified_run_is_steady()
    {
        await Prepare("Console.WriteLine(Environment.GetEnvironmentVariable(\"MKL_CBWR\"));", expect: "COMPATIBLE");
        Assert.Equal(0, KernelProcess.Run(Folder.Path, "notebook", "verify", "n.ipynb", "--outputs-only").Code);
    }

    [Fact]
    public async Task A_stamp_says_what_made_the_outputs_and_stays_until_they_change()
    {
        await Prepare();
        Assert.Contains("n.ipynb: stale: its outputs carry no stamp", Stamp().Error, StringComparison.Ordinal);
        var first = Renewed();
        var stamp = Notebook.Parse(first).Metadata["outputs_made"]!.AsObject();
        Assert.Equal(["code", "commit", "date", "engine", "machine"], stamp.Select(part => part.Key));
        Assert.Matches(@"^\d{4}-\d\d-\d\d$", stamp["date"]!.ToString());
        Assert.DoesNotContain(Environment.MachineName, stamp.ToJsonString(), StringComparison.Ordinal);
        var (code, output, _) = Stamp();
        Assert.Equal(0, code);
        Assert.StartsWith("n.ipynb: fresh (", output, StringComparison.Ordinal);

        // Of another day, as it would be after a night: the same outputs keep it, others do not.
        Restamp("date", "2001-02-03");
        Assert.Equal("2001-02-03", Notebook.Parse(Renewed()).Metadata["outputs_made"]!["date"]!.ToString());
        Edit(cells => cells[1]!["source"] = "Console.WriteLine(\"other\");");
        (code, _, var error) = Stamp();
        Assert.Equal(1, code);
        Assert.Contains("n.ipynb: stale: its code was changed after its outputs were made (2001-02-03)", error, StringComparison.Ordinal);
        Assert.Equal((1, true), Verify("stale: its code was changed"));
        Assert.NotEqual("2001-02-03", Notebook.Parse(Renewed()).Metadata["outputs_made"]!["date"]!.ToString());
        Assert.Equal(0, Stamp().Code);
    }

    private (int Code, string Output, string Error) Stamp() => KernelProcess.Run(Folder.Path, "notebook", "verify", "n.ipynb", "--stamp-only");

    private string Renewed()
    {
        Assert.Equal(0, KernelProcess.Run(Folder.Path, "notebook", "run", "n.ipynb", "--in-place").Code);
        return File.ReadAllText(Path);
    }

    private void Restamp(string part, string value)
    {
        var notebook = Notebook.Load(Path);
        notebook.Metadata["outputs_made"]![part] = value;
        notebook.Save(Path);
    }

    private (int Code, bool Said) Verify(string sentence)
    {
        var (code, _, error) = KernelProcess.Run(Folder.Path, "notebook", "verify", "n.ipynb");
        return (code, sentence.Length == 0 ? error.Length == 0 : error.Contains(sentence, StringComparison.Ordinal));
    }

    private async Task Prepare(string second = "Console.WriteLine($\"n is {n}\");", string? expect = null)
    {
        var notebook = RunnerTests.Make("var n = 3;", second, "display(0.5 + n);");
        notebook.Tag(0, "parameters");
        await RunnerTests.Run(notebook);
        if (expect is not null) notebook.Cells[1].Outputs[0]!["text"] = expect + "\n";
        notebook.Save(Path);
    }

    private void Edit(Action<JsonArray> change)
    {
        var json = JsonNode.Parse(File.ReadAllText(Path))!;
        change(json["cells"]!.AsArray());
        Notebook.Parse(json.ToJsonString()).Save(Path);
    }
}
