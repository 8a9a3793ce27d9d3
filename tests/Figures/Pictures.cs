using FaLW.Figures;

namespace FaLW.Tests.Figures;

/// <summary>The PNG is a valid file, and its pixels are what the figure says.</summary>
public sealed class Pictures
{
    public static TheoryData<string> Kinds => [.. Gallery.All.Keys];

    [Theory]
    [MemberData(nameof(Kinds))]
    public void Every_kind_is_a_valid_file_of_twice_the_logical_size(string kind)
    {
        var figure = Gallery.All[kind];
        var picture = new PngReader(Png.Of(figure));
        Assert.Equal((2 * figure.Width, 2 * figure.Height), (picture.Width, picture.Height));
        Assert.Equal("#ffffff", picture[0, 0]);
        Assert.Equal("#ffffff", picture[picture.Width - 1, picture.Height - 1]);
    }

    [Fact]
    public void The_resolution_says_that_two_pixels_are_one()
    {
        var resolution = new PngReader(Png.Of(Gallery.Lines)).Chunks["pHYs"];
        Assert.Equal(2 * 96 / 0.0254, System.Buffers.Binary.BinaryPrimitives.ReadInt32BigEndian(resolution), 0.5);
    }

    [Fact]
    public void A_rectangle_on_whole_pixels_has_sharp_edges()
    {
        var picture = Painted(new Box(new Frame(2, 3, 4, 5), Palette.Series[1]));
        Assert.Equal((4 * 2) * (5 * 2), picture.Count(Palette.Series[1].Hex));
        Assert.Equal(Palette.Series[1].Hex, picture[4, 6]);
        Assert.Equal("#000000", picture[3, 6]);
    }

    [Fact]
    public void Half_a_pixel_covered_is_half_the_colour()
    {
        var picture = Painted(new Box(new Frame(2, 2, 4.25, 4), Paint.Of("ffffff")));
        Assert.Equal("#808080", picture[12, 6]);
        Assert.Equal("#ffffff", picture[11, 6]);
        Assert.Equal("#000000", picture[13, 6]);
    }

    [Fact]
    public void A_disc_covers_its_area()
    {
        var picture = Painted(new Dots([new Spot(16, 16)], Marker.Circle, 10, Paint.Of("ffffff"), 0.999, []));
        var light = Enumerable.Range(0, 64 * 64).Sum(i => Convert.ToInt32(picture[i % 64, i / 64][1..3], 16) / 255.0);
        Assert.Equal(Math.PI * 20 * 20, light, Math.PI * 20 * 20 * 0.1);
    }

    [Fact]
    public void A_line_is_as_wide_as_it_says_and_never_darkens_itself()
    {
        var zigzag = Enumerable.Range(0, 40).Select(i => new Spot(4 + i * 0.6, 16)).ToArray();
        var picture = Painted(new Stroke(zigzag, Paint.Of("ffffff"), 3));
        Assert.Equal(6, Enumerable.Range(0, 64).Count(y => picture[30, y] == "#ffffff"));
        Assert.Equal("#000000", picture[30, 64 / 2 - 4]);
    }

    [Fact]
    public void The_hole_of_a_letter_stays_open()
    {
        var picture = Painted(new Words(new Spot(2, 28), "O", 32, Align.Left, Paint.Of("ffffff")));
        var middle = (int)(2 * (2 + GlyphFont.Measure("O", 32) / 2));
        Assert.Equal("#000000", picture[middle, 2 * (28 - 11)]);
        Assert.True(picture.Count("#ffffff") > 100);
    }

    [Theory]
    [InlineData("lines", "SalUn")]
    [InlineData("lines", "FaLW")]
    [InlineData("grouped-bars", "FT")]
    [InlineData("facets", "RL")]
    public void Every_method_appears_in_its_colour(string kind, string method) =>
        Assert.True(new PngReader(Png.Of(Gallery.All[kind])).Count(Palette.Of(method, 0).Hex) > 200);

    private static PngReader Painted(Drawing drawing) => new(PngFile.Write(Painter.Draw(new Scene(32, 32, "", "", [drawing]), 2), 2));
}
