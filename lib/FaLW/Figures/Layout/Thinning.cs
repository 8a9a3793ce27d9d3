namespace FaLW.Figures;

/// <summary>Leaves out what a reader could not see. It thins the picture; the figure keeps its data.</summary>
internal static class Thinning
{
    /// <summary>A line with at most four points in each pixel column (first, lowest, highest, last), so peaks survive.</summary>
    public static IReadOnlyList<Spot> Line(IReadOnlyList<Spot> spots, double width)
    {
        if (spots.Count <= 4 * width) return spots;
        return Rising(spots) ? Columns(spots) : Apart(spots, 0.5);
    }

    /// <summary>Which points to draw: at most <paramref name="most"/> in one cell, the first ones.</summary>
    public static IReadOnlyList<int> Points(IReadOnlyList<Spot> spots, double cell, int most)
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
