using CsCheck;

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
    [InlineData("\"nbformat\":4.0", "NaN")]
    [InlineData("\"nbformat\":4,\"a\":\"\\ud800\"", "1e40")]
    public void What_Jupyter_opens_is_opened(string format, string count)
    {
        var cell = Notebook.Parse($$"""{{{format}},"metadata":{},"cells":[{"cell_type":"raw","cell_type":"code","id":"a","source":"1","execution_count":{{count}},"metadata":{},"outputs":[]}]}""").Cells[0];
        Assert.Equal((CellKind.Code, null, "1"), (cell.Kind, cell.ExecutionCount, cell.Source));
    }

    [Theory]
    [InlineData("", "it is empty")]
    [InlineData("{", "line 1, byte 2: ")]
    [InlineData("[]", "holds no JSON object")]
    [InlineData("""{"nbformat":3}""", "not a version 4 notebook")]
    [InlineData("""{"nbformat":"four"}""", "not a version 4 notebook")]
    [InlineData("""{"nbformat":5}""", "is a notebook of version 5, newer than 4, which this kit reads")]
    [InlineData("""{"nbformat":4}""", "no list of cells")]
    [InlineData("""{"nbformat":4,"cells":[7]}""", "Cell 1 of 'x.ipynb' is not a JSON object")]
    [InlineData("""{"nbformat":4,"cells":[{"cell_type":"odd"}]}""", "unknown kind 'odd'")]
    public void What_is_no_notebook_is_told_in_a_sentence(string text, string sentence) =>
        Assert.Contains(sentence, Assert.Throws<NotebookFault>(() => Notebook.Parse(text, "x.ipynb")).Message, StringComparison.Ordinal);

    [Fact]
    public void What_was_opened_once_is_written_and_opened_again_to_the_byte() => Foreign.Sample(
        json =>
        {
            var first = Notebook.Parse(json.ToJsonString().Replace("HALF", "\\ud83d", StringComparison.Ordinal)).ToJson();
            Assert.Equal(first, Notebook.Parse(first).ToJson());
        },
        iter: 1000);

    [Fact]
    public void What_is_made_here_is_opened_with_every_character()
    {
        Gen.Select(Hostile, Hostile, Gen.Enum<CellKind>()).Array[0, 4].Sample(all =>
        {
            var notebook = new Notebook(all.Select(one => new Cell(one.Item3, one.Item1, one.Item2)));
            var read = Notebook.Parse(notebook.ToJson());
            Assert.Equal(notebook.ToJson(), read.ToJson());
            Assert.Equal(all.Select(one => (one.Item3, Utf8(one.Item1), Utf8(one.Item2))), read.Cells.Select(cell => (cell.Kind, cell.Id, cell.Source)));
        });
        static string Utf8(string text) => Encoding.UTF8.GetString(Encoding.UTF8.GetBytes(text));
    }

    private static readonly Gen<string> Hostile = Gen.OneOf(
        Gen.String, Gen.OneOf("", "\0", "\ud83d", "\ude00\ud83d", "\"\\", "\r\n", "\u2028", "\u202Eא", "😀", "HALF", "</script>", new string('x', 10_000)));

    private static readonly Gen<JsonNode?> Json = Gen.Recursive<JsonNode?>((depth, inner) => Gen.OneOf(
        Hostile.Select(text => (JsonNode?)text), Gen.Int.Select(number => (JsonNode?)number), Gen.Double[-1e9, 1e9].Select(number => (JsonNode?)number), Gen.Bool.Select(flag => flag ? (JsonNode?)flag : null),
        inner.Array[0, depth > 3 ? 0 : 3].Select(items => (JsonNode?)new JsonArray([.. items.Select(item => item?.DeepClone())])), Map(Hostile, inner, depth > 3 ? 0 : 3)));

    private static readonly Gen<JsonNode?> Output = Map(
        Gen.OneOf("output_type", "text", "data", "name"), Gen.OneOf(Json, Map(Gen.OneOf("text/plain", "image/png", "application/json", "image/svg+xml"), Json)));

    private static readonly Gen<JsonObject> Foreign =
        from cells in Gen.Select(
            Gen.OneOf("code", "markdown", "raw"), Map(Gen.OneOf("id", "source", "metadata", "execution_count", "odd"), Json), Output.Array[0, 3],
            (kind, cell, outputs) => { (cell!["cell_type"], cell["outputs"]) = (kind, new JsonArray(outputs)); return cell; }).Array[0, 4]
        from metadata in Json
        select new JsonObject { ["nbformat"] = 4, ["cells"] = new JsonArray(cells), ["metadata"] = metadata?.DeepClone() };

    private static Gen<JsonNode?> Map(Gen<string> name, Gen<JsonNode?> value, int most = 4) => Gen.Select(name, value).Array[0, most].Select(pairs =>
    {
        var map = new JsonObject();
        foreach (var (key, node) in pairs) map[key] = node?.DeepClone();
        return (JsonNode?)map;
    });

    [Fact]
    public void A_missing_file_is_told_in_a_sentence() =>
        Assert.StartsWith("There is no notebook", Assert.Throws<NotebookFault>(() => Notebook.Load("none.ipynb")).Message, StringComparison.Ordinal);
}
