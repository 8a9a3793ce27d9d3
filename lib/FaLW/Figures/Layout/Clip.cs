namespace FaLW.Figures;

/// <summary>Cuts lines and outlines at a frame.</summary>
internal static class Clip
{
    /// <summary>The pieces of a line that lie inside the frame.</summary>
    public static IEnumerable<IReadOnlyList<Spot>> Line(IReadOnlyList<Spot> spots, Frame frame)
    {
        var piece = new List<Spot>();
        for (var i = 1; i < spots.Count; i++)
        {
            if (Segment(spots[i - 1], spots[i], frame) is not { } inside) continue;
            if (piece.Count > 0 && piece[^1] != inside.From)
            {
                yield return piece;
                piece = [];
            }
            if (piece.Count == 0) piece.Add(inside.From);
            piece.Add(inside.To);
        }
        if (piece.Count > 0) yield return piece;
    }

    /// <summary>The part of an outline above and below the given levels, and right and left of the given sides.</summary>
    public static IReadOnlyList<Spot> Outline(IReadOnlyList<Spot> spots, Frame frame)
    {
        var cut = Half(spots, s => s.X - frame.Left);
        cut = Half(cut, s => frame.Right - s.X);
        cut = Half(cut, s => s.Y - frame.Top);
        return Half(cut, s => frame.Bottom - s.Y);
    }

    private static (Spot From, Spot To)? Segment(Spot a, Spot b, Frame frame)
    {
        var (enter, leave) = (0.0, 1.0);
        if (!Narrow(a.X - frame.Left, b.X - frame.Left, ref enter, ref leave)) return null;
        if (!Narrow(frame.Right - a.X, frame.Right - b.X, ref enter, ref leave)) return null;
        if (!Narrow(a.Y - frame.Top, b.Y - frame.Top, ref enter, ref leave)) return null;
        if (!Narrow(frame.Bottom - a.Y, frame.Bottom - b.Y, ref enter, ref leave)) return null;
        return (enter == 0 ? a : Between(a, b, enter), leave == 1 ? b : Between(a, b, leave));
    }

    // Both ends give their signed distance to one side of the frame, positive inside.
    private static bool Narrow(double from, double to, ref double enter, ref double leave)
    {
        if (from < 0 && to < 0) return false;
        if (from < 0) enter = Math.Max(enter, from / (from - to));
        else if (to < 0) leave = Math.Min(leave, from / (from - to));
        return enter <= leave;
    }

    private static List<Spot> Half(IReadOnlyList<Spot> spots, Func<Spot, double> inside)
    {
        var kept = new List<Spot>(spots.Count + 4);
        for (var i = 0; i < spots.Count; i++)
        {
            var (a, b) = (spots[i], spots[(i + 1) % spots.Count]);
            var (da, db) = (inside(a), inside(b));
            if (da >= 0) kept.Add(a);
            if (da >= 0 != db >= 0) kept.Add(Between(a, b, da / (da - db)));
        }
        return kept;
    }

    private static Spot Between(Spot a, Spot b, double share) => new(a.X + share * (b.X - a.X), a.Y + share * (b.Y - a.Y));
}
