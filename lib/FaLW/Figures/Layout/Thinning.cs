namespace FaLW.Figures;

/// <summary>Leaves out what a reader could not see. It thins the picture; the figure keeps its data.</summary>
internal static class Thinning
{
    /// <summary>Series longer than this are drawn thinned.</summary>
    public const int Many = 2000;

    private const int MostPoints = 20_000;
    private const int MostCorners = 8_000;

    /// <summary>A line with at most four points in each pixel column (first, lowest, highest, last), so peaks survive.</summary>
    public static IReadOnlyList<Spot> Line(IReadOnlyList<Spot> spots, double width)
    {
        if (spots.Count <= Math.Max(Many, 4 * width)) return spots;
        if (Rising(spots)) return Columns(spots);
        var apart = Apart(spots, 0.5);
        var every = (apart.Count + MostCorners - 1) / MostCorners;
        return every == 1 ? apart : [.. apart.Where((_, i) => i % every == 0)];
    }

    /// <summary>Which points to draw: the first few in each cell, and cells so large that a picture stays a picture.</summary>
    public static IReadOnlyList<int> Points(IReadOnlyList<Spot> spots, double cell, int most)
    {
        var kept = InCells(spots, cell, most);
        while (kept.Count > MostPoints) kept = InCells(spots, cell *= 1.2, most);
        return kept;
    }

    private static List<int> InCells(IReadOnlyList<Spot> spots, double cell, int most)
    {
        var held = new Dictionary<(int, int), int>();
        var kept = new List<int>();
        for (var i = 0; i < spots.Count; i++)
        {
            var key = ((int)(spots[i].X / cell), (int)(spots[i].Y / cell));
            var count = held.GetValueOrDefault(key);
            if (count >= most) continue;
            held[key] = count + 1;
            kept.Add(i);
        }
        return kept;
    }

    private static bool Rising(IReadOnlyList<Spot> spots)
    {
        for (var i = 1; i < spots.Count; i++)
            if (spots[i].X < spots[i - 1].X) return false;
        return true;
    }

    private static List<Spot> Columns(IReadOnlyList<Spot> spots)
    {
        var kept = new List<Spot>();
        for (var start = 0; start < spots.Count;)
        {
            var end = start;
            var (low, high) = (start, start);
            for (; end < spots.Count && (int)spots[end].X == (int)spots[start].X; end++)
            {
                if (spots[end].Y < spots[low].Y) low = end;
                if (spots[end].Y > spots[high].Y) high = end;
            }
            foreach (var i in new[] { start, Math.Min(low, high), Math.Max(low, high), end - 1 }.Distinct()) kept.Add(spots[i]);
            start = end;
        }
        return kept;
    }

    private static List<Spot> Apart(IReadOnlyList<Spot> spots, double distance)
    {
        var kept = new List<Spot> { spots[0] };
        foreach (var spot in spots)
            if (Math.Abs(spot.X - kept[^1].X) + Math.Abs(spot.Y - kept[^1].Y) >= distance) kept.Add(spot);
        return kept;
    }
}
