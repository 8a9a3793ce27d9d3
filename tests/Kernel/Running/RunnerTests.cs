using FaLW.Kernel.Running;

namespace FaLW.Kernel.Tests.Running;

public sealed class RunnerTests
{
    [Fact]
    public async Task Running_twice_gives_the_same_bytes()
    {
        string[] cells = ["var x = 1; x", "Console.WriteLine(\"a\"); Console.Error.WriteLine(\"b\"); display(new[] { new { x } });", "", "x + 1"];
        var first = Make(cells);
        Assert.Null(await Run(first));
        var second = Notebook.Parse(first.ToJson());
        await Run(second);
        Assert.Equal(first.ToJson(), second.ToJson());
        Assert.Equal([1, 2, null, 3], first.Cells.Select(cell => cell.ExecutionCount));
        Assert.Equal(["stream", "stream", "display_data"], Kinds(first.Cells[1]));
    }

    [Fact]
    public async Task A_tagged_error_does_not_stop_the_run()
    {
        var notebook = Make("throw new Exception(\"planned\");", "2");
        notebook.Tag(0, "raises-exception");
        Assert.Null(await Run(notebook));
        Assert.Equal(["execute_result"], Kinds(notebook.Cells[1]));
    }

    [Fact]
    public async Task A_cell_over_its_time_fails_the_run()
    {
        var failure = await Run(Make("await Task.Delay(60_000);"), new RunOptions { CellTimeout = TimeSpan.FromMilliseconds(50) });
        Assert.True(failure!.TimedOut);
        Assert.Contains("--timeout", failure.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_update_changes_the_output_of_an_earlier_cell()
    {
        var notebook = Make("var shown = display(\"before\");", "shown.Update(\"after\");");
        await Run(notebook);
        Assert.Equal("after", notebook.Cells[0].Outputs[0]!["data"]!["text/plain"]!.ToString());
        Assert.Empty(notebook.Cells[1].Outputs);
    }

    [Fact]
    public async Task What_was_written_over_or_cleared_is_not_kept()
    {
        var notebook = Make("for (var i = 1; i <= 3; i++) Console.Write($\"\\r{i}/3\"); Console.WriteLine();", "Console.Write(\"a\"); clear_output(wait: true); Console.Write(\"b\");");
        await Run(notebook);
        Assert.Equal("3/3\n", notebook.Cells[0].Outputs[0]!["text"]!.ToString());
        Assert.Equal("b", Assert.Single(notebook.Cells[1].Outputs)!["text"]!.ToString());
    }

    [Fact]
    public async Task Of_a_cell_that_writes_without_end_as_much_is_kept_as_somebody_may_read()
    {
        var notebook = Make("var line = new string('x', 99_999); for (var i = 0; i < 150; i++) Console.WriteLine(line); display(1); for (var i = 0; i < 10_000; i++) display(i);", "2");
        Assert.Null(await Run(notebook));
        var (outputs, last) = (notebook.Cells[0].Outputs, notebook.Cells[0].Outputs[^1]!["text"]!.ToString());
        Assert.Equal(10_000_000, outputs[0]!["text"]!.ToString().Length);
        Assert.Equal(10_001, outputs.Count);
        Assert.Matches("^5,000,[0-9]{3} more characters are left out: of a cell a notebook keeps 10,000,000 characters of text and 10,000 outputs of 50,000,000 in all.\n$", last);
        Assert.Equal(["execute_result"], Kinds(notebook.Cells[1]));
    }

    [Fact]
    public async Task What_a_progress_bar_wrote_over_takes_no_room_and_a_huge_value_does()
    {
        var notebook = Make("var bar = new string('#', 100); for (var i = 0; i < 150_000; i++) Console.Write($\"\\r{bar} {i}\"); Console.Write(\"\\nThe result is 42.\");", "display(new string('x', 60_000_000)); Console.Write(\"after\");");
        Assert.Null(await Run(notebook));
        Assert.EndsWith("149999\nThe result is 42.", Assert.Single(notebook.Cells[0].Outputs)!["text"]!.ToString(), StringComparison.Ordinal);
        Assert.Equal(["stream", "stream"], Kinds(notebook.Cells[1]));
        Assert.True(notebook.ToJson().Length < 10_000);
    }

    [Fact]
    public async Task Prose_in_a_code_cell_and_raw_cells_pass_through()
    {
        var notebook = Make("\n# Title\nand text", "1");
        notebook.Cells[0].Metadata["polyglot_notebook"] = new JsonObject { ["kernelName"] = "markdown" };
        notebook.Cells.Add(new Cell(CellKind.Raw, "r", "not C#"));
        Assert.Null(await Run(notebook));
        Assert.Equal("# Title\nand text", notebook.Cells[0].Outputs[0]!["data"]!["text/markdown"]!.ToString());
        Assert.Equal("not C#", notebook.Cells[2].Source);
    }

    [Fact]
    public async Task Progress_counts_cells_under_their_headings()
    {
        var seen = new List<string>();
        var notebook = Make("1", "2");
        notebook.Cells.Insert(1, new Cell(CellKind.Markdown, "m", "text\n## The *end*\ntext"));
        await Run(notebook, new RunOptions { Progress = new Listener(seen) });
        Assert.Equal(["1 of 2 c1 begins", "1 of 2 c1", "2 of 2 The *end* begins", "2 of 2 The *end*"], seen);
    }

    internal static Task<CellFailure?> Run(Notebook notebook, RunOptions? options = null) =>
        NotebookRunner.RunAsync(notebook, options, TestContext.Current.CancellationToken);

    internal static Notebook Make(params string[] cells) => new(cells.Select((source, i) => new Cell(CellKind.Code, $"c{i + 1}", source)));

    private static IEnumerable<string> Kinds(Cell cell) => cell.Outputs.Select(output => output!["output_type"]!.ToString());

    private sealed class Listener(List<string> seen) : IProgress<CellProgress>
    {
        public void Report(CellProgress value) => seen.Add($"{value.Number} of {value.Of} {value.Name}{(value.Elapsed is null ? " begins" : "")}");
    }
}

internal static class Tags
{
    public static void Tag(this Notebook notebook, int cell, string tag) => notebook.Cells[cell].Metadata["tags"] = new JsonArray(tag);
}
