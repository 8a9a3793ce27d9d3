namespace FaLW.Tests.Figures;

/// <summary>A table reads the same in every culture, and each form keeps its own grammar.</summary>
public sealed class TableTests
{
    private static Table Sample => new(
        "Small | study",
        [
            new Column("method") { Words = true },
            new Column("FA", "%") { Meaning = "accuracy on the forget set, \"near Retrain\" is best" },
            new Column("Gap", "points"),
        ],
        [
            new Row([new Cell("Retrain"), Cell.Of(61.4), Cell.Of(0)]) { Reference = true },
            new Row([new Cell("FaLW, τ = 0.15"), Cell.Of(1061.25, 0.5, 0.85), Cell.Of(0.31) with { Best = true }]),
            new Row([new Cell("A_b & <c>"), Cell.Of(-4.999, 12.25, -66.4), Cell.Of(double.NaN)]),
            new Row([new Cell("same, \"quoted\""), Cell.Of(61.4, double.NaN, -0.001), Cell.Of(17)]),
        ])
    { Note = "* closest to Retrain" };

    public static TheoryData<string> Forms => ["text", "markdown", "csv", "latex", "html"];

    [Theory]
    [MemberData(nameof(Forms))]
    public void Every_form_reads_as_accepted(string form) => Snapshot.Match(Written(form), form);

    [Fact]
    public void No_culture_changes_a_character()
    {
        static string[] Everything() =>
            [.. Forms.Select(form => Written(form.Data)), PlotlyJson.Of(Gallery.Errors), Convert.ToBase64String(Png.Of(Gallery.Errors))];
        var expected = Everything();
        foreach (var (group, minus) in new[] { (".", "-"), ("\u00a0", "~") })
        {
            using var other = new OtherCulture(group, minus);
            Assert.Equal("1,5", 1.5.ToString(CultureInfo.CurrentCulture));
            Assert.Equal(expected, Everything());
        }
    }

    [Fact]
    public void A_table_goes_to_notebooks_as_html_markdown_and_text() => Assert.Equal(
        ["text/html", "text/markdown", "text/plain"], Sample.ToMimeBundle().Keys.Order(StringComparer.Ordinal));

    private static string Written(string form) => form switch
    {
        "text" => Sample.ToText(),
        "markdown" => Sample.ToMarkdown(),
        "csv" => Sample.ToCsv(),
        "latex" => Sample.ToLatex(),
        _ => Sample.ToHtml(),
    };
}
