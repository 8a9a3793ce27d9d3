namespace FaLW.Kernel.Tests.Rendering;

public sealed class ValueTests
{
    private enum Colour { Red }

    private sealed record Row(int Count, string Name, double Share);

    [Fact]
    public void Plain_values_read_as_in_invariant_CSharp()
    {
        Assert.Equal("1.5", Plain(1.5));
        Assert.Equal("text", Plain("text"));
        Assert.Equal("Red", Plain(Colour.Red));
        Assert.Equal("(1, \"a\", [2])", Plain((1, "a", new[] { 2 })));
        Assert.Equal("Dictionary<string, int?[]>", Plain(typeof(Dictionary<string, int?[]>)));
        Assert.Equal("2001-02-03 04:05:06", Plain(new DateTime(2001, 2, 3, 4, 5, 6, DateTimeKind.Utc)));
        Assert.Equal("InvalidOperationException: why", Plain(new InvalidOperationException("why")));
        Assert.Equal("null", Plain(null));
    }

    [Fact]
    public void Lists_of_plain_values_are_one_line()
    {
        Assert.Equal("[1, 2, 3]", Plain(new[] { 1, 2, 3 }));
        Assert.Equal("[\"a\", null]", Plain(new List<string?> { "a", null }));
        Assert.Equal("[[1, 2], [3]]", Plain(new[] { new[] { 1, 2 }, [3] }));
        Assert.EndsWith("98, 99, …] (1000 items)", Plain(Enumerable.Range(0, 1000).ToList()), StringComparison.Ordinal);
    }

    [Fact]
    public void An_endless_sequence_is_cut() => Assert.EndsWith("1, 1, …]", Plain(Endless()), StringComparison.Ordinal);

    [Fact]
    public void A_data_frame_is_known_by_its_name_and_is_a_table()
    {
        var frame = new Microsoft.Data.Analysis.DataFrame([new("name"), new("p")], [["a", 0.5], ["bcd", null]]);
        Assert.Equal("name     p\na      0.5\nbcd   null", ValueFormatter.Bundle(frame).Data["text/plain"]!.ToString());
    }

    [Fact]
    public void Records_become_a_table_with_numbers_to_the_right()
    {
        var bundle = ValueFormatter.Bundle(new[] { new Row(1, "a", 0.5), new Row(20, "bcd", 12) });
        Assert.Equal("Count  Name  Share\n    1  a       0.5\n   20  bcd      12", bundle.Data["text/plain"]!.ToString());
        Assert.Equal(
            """
            <table><thead><tr><th>Count</th><th>Name</th><th>Share</th></tr></thead><tbody>
            <tr><td style="text-align: right">1</td><td>a</td><td style="text-align: right">0.5</td></tr>
            <tr><td style="text-align: right">20</td><td>bcd</td><td style="text-align: right">12</td></tr>
            </tbody></table>
            """.ReplaceLineEndings("\n"),
            bundle.Data["text/html"]!.ToString());
    }

    [Fact]
    public void Dictionaries_objects_and_grids_become_tables()
    {
        Assert.Equal("key  value\na        1", Plain(new Dictionary<string, int> { ["a"] = 1 }));
        Assert.Equal("Row\nCount  1\nName   a\nShare  2", Plain(new Row(1, "a", 2)));
        Assert.Equal("1  2\n3  4", Plain(new[,] { { 1, 2 }, { 3, 4 } }));
        Assert.EndsWith("… 950 more", Plain(Enumerable.Range(0, 1000).Select(i => new { i }).ToList()), StringComparison.Ordinal);
    }

    [Fact]
    public void Markup_in_values_is_escaped() =>
        Assert.Contains("&lt;b&gt;", ValueFormatter.Bundle(new { A = "<b>" }).Data["text/html"]!.ToString(), StringComparison.Ordinal);

    [Fact]
    public void A_property_that_throws_does_not_spoil_the_rest() =>
        Assert.Contains("Bad     InvalidOperationException: no", Plain(new Grumpy()), StringComparison.Ordinal);

    private static string Plain(object? value) => ValueFormatter.Bundle(value).Data["text/plain"]!.ToString();

    private static IEnumerable<int> Endless()
    {
        while (true) yield return 1;
    }

    private sealed class Grumpy
    {
        public int Good { get; } = 1;

        public int Bad => throw new InvalidOperationException(Good == 1 ? "no" : "never");
    }
}
