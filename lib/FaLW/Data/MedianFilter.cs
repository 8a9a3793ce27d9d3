namespace FaLW.Data;

/// <summary>
/// Undoes the reversible filter of the packed records: each plane was replaced by its difference to the
/// median of left, upper and left + upper - upper-left neighbour (the MED predictor of JPEG-LS,
/// Weinberger et al. 2000), red and blue before that by their difference to green. All modulo 256.
/// </summary>
public static class MedianFilter
{
    /// <summary>Restores one image in place.</summary>
    /// <param name="image">Three planes, one after the other.</param>
    /// <param name="height">Rows of a plane.</param>
    /// <param name="width">Columns of a plane.</param>
    public static void Restore(Span<byte> image, int height, int width)
    {
        var plane = height * width;
        Span<byte> red = image[..plane], green = image.Slice(plane, plane), blue = image.Slice(2 * plane, plane);
        FirstRow(red[..width], green[..width], blue[..width]);
        for (var from = width; from < plane; from += width)
        {
            var above = from - width;
            Row(red.Slice(from, width), red.Slice(above, width), green.Slice(from, width), green.Slice(above, width), blue.Slice(from, width), blue.Slice(above, width));
        }

        for (var i = 0; i < plane; i++)
        {
            red[i] = (byte)(red[i] + green[i] - 128);
            blue[i] = (byte)(blue[i] + green[i] - 128);
        }
    }

    private static void FirstRow(Span<byte> red, Span<byte> green, Span<byte> blue)
    {
        for (var x = 1; x < red.Length; x++)
        {
            red[x] += red[x - 1];
            green[x] += green[x - 1];
            blue[x] += blue[x - 1];
        }
    }

    // Each pixel waits for its left neighbour; going through three planes at once fills the waiting time.
    private static void Row(Span<byte> red, Span<byte> redAbove, Span<byte> green, Span<byte> greenAbove, Span<byte> blue, Span<byte> blueAbove)
    {
        int r = red[0] = (byte)(red[0] + redAbove[0]), rCorner = redAbove[0];
        int g = green[0] = (byte)(green[0] + greenAbove[0]), gCorner = greenAbove[0];
        int b = blue[0] = (byte)(blue[0] + blueAbove[0]), bCorner = blueAbove[0];
        for (var x = 1; x < red.Length; x++)
        {
            int rUp = redAbove[x], gUp = greenAbove[x], bUp = blueAbove[x];
            red[x] = (byte)(r = (red[x] + Median(r, rUp, r + rUp - rCorner)) & 255);
            green[x] = (byte)(g = (green[x] + Median(g, gUp, g + gUp - gCorner)) & 255);
            blue[x] = (byte)(b = (blue[x] + Median(b, bUp, b + bUp - bCorner)) & 255);
            (rCorner, gCorner, bCorner) = (rUp, gUp, bUp);
        }
    }

    private static int Median(int a, int b, int c) => Math.Max(Math.Min(a, b), Math.Min(Math.Max(a, b), c));
}
