namespace FaLW.Figures;

/// <summary>
/// Draws lines with round joins and ends: a pixel is covered by its nearness to the closest segment. The nearest
/// one wins before anything is painted, so joins leave no beads and a line never darkens itself.
/// </summary>
internal sealed class Stroker(Canvas canvas)
{
    private readonly float[] cover = new float[canvas.Width * canvas.Height];
    private int left;
    private int top;
    private int right;
    private int bottom;

    /// <summary>Draws pieces of one line, in pixels.</summary>
    public void Draw(IEnumerable<IReadOnlyList<Spot>> pieces, double width, Paint paint, double opacity = 1)
    {
        (left, right, top, bottom) = (canvas.Width, -1, canvas.Height, -1);
        foreach (var piece in pieces)
        {
            if (piece.Count == 1) Segment(piece[0], piece[0], width / 2);
            for (var i = 1; i < piece.Count; i++) Segment(piece[i - 1], piece[i], width / 2);
        }
        Paint(paint, (float)opacity);
    }

    private void Segment(Spot a, Spot b, double half)
    {
        var reach = half + 0.5;
        var first = Math.Max(0, (int)Math.Floor(Math.Min(a.Y, b.Y) - reach));
        var last = Math.Min(canvas.Height - 1, (int)Math.Ceiling(Math.Max(a.Y, b.Y) + reach));
        (top, bottom) = (Math.Min(top, first), Math.Max(bottom, last));
        for (var y = first; y <= last; y++)
        {
            var (from, to) = Reach(a, b, y + 0.5, reach);
            (left, right) = (Math.Min(left, from), Math.Max(right, to));
            if (to >= from) Row(a, b, y, cover.AsSpan(y * canvas.Width + from, to - from + 1), from, reach);
        }
    }

    // Beside the segment the distance is a straight function of x; beyond its ends it is the distance to the end.
    private static void Row(Spot a, Spot b, int y, Span<float> pixels, int from, double reach)
    {
        var (dx, dy) = (b.X - a.X, b.Y - a.Y);
        var length = Math.Sqrt(dx * dx + dy * dy);
        var (ux, uy) = length > 0 ? (dx / length, dy / length) : (1, 0);
        var (px, py) = (from + 0.5 - a.X, y + 0.5 - a.Y);
        var (along, side) = (px * ux + py * uy, px * uy - py * ux);
        for (var i = 0; i < pixels.Length; i++, along += ux, side += uy)
        {
            var beyond = along < 0 ? -along : along > length ? along - length : 0;
            var distance = beyond > 0 ? Math.Sqrt(side * side + beyond * beyond) : Math.Abs(side);
            var near = (float)(reach - distance);
            if (near > pixels[i]) pixels[i] = Math.Min(near, 1);
        }
    }

    // The pixels of one row that the segment can touch.
    private (int Left, int Right) Reach(Spot a, Spot b, double y, double reach)
    {
        var (low, high) = (Math.Min(a.X, b.X), Math.Max(a.X, b.X));
        if (Math.Abs(b.Y - a.Y) > 1e-9)
        {
            var slope = (b.X - a.X) / (b.Y - a.Y);
            var (middle, spread) = (a.X + (y - a.Y) * slope, reach * Math.Sqrt(1 + slope * slope));
            (low, high) = (Math.Max(low, middle - spread), Math.Min(high, middle + spread));
        }
        return (Math.Max(0, (int)Math.Floor(low - reach)), Math.Min(canvas.Width - 1, (int)Math.Ceiling(high + reach)));
    }

    private void Paint(Paint paint, float opacity)
    {
        for (var y = top; y <= bottom; y++)
        {
            var row = cover.AsSpan(y * canvas.Width, canvas.Width);
            for (var x = left; x <= right; x++)
            {
                if (row[x] <= 0) continue;
                canvas.Blend(x, y, paint, row[x] * opacity);
                row[x] = 0;
            }
        }
    }
}
