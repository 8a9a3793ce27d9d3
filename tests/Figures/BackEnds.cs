namespace FaLW.Tests.Figures;

/// <summary>Each kind of figure through the back ends: what it says, the same bytes twice, its colours in its picture.</summary>
public sealed class BackEnds
{
    public static TheoryData<string> Kinds => [.. Gallery.All.Keys];

    [Theory]
    [MemberData(nameof(Kinds))]
    public void The_summary_reads_as_accepted(string kind) => Snapshot.Match(Gallery.All[kind].Summary, kind);

    [Theory]
    [MemberData(nameof(Kinds))]
    public void Every_back_end_gives_the_same_bytes_twice(string kind)
    {
        var figure = Gallery.All[kind];
        Assert.Equal(PlotlyJson.Of(figure), PlotlyJson.Of(figure));
        Assert.Equal(Png.Of(figure), Png.Of(figure));
        Assert.Equal(Pdf.Of(figure), Pdf.Of(figure));
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public void The_picture_is_a_valid_file_of_twice_the_logical_size_with_a_table_of_colours(string kind)
    {
        var figure = Gallery.All[kind];
        var picture = new PngReader(Png.Of(figure));
        Assert.Equal((2 * figure.Width, 2 * figure.Height), (picture.Width, picture.Height));
        Assert.Equal("#ffffff", picture[0, 0]);
        Assert.Equal("#ffffff", picture[picture.Width - 1, picture.Height - 1]);
        Assert.True(picture.Chunks.ContainsKey("PLTE"));
    }

    [Fact]
    public void The_resolution_says_that_two_pixels_are_one()
    {
        var resolution = new PngReader(Png.Of(Gallery.Lines)).Chunks["pHYs"];
        Assert.Equal(2 * 96 / 0.0254, System.Buffers.Binary.BinaryPrimitives.ReadInt32BigEndian(resolution), 0.5);
    }

    [Fact]
    public void The_page_for_papers_is_as_wide_as_the_figure_in_points() =>
        Assert.Contains("/MediaBox [0 0 720 450]", Encoding.Latin1.GetString(Pdf.Of(Gallery.Lines)), StringComparison.Ordinal);

    [Theory]
    [InlineData("lines", "SalUn")]
    [InlineData("lines", "FaLW")]
    [InlineData("grouped-bars", "FT")]
    [InlineData("facets", "RL")]
    public void Every_method_appears_in_its_colour(string kind, string method) =>
        Assert.True(new PngReader(Png.Of(Gallery.All[kind])).Count(Palette.Of(method, 0).Hex) > 200);

    [Fact]
    public void Transparent_things_are_drawn_once()
    {
        // A fifth of vermillion on white.
        var picture = new PngReader(Png.Of(Figure.Of("t", new Axis("x"), new Axis("y"), new Band("FaLW", [0, 1], [0, 0], [1, 1])) with { Legend = false }));
        Assert.Equal("#f7dfcc", picture[picture.Width / 2 + 25, picture.Height / 2 + 25]);
    }

    [Fact]
    public void A_bar_of_height_zero_is_seen()
    {
        var bars = Figure.Of("t", Axis.Of("", ["a", "b"]), new Axis("y"), new Bars("FaLW", [0, 1], [0, 0]));
        Assert.True(new PngReader(Png.Of(bars)).Count(Palette.Of("FaLW", 0).Hex) > 200);
    }

    [Fact]
    public void Marks_on_the_edge_are_whole()
    {
        static int Count(double at) => new PngReader(Png.Of(Figure.Of(
            "t", new Axis("x") { Low = 0, High = 1 }, new Axis("y") { Low = 0, High = 1 }, new Points("FaLW", [at], [0.5]) { Radius = 8 }))).Count(Palette.Of("FaLW", 0).Hex);
        Assert.InRange(Count(1), 0.95 * Count(0.5), 1.05 * Count(0.5));
    }

    [Theory]
    [InlineData("Inter-Black.ttf")]
    [InlineData("report.txt")]
    public void What_is_missing_inside_the_assembly_is_told(string file) =>
        Assert.Contains($"'{file}' is missing", Assert.Throws<InvalidOperationException>(() => Resources.Open(file)).Message, StringComparison.Ordinal);

    [Fact]
    public void Words_that_do_not_fit_are_broken_or_cut_with_an_ellipsis()
    {
        Assert.All(Lettering.Wrapped(string.Join(' ', Enumerable.Repeat("word", 60)) + new string('m', 300), 20, 400), line => Assert.InRange(Lettering.Measure(line, 20), 0, 400));
        Assert.EndsWith("…", Lettering.Shortened(new string('m', 300), 20, 100), StringComparison.Ordinal);
    }
}
