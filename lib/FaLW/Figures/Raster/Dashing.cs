namespace FaLW.Figures;

/// <summary>Cuts a line into dashes along its length.</summary>
internal static class Dashing
{
    public static IEnumerable<IReadOnlyList<Spot>> Cut(IReadOnlyList<Spot> line, double[] pattern)
    {
        if (pattern.Length == 0)
        {
            yield return line;
            yield break;
        }
        var (part, left, piece) = (0, pattern[0], new List<Spot> { line[0] });
        for (var i = 1; i < line.Count; i++)
        {
            var (from, to) = (line[i - 1], line[i]);
            var length = Length(from, to);
            var done = 0.0;
            while (length - done > left)
            {
                done += left;
                var at = new Spot(from.X + (to.X - from.X) * done / length, from.Y + (to.Y - from.Y) * done / length);
                if (part % 2 == 0) yield return [.. piece, at];
                (part, piece) = (part + 1, [at]);
                left = pattern[part % pattern.Length];
            }
            left -= length - done;
            piece.Add(to);
        }
        if (part % 2 == 0) yield return piece;
    }

    private static double Length(Spot a, Spot b) => Math.Sqrt((b.X - a.X) * (b.X - a.X) + (b.Y - a.Y) * (b.Y - a.Y));
}
