using FaLW.Kernel.Snapshots;

namespace FaLW.Kernel.Tests.Snapshots;

/// <summary>A digest says less than a figure, and yet differs where a number or a word does.</summary>
public sealed class DigestTests
{
    private static readonly double[] Curve = [.. Enumerable.Range(0, 500).Select(i => Math.Sin(i) * 40 + 3)];

    [Fact]
    public void A_figure_is_its_lists_and_words_without_style()
    {
        var figure = JsonNode.Parse("""
            {"data":[{"type":"bar","name":"FT","x":["a","b"],"y":[1,0.5],"error_y":{"array":[0.1,null]},"marker":{"color":"#fff"}},
                     {"type":"heatmap","z":[[1,2,3,4,5,6,7],[8,9,10,11,12,13,14.5]],"width":[3,3]}],
             "layout":{"title":{"text":"<b>Deviation</b><br>of 0.5"},"xaxis":{"ticktext":["low","high"],"title":{"text":"rank"}},"shapes":[{"x0":1,"x1":1,"y0":0,"y1":2.5}],"height":880}}
            """);
        Assert.Equal(
            [
                "[0] bar \"FT\": error_y.array [0.1, null]; x [\"a\", \"b\"]; y [1, 0.5]",
                "[1] heatmap \"\": z 14 numbers, 1.0 to 14.5, mean 7.536, mix -0.149",
                "words: Deviation of 0.5 | low | high | rank",
                "shapes: [1, 1, 0, 2.5]",
            ],
            Digest.OfFigure(figure).ToArray());
    }

    [Theory]
    [InlineData(1e-6)]
    [InlineData(-3e-6)]
    public void The_last_digits_of_another_processor_do_not_show(double noise) =>
        Assert.True(Agrees(Curve, [.. Curve.Select((value, i) => value * (1 + (i % 2 == 0 ? noise : -noise)))]));

    [Fact]
    public void One_number_of_many_that_moves_shows_and_two_that_change_places()
    {
        for (var i = 0; i < Curve.Length; i += 7)
        {
            double[] moved = [.. Curve], swapped = [.. Curve];
            moved[i] += 0.4;
            (swapped[i], swapped[(i + 3) % Curve.Length]) = (swapped[(i + 3) % Curve.Length], swapped[i]);
            Assert.False(Agrees(Curve, moved), $"moved at {i}");
            Assert.False(Agrees(Curve, swapped), $"swapped at {i}");
        }
    }

    [Fact]
    public void A_count_a_gap_and_a_name_of_many_show()
    {
        var counts = Enumerable.Range(0, 40).Select(i => $"{i * i}").ToList();
        Assert.Contains("40 numbers, 0 to 1521, sum 20540,", Line(counts), StringComparison.Ordinal);
        foreach (var other in new[] { "1", "null", "\"a\"" }) Assert.False(NumberText.Agree(Line(counts), Line([other, .. counts.Skip(1)]), NumberText.DefaultTolerance));
        var names = Enumerable.Range(0, 40).Select(i => $"\"class {i}\"").ToList();
        Assert.False(NumberText.Agree(Line(names), Line(["\"klass 0\"", .. names.Skip(1)]), NumberText.DefaultTolerance));
    }

    [Fact]
    public void A_second_form_of_a_table_is_its_words_and_numbers()
    {
        const string table = "<table><tr><td style=\"text-align: right\">FaLW</td><td>0.50</td><td>12</td></tr></table>";
        Assert.Matches("^3 words h[0-9a-f]{8}, 2 numbers, 0.5 to 12.0, mean 6.250, mix -?[0-9.]+$", Digest.OfText(table));
        Assert.NotEqual(Digest.OfText(table), Digest.OfText(table.Replace("FaLW", "SalUn", StringComparison.Ordinal)));
        Assert.NotEqual(Digest.OfText(table), Digest.OfText(table.Replace("0.50", "0.52", StringComparison.Ordinal)));
        Assert.Equal(Digest.OfText(table), Digest.OfText(table.Replace("right", "left", StringComparison.Ordinal)));
    }

    private static bool Agrees(double[] one, double[] other) => NumberText.Agree(Line(one.Select(Text)), Line(other.Select(Text)), NumberText.DefaultTolerance);

    // As figures are written: six digits.
    private static string Text(double value) => value.ToString("G6", CultureInfo.InvariantCulture);

    private static string Line(IEnumerable<string> values) => Digest.OfFigure(JsonNode.Parse($$"""{"data":[{"y":[{{string.Join(',', values)}}]}]}""")).First();
}
