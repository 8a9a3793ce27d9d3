namespace FaLW.Tests.Figures;

public sealed class SheetTests
{
    [Fact]
    public void An_image_of_32_pixels_is_drawn_64_wide_in_its_colours()
    {
        var picture = new PngReader(SheetPicture.Png(ImageSheet.OfClasses("Two classes", Images(), [0, 1])));
        Assert.Equal(128 * 128, picture.Count("#c80a1e"));
        Assert.InRange(picture.Count("#000000"), 128 * 128, 128 * 128 + 20);
    }

    private static RawImages Images()
    {
        var pixels = new byte[2 * 3 * 32 * 32];
        byte[] red = [200, 10, 30];
        for (var c = 0; c < 3; c++) pixels.AsSpan((3 + c) * 1024, 1024).Fill(red[c]);
        return new RawImages(Benchmark.Cifar10, pixels, [0, 1], 2);
    }
}
