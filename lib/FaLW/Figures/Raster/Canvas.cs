namespace FaLW.Figures;

/// <summary>Pixels in sRGB (0xRRGGBB) and the one way to change them: paint over by a share.</summary>
internal sealed class Canvas(int width, int height)
{
    // Sixteen shades of an edge are smooth at twice the logical size, and keep a figure's colours few enough for a palette.
    private const int Shades = 16;

    public int Width { get; } = width;

    public int Height { get; } = height;

    public int[] Pixels { get; } = new int[checked(width * height)];

    /// <summary>Paints one pixel over; a cover of 1 hides what was there.</summary>
    public void Blend(int x, int y, Paint paint, float cover)
    {
        var share = (int)(cover * Shades + 0.5f);
        if (share <= 0) return;
        ref var pixel = ref Pixels[y * Width + x];
        pixel = share >= Shades ? Whole(paint)
            : Mix(pixel >> 16, paint.Red, share) << 16 | Mix(pixel >> 8 & 255, paint.Green, share) << 8 | Mix(pixel & 255, paint.Blue, share);
    }

    /// <summary>Fills whole pixels without looking at what was there.</summary>
    public void Fill(int left, int top, int right, int bottom, Paint paint)
    {
        if (right <= left) return;
        for (var y = top; y < bottom; y++) Pixels.AsSpan(y * Width + left, right - left).Fill(Whole(paint));
    }

    private static int Whole(Paint paint) => paint.Red << 16 | paint.Green << 8 | paint.Blue;

    // Whole numbers: no machine rounds them differently.
    private static int Mix(int below, int above, int share) => (below * (Shades - share) + above * share + Shades / 2) / Shades;
}
