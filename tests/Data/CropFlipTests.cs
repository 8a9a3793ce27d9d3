using FaLW.Data;
using static TorchSharp.torch;

namespace FaLW.Tests.Data;

public class CropFlipTests
{
    private const int Count = 40, Channels = 3, Height = 10, Width = 12, Border = 4;

    [Fact]
    public void Batched_crop_and_flip_equal_the_same_done_pixel_by_pixel()
    {
        using var scope = NewDisposeScope();
        var stream = new SeededStream(1, "pixels");
        byte[] pixels = [.. Enumerable.Range(0, Count * Channels * Height * Width).Select(_ => (byte)stream.Below(256))];
        var draws = CropFlip.Draws(Count, seed: 3, epoch: 2, CPU);
        var batched = CropFlip.Apply(tensor(pixels, [Count, Channels, Height, Width]), draws);
        Assert.Equal([Count, Channels, Height, Width], batched.shape);
        Assert.Equal(OneByOne(pixels, draws.data<long>().ToArray()), batched.data<byte>().ToArray());
    }

    [Fact]
    public void Draws_cover_all_offsets_and_about_half_are_mirrored()
    {
        using var scope = NewDisposeScope();
        var draws = CropFlip.Draws(9000, seed: 0, epoch: 0, CPU).data<long>().ToArray();
        for (var axis = 0; axis < 2; axis++)
        {
            var offsets = draws[(axis * 9000)..((axis + 1) * 9000)].CountBy(d => d).ToDictionary(d => d.Key, d => d.Value);
            Assert.Equal([0L, 1, 2, 3, 4, 5, 6, 7, 8], offsets.Keys.Order());
            Assert.All(offsets.Values, n => Assert.InRange(n, 850, 1150));
        }

        Assert.InRange(draws[18000..].Sum(), 4300, 4700);
    }

    [Fact]
    public void Offsets_of_four_without_mirror_change_nothing()
    {
        using var scope = NewDisposeScope();
        byte[] pixels = [.. Enumerable.Range(0, 2 * Channels * Height * Width).Select(i => (byte)i)];
        var draws = tensor(new long[] { 4, 4, 4, 4, 0, 0 }, [3, 2]);
        Assert.Equal(pixels, CropFlip.Apply(tensor(pixels, [2, Channels, Height, Width]), draws).data<byte>().ToArray());
    }

    private static byte[] OneByOne(byte[] pixels, long[] draws)
    {
        var result = new byte[pixels.Length];
        for (var i = 0; i < result.Length; i++)
        {
            var (image, plane, y, x) = (i / (Channels * Height * Width), i / (Height * Width), i / Width % Height, i % Width);
            var column = draws[2 * Count + image] == 1 ? Width - 1 - x : x;
            var (fromY, fromX) = (y + (int)draws[image] - Border, column + (int)draws[Count + image] - Border);
            if (fromY is >= 0 and < Height && fromX is >= 0 and < Width) result[i] = pixels[plane * Height * Width + fromY * Width + fromX];
        }

        return result;
    }
}
