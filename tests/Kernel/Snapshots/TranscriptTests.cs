using FaLW.Kernel.Snapshots;

namespace FaLW.Kernel.Tests.Snapshots;

public sealed class TranscriptTests
{
    private const string Pixel = "iVBORw0KGgoAAAANSUhEUgAAAAIAAAADCAIAAAB7QOjdAAAACXBIWXMAAB2HAAAdhwGP5fFlAAAA";

    [Fact]
    public void Outputs_become_one_block_per_cell_in_ordinal_order_of_forms()
    {
        var notebook = new Notebook([new Cell(CellKind.Markdown, "head", "# Title"), Code("one", Stream("took 1.25 s\nfine\n"), Figure(), Error()), Code("two")]);
        notebook.Tag(2, "no-snapshot");
        notebook.Cells[2].Outputs.Add((JsonNode)Stream("never the same"));
        Assert.Equal(
            """
            # scale=Smoke
            == head text
            == one
            -- stdout
              took <duration>
              fine
            -- application/vnd.plotly.v1+json
              [0] bar "": y [1, 0.5, null]
            -- image/png 2 x 3
            -- text/plain
              bars
            -- error E
              E: wrong
            == two no-snapshot

            """.ReplaceLineEndings("\n"),
            Transcript.Of(notebook, "scale=Smoke").ToString());
    }

    [Fact]
    public void A_transcript_is_read_as_it_was_written()
    {
        var text = Transcript.Of(new Notebook([Code("one", Stream("== odd\n-- text\n\nend")), Code("two")]), "a=1; b=2").ToString();
        Assert.Equal(text, Transcript.Parse(text).ToString());
        Assert.Equal("a=1; b=2", Transcript.Parse(text).Settings);
    }

    [Theory]
    [InlineData("at 2026-11-21T08:04:00Z or 2026-11-21 08:04:00.5", "at <date> or <date>")]
    [InlineData("3.2 ms, 1 min, 00:00:01.25, 12.5 it/s, 3.5 MB/s", "<duration>, <duration>, <duration>, <rate>, <rate>")]
    [InlineData("see /home/ada/x.txt and C:\\Users\\ada", "see <path> and <path>")]
    [InlineData("id 7b1c0d4e-0000-4000-8000-123456789abc", "id <guid>")]
    [InlineData("3 shapes, 10 hosts, and/or, 5 steps", "3 shapes, 10 hosts, and/or, 5 steps")]
    [InlineData("https://example.org/home/x", "https://example.org/home/x")]
    public void What_differs_from_run_to_run_is_taken_out(string text, string scrubbed) => Assert.Equal(scrubbed, Scrubber.Scrub(text));

    [Fact]
    public void Differences_name_the_cell()
    {
        var (one, two) = (Code("one", Stream("loss 0.5000 of 3")), Code("two", Stream("b")));
        var expected = Transcript.Of(new Notebook([one, two]));
        Assert.Empty(Compare(one, two));
        Assert.Empty(Compare(Code("one", Stream("loss 0.5001 of 3")), two));
        Assert.Equal(["cell 'two' is missing."], Compare(one));
        Assert.Equal(["cell 'three' is new."], Compare(one, two, Code("three")));
        Assert.Equal(["the cells are in another order."], Compare(two, one));
        Assert.Equal(["cell 'one', line 2 of its outputs:\n    expected  loss 0.5000 of 3\n    received  loss 0.5200 of 3"], Compare(Code("one", Stream("loss 0.5200 of 3")), two));
        Assert.Equal(["cell 'two', line 3 of its outputs:\n    expected  (nothing)\n    received  c"], Compare(one, Code("two", Stream("b\nc"))));

        IReadOnlyList<string> Compare(params Cell[] cells) => TranscriptComparison.Differences(expected, Transcript.Of(new Notebook(cells)));
    }

    [Fact]
    public void A_tag_gives_a_cell_its_own_tolerance()
    {
        Assert.Empty(TranscriptComparison.Differences(Transcript.Of(Tagged("0.5000")), Transcript.Of(Tagged("0.5040"))));
        Assert.NotEmpty(TranscriptComparison.Differences(Transcript.Of(Tagged("0.5000")), Transcript.Of(Tagged("0.5100"))));

        static Notebook Tagged(string text)
        {
            var cell = Code("one", Stream(text));
            cell.Metadata["tags"] = new JsonArray("tol:1e-2");
            return new Notebook([cell]);
        }
    }

    internal static Cell Code(string id, params JsonObject[] outputs)
    {
        var cell = new Cell(CellKind.Code, id, "1") { ExecutionCount = 1 };
        foreach (var output in outputs) cell.Outputs.Add(output.DeepClone());
        return cell;
    }

    internal static JsonObject Stream(string text) => new() { ["output_type"] = "stream", ["name"] = "stdout", ["text"] = text };

    internal static JsonObject Figure(bool withPicture = true)
    {
        var data = new JsonObject { ["text/plain"] = "bars", ["application/vnd.plotly.v1+json"] = JsonNode.Parse("""{"layout":{},"data":[{"y":[1,0.5,null],"type":"bar"}]}""") };
        if (withPicture) data["image/png"] = Pixel;
        return new JsonObject { ["output_type"] = "display_data", ["data"] = data, ["metadata"] = new JsonObject() };
    }

    internal static JsonObject Error() => new() { ["output_type"] = "error", ["ename"] = "E", ["evalue"] = "wrong", ["traceback"] = new JsonArray("E: wrong") };
}
