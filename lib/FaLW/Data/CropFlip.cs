using System.Globalization;
using static TorchSharp.torch;

namespace FaLW.Data;

/// <summary>
/// The usual augmentation of small images, for a whole batch at once: a black border of 4 pixels, a crop of
/// the original size at a random place, mirrored in half of the cases. It works on raw bytes, so that
/// the border is black before normalisation, as with torchvision's RandomCrop and RandomHorizontalFlip.
/// </summary>
public static class CropFlip
{
    /// <summary>Pixels of border on every side.</summary>
    public const int Border = 4;

    /// <summary>Draws for so many images: offset down and offset right, 0 to 8 each, and 1 where mirrored.</summary>
    /// <param name="count">Number of images.</param>
    /// <param name="seed">Seed of the augmentation.</param>
    /// <param name="epoch">Number of the epoch.</param>
    /// <param name="device">Where the draws shall live.</param>
    /// <returns>int64 [3, count].</returns>
    public static Tensor Draws(int count, int seed, int epoch, Device device)
    {
        var stream = new SeededStream(seed, string.Create(CultureInfo.InvariantCulture, $"augmentation of epoch {epoch}"));
        var draws = new long[3 * count];
        for (var i = 0; i < count; i++)
        {
            draws[i] = stream.Below(2 * Border + 1);
            draws[count + i] = stream.Below(2 * Border + 1);
            draws[2 * count + i] = stream.Below(2);
        }

        return tensor(draws, [3, count], dtype: int64, device: device);
    }

    /// <summary>Crops and mirrors each image by its draws.</summary>
    /// <param name="images">uint8 [n, C, H, W].</param>
    /// <param name="draws">int64 [3, n] as <see cref="Draws"/> gives them, on the same device.</param>
    /// <returns>uint8 [n, C, H, W].</returns>
    public static Tensor Apply(Tensor images, Tensor draws)
    {
        using var scope = NewDisposeScope();
        var (n, channels, height, width) = (images.shape[0], images.shape[1], images.shape[2], images.shape[3]);
        var padded = zeros([n, channels, height + 2 * Border, width + 2 * Border], dtype: ScalarType.Byte, device: images.device);
        padded.narrow(2, Border, height).narrow(3, Border, width).copy_(images);

        var right = arange(0, width, dtype: int64, device: images.device);
        var left = arange(width - 1, -1, -1, dtype: int64, device: images.device);
        var mirrored = draws.select(0, 2).unsqueeze(1).eq(1);
        var down = draws.select(0, 0).unsqueeze(1) + arange(0, height, dtype: int64, device: images.device);
        var across = draws.select(0, 1).unsqueeze(1) + where(mirrored, left.unsqueeze(0), right.unsqueeze(0));
        var source = down.unsqueeze(2) * (width + 2 * Border) + across.unsqueeze(1);
        return padded.view(n, channels, -1)
            .gather(2, source.view(n, 1, height * width).expand(n, channels, height * width))
            .view(n, channels, height, width)
            .MoveToOuterDisposeScope();
    }
}
