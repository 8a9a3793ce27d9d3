namespace FaLW.Kernel.Tests.Notebooks;

public sealed class NotebookTests
{
    // Written by Jupyter's own nbformat, so byte equality means that both write alike.
    private static readonly string Jupyter = File.ReadAllText(Path.Combine(AppContext.BaseDirectory, "Notebooks", "jupyter.ipynb"));

    [Fact]
    public void What_Jupyter_wrote_is_written_back_byte_for_byte() =>
        Assert.Equal(Jupyter, Notebook.Parse(Jupyter).ToJson());

    [Fact]
    public void Missing_ids_come_from_the_place_and_never_from_chance()
    {
        const string old = """{"nbformat":4,"nbformat_minor":2,"metadata":{},"cells":[{"cell_type":"markdown","source":"a","metadata":{}},{"cell_type":"raw","id":"cell-01","source":"b","metadata":{}}]}""";
        Assert.Equal(["cell-01a", "cell-01"], Notebook.Parse(old).Cells.Select(cell => cell.Id));
        Assert.Equal(Notebook.Parse(old).ToJson(), Notebook.Parse(old).ToJson());
    }

    [Theory]
    [InlineData("\"nbformat\":3,\"nbformat\":4", "\"3\"")]
    [InlineData("\"nbformat\":4", "[1]")]
    [InlineData("\"nbformat\":4", "1.5")]
    public void What_Jupyter_opens_is_opened(string format, string count)
    {
        var cell = Notebook.Parse($$"""{{{format}},"metadata":{},"cells":[{"cell_type":"raw","cell_type":"code","id":"a","source":"1","execution_count":{{count}},"metadata":{},"outputs":[]}]}""").Cells[0];
        Assert.Equal((CellKind.Code, null, "1"), (cell.Kind, cell.ExecutionCount, cell.Source));
    }

    [Theory]
    [InlineData("""{"nbformat":4,"cells":["\ud800"]}""", "half a character")]
    [InlineData("{", "line 1 is not JSON")]
    [InlineData("[]", "holds no JSON object")]
    [InlineData("""{"nbformat":3}""", "not a version 4 notebook")]
    [InlineData("""{"nbformat":"four"}""", "not a version 4 notebook")]
    [InlineData("""{"nbformat":4}""", "no list of cells")]
    [InlineData("""{"nbformat":4,"cells":[7]}""", "Cell 1 of 'x.ipynb' is not a JSON object")]
    [InlineData("""{"nbformat":4,"cells":[{"cell_type":"odd"}]}""", "unknown kind 'odd'")]
    public void What_is_no_notebook_is_told_in_a_sentence(string text, string sentence) =>
        Assert.Contains(sentence, Assert.Throws<NotebookFault>(() => Notebook.Parse(text, "x.ipynb")).Message, StringComparison.Ordinal);

    [Fact]
    public void A_missing_file_is_told_in_a_sentence() =>
        Assert.StartsWith("There is no notebook", Assert.Throws<NotebookFault>(() => Notebook.Load("none.ipynb")).Message, StringComparison.Ordinal);
}
