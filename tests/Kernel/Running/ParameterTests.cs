using FaLW.Kernel.Running;

namespace FaLW.Kernel.Tests.Running;

public sealed class ParameterTests
{
    [Theory]
    [InlineData("var n = 3; // count", "n", "7", "var n = 7; // count")]
    [InlineData("var scale = Scale.Small;", "scale", "Smoke", "var scale = Scale.Smoke;")]
    [InlineData("var scale = Scale.Small;", "scale", "Other.Smoke", "var scale = Other.Smoke;")]
    [InlineData("var s = \"a\";", "s", "say \"b\"", "var s = \"say \\\"b\\\"\";")]
    [InlineData("var s = \"a\";", "s", "\"b\"", "var s = \"b\";")]
    [InlineData("int a = 1, b = 2;", "b", "new[] { 1 }[0]", "int a = 1, b = new[] { 1 }[0];")]
    public void A_value_takes_the_place_of_the_declared_one(string source, string name, string value, string expected) =>
        Assert.Equal(expected, ParameterCell.Set(source, name, value));

    [Theory]
    [InlineData("m", "1", "does not declare 'm'. It declares n.")]
    [InlineData("n", "1 +", "'1 +' is no C# expression")]
    [InlineData("n", "1; Environment.Exit(0)", "is no C# expression")]
    [InlineData("n", "", "is no C# expression")]
    public void What_cannot_be_set_is_a_sentence(string name, string value, string sentence) =>
        Assert.Contains(sentence, Assert.Throws<NotebookFault>(() => ParameterCell.Set("var n = 3;", name, value)).Message, StringComparison.Ordinal);

    [Fact]
    public async Task An_executed_notebook_shows_what_it_was_run_with()
    {
        var notebook = RunnerTests.Make("var n = 3;", "n");
        var options = new RunOptions { Parameters = [new("n", "7")] };
        await Assert.ThrowsAsync<NotebookFault>(() => RunnerTests.Run(notebook, options));
        notebook.Tag(0, "parameters");
        await RunnerTests.Run(notebook, options);
        Assert.Equal("var n = 7;", notebook.Cells[0].Source);
        Assert.Equal("7", notebook.Cells[1].Outputs[0]!["data"]!["text/plain"]!.ToString());
    }

    [Fact]
    public async Task The_cell_that_papermill_put_below_has_the_last_word()
    {
        var notebook = RunnerTests.Make("var n = 3; var m = 1;", "// Parameters\nvar n = 5;", "n + m");
        notebook.Tag(0, "parameters");
        notebook.Tag(1, "injected-parameters");
        await RunnerTests.Run(notebook, new RunOptions { Parameters = [new("n", "7"), new("m", "2")] });
        Assert.Equal("9", notebook.Cells[2].Outputs[0]!["data"]!["text/plain"]!.ToString());
    }
}
