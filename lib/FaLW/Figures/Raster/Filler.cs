namespace FaLW.Figures;

/// <summary>
/// Fills outlines with exact area coverage: each edge adds its signed area to the pixels it crosses,
/// and a running sum along the row turns that into the covered share of every pixel.
/// </summary>
internal sealed class Filler(Canvas canvas)
{
    private float[] area = [];
    private int left;
    private int top;
    private int width;
    private int height;

    /// <summary>Fills the inside of closed outlines, in pixels; where they overlap in one direction it stays inside.</summary>
    public void Fill(IReadOnlyList<IReadOnlyList<Spot>> contours, Paint paint, double opacity)
    {
        if (!Prepare(contours)) return;
        foreach (var contour in contours)
            for (var i = 0; i < contour.Count; i++) Edge(contour[i], contour[(i + 1) % contour.Count]);
        for (var y = 0; y < height; y++) Row(y, paint, (float)opacity);
    }

    private bool Prepare(IReadOnlyList<IReadOnlyList<Spot>> contours)
    {
        var (minX, minY, maxX, maxY) = (double.MaxValue, double.MaxValue, double.MinValue, double.MinValue);
        foreach (var contour in contours)
        {
            foreach (var spot in contour)
            {
                (minX, maxX) = (Math.Min(minX, spot.X), Math.Max(maxX, spot.X));
                (minY, maxY) = (Math.Min(minY, spot.Y), Math.Max(maxY, spot.Y));
            }
        }
        if (minX > maxX) return false;
        (left, top) = (Math.Max(0, (int)Math.Floor(minX)), Math.Max(0, (int)Math.Floor(minY)));
        width = Math.Min(canvas.Width, (int)Math.Ceiling(maxX) + 1) - left;
        height = Math.Min(canvas.Height, (int)Math.Ceiling(maxY) + 1) - top;
        if (width <= 0 || height <= 0) return false;
        var size = (width + 2) * height;
        if (area.Length < size) area = new float[size];
        else Array.Clear(area, 0, size);
        return true;
    }

    private void Edge(Spot a, Spot b)
    {
        if (a.Y == b.Y) return;
        var sign = a.Y < b.Y ? 1f : -1f;
        var (upper, lower) = a.Y < b.Y ? (a, b) : (b, a);
        var slope = (lower.X - upper.X) / (lower.Y - upper.Y);
        var (first, last) = (Math.Max(0, (int)Math.Floor(upper.Y) - top), Math.Min(height - 1, (int)Math.Ceiling(lower.Y) - 1 - top));
        for (var y = first; y <= last; y++)
        {
            var (from, to) = (Math.Max(upper.Y, top + y), Math.Min(lower.Y, top + y + 1));
            if (to <= from) continue;
            var x0 = upper.X + (from - upper.Y) * slope - left;
            var x1 = upper.X + (to - upper.Y) * slope - left;
            Span(y * (width + 2), Math.Clamp(x0, 0, width), Math.Clamp(x1, 0, width), sign * (float)(to - from));
        }
    }

    // One row's piece of an edge, running from x0 to x1: everything right of it is covered by its height.
    private void Span(int row, double x0, double x1, float rise)
    {
        if (x1 < x0) (x0, x1) = (x1, x0);
        var (first, last) = ((int)x0, (int)x1);
        if (first == last || x1 - first <= 1)
        {
            var right = (float)((x0 + x1) / 2 - first);
            area[row + first] += rise * (1 - right);
            area[row + first + 1] += rise * right;
            return;
        }
        var (perPixel, before) = (rise / (float)(x1 - x0), 0f);
        for (var x = first; x <= last; x++)
        {
            var (from, to) = (Math.Max(x0, x), Math.Min(x1, x + 1));
            var part = perPixel * (float)(to - from);
            var right = (float)((from + to) / 2 - x);
            area[row + x] += before + part * (1 - right);
            before = part * right;
        }
        area[row + last + 1] += before;
    }

    private void Row(int y, Paint paint, float opacity)
    {
        var (sum, row) = (0f, y * (width + 2));
        for (var x = 0; x < width; x++)
        {
            sum += area[row + x];
            var cover = Math.Min(1f, Math.Abs(sum)) * opacity;
            if (cover > 0.002f) canvas.Blend(left + x, top + y, paint, cover);
        }
    }
}
