using FaLW.Data;
using FaLW.Figures;
using FaLW.Plots;
using FaLW.Tests.Snapshots;

namespace FaLW.Tests.Figures;

/// <summary>Sheets of images.</summary>
public sealed class SheetTests
{
    [Fact]
    public void A_sheet_looks_as_accepted() => Snapshot.Match(Svg.Of(ImageSheetLayout.Of(ImageSheet.OfClasses("Two classes", Images(), [0, 1]))), extension: "svg");

    [Fact]
    public void A_pixel_has_the_colour_of_the_image()
    {
        var red = ImageSheetLayout.Of(ImageSheet.OfClasses("Two classes", Images(), [1])).Drawings.OfType<Box>().Skip(1).First();
        Assert.Equal((new Paint(200, 10, 30), 2.0), (red.Fill, red.Frame.Height));
    }

    private static RawImages Images()
    {
        var pixels = new byte[2 * 3 * 32 * 32];
        byte[] red = [200, 10, 30];
        for (var c = 0; c < 3; c++) pixels.AsSpan((3 + c) * 1024, 1024).Fill(red[c]);
        return new RawImages(Benchmark.Cifar10, pixels, [0, 1], 2);
    }
}
