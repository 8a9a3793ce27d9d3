namespace FaLW.Kernel.Tests.Commands;

/// <summary>Cells that take the process down: a failure with the cell's name, and nothing computed before is lost.</summary>
public sealed class LastWordsTests : InFolder
{
    [Theory]
    [InlineData("Console.Write(\"said\"); Environment.Exit(0);", 0)]
    [InlineData("Console.Write(\"said\"); Environment.Exit(7);", 7)]
    [InlineData("Console.Write(\"said\"); await Task.Run(() => Environment.Exit(0));", 0)]
    public void A_cell_that_ends_the_process_has_failed(string cell, int exit)
    {
        var (error, cells) = Run(cell);
        Assert.StartsWith($"n.ipynb: cell 2 'c2': ProcessEnded: the cell ended the process (exit code {exit}), so nothing after it ran.", error, StringComparison.Ordinal);
        Assert.Equal("first\n", cells[0].Outputs[0]!["text"]!.ToString());
        Assert.Equal("said", cells[1].Outputs[0]!["text"]!.ToString());
        Assert.Equal("ProcessEnded", cells[1].Outputs[1]!["ename"]!.ToString());
        Assert.Empty(cells[2].Outputs);
    }

    [Fact]
    public void A_tag_does_not_excuse_the_end_of_the_process_and_the_notebook_in_place_is_left_alone()
    {
        var notebook = RunnerTests.Make("Environment.Exit(0);");
        notebook.Tag(0, "raises-exception");
        var path = Folder.Write("n.ipynb", notebook.ToJson());
        Assert.Equal(1, KernelProcess.Run(Folder.Path, "notebook", "run", "n.ipynb", "--in-place").Code);
        Assert.Equal(notebook.ToJson(), File.ReadAllText(path));
    }

    [Fact]
    public void A_thread_that_throws_is_told_with_the_cell_that_ran_and_the_line_that_threw()
    {
        var (error, cells) = Run("new Thread(() =>\n    throw new InvalidOperationException(\"planned\")).Start(); await Task.Delay(60_000);");
        Assert.StartsWith("n.ipynb: cell 2 'c2' (In [2]:line 2): InvalidOperationException: planned\n", error, StringComparison.Ordinal);
        Assert.Contains("A thread that a cell had started threw this", error, StringComparison.Ordinal);
        Assert.Equal("first\n", cells[0].Outputs[0]!["text"]!.ToString());
        Assert.Equal("InvalidOperationException", cells[1].Outputs[^1]!["ename"]!.ToString());
    }

    [Fact]
    public void A_thread_of_an_earlier_cell_is_told_with_its_own_line()
    {
        var go = "var go = new ManualResetEventSlim(); new Thread(() => { go.Wait(); throw new Exception(\"late\"); }).Start();";
        Folder.Write("n.ipynb", RunnerTests.Make(go, "go.Set(); await Task.Delay(60_000);").ToJson());
        var (code, _, error) = KernelProcess.Run(Folder.Path, "notebook", "run", "n.ipynb");
        Assert.Equal(1, code);
        Assert.StartsWith("n.ipynb: cell 2 'c2' (In [1]:line 1): Exception: late\n", error, StringComparison.Ordinal);
    }

    private (string Error, IReadOnlyList<Cell> Cells) Run(string second)
    {
        Folder.Write("n.ipynb", RunnerTests.Make("Console.WriteLine(\"first\");", second, "Console.Write(\"never\");").ToJson());
        var (code, _, error) = KernelProcess.Run(Folder.Path, "notebook", "run", "n.ipynb", "--out", "done");
        Assert.Equal(1, code);
        return (error, [.. Notebook.Load(Path.Combine(Folder.Path, "done", "n.ipynb")).Cells]);
    }
}
