namespace FaLW.Figures;

/// <summary>A place in logical pixels.</summary>
internal readonly record struct Spot(double X, double Y);

/// <summary>Leaves out what a reader could not see. It thins the picture; the figure keeps its data.</summary>
internal static class Thinning
{
    /// <summary>Series longer than this are drawn thinned.</summary>
    public const int Many = 2000;

    private const int MostPoints = 20_000, MostCorners = 8_000;

    /// <summary>A line with at most four points in each pixel column (first, lowest, highest, last), so peaks survive; NaN, which breaks it, is kept.</summary>
    public static IReadOnlyList<Spot> Line(IReadOnlyList<Spot> spots, double width)
    {
        if (spots.Count <= Math.Max(Many, Math.Min(4 * width, 10 * Many))) return spots;
        var rising = Enumerable.Range(1, spots.Count - 1).All(i => !(spots[i].X < spots[i - 1].X));
        if (rising) return Columns(spots);
        List<Spot> apart = [spots[0]];
        foreach (var spot in spots)
            if (!(Math.Abs(spot.X - apart[^1].X) + Math.Abs(spot.Y - apart[^1].Y) < 0.5)) apart.Add(spot);
        var every = (apart.Count + MostCorners - 1) / MostCorners;
        return every == 1 ? apart : [.. apart.Where((spot, i) => i % every == 0 || double.IsNaN(spot.X))];
    }

    /// <summary>Which points to draw: the first few in each cell, and cells so large that a picture stays a picture.</summary>
    public static IReadOnlyList<int> Points(IReadOnlyList<Spot> spots, double cell, int most)
    {
        for (; ; cell *= 1.2)
        {
            var (held, kept) = (new Dictionary<(int, int), int>(), new List<int>());
            for (var i = 0; i < spots.Count; i++)
            {
                var key = ((int)(spots[i].X / cell), (int)(spots[i].Y / cell));
                var count = held[key] = held.GetValueOrDefault(key) + 1;
                if (count <= most) kept.Add(i);
            }
            if (kept.Count <= MostPoints) return kept;
        }
    }

    private static List<Spot> Columns(IReadOnlyList<Spot> spots)
    {
        var kept = new List<Spot>();
        for (var start = 0; start < spots.Count;)
        {
            var (end, low, high, column) = (start, start, start, Math.Floor(spots[start].X));
            for (; end < spots.Count && Math.Floor(spots[end].X).Equals(column); end++)
            {
                if (spots[end].Y < spots[low].Y) low = end;
                if (spots[end].Y > spots[high].Y) high = end;
            }
            foreach (var i in new[] { start, Math.Min(low, high), Math.Max(low, high), end - 1 }.Distinct()) kept.Add(spots[i]);
            start = end;
        }
        return kept;
    }
}
