namespace FaLW.Figures;

/// <summary>Lines, bands and points.</summary>
internal static class LineDrawing
{
    public static void Draw(PanelPlan plan, Trace trace, Paint paint, List<Drawing> drawings)
    {
        switch (trace)
        {
            case Band band:
                Shade(plan, band, paint, drawings);
                break;
            case Line line:
                ErrorDrawing.Draw(plan, line.X, line.Y, line.Errors, paint, drawings);
                var spots = plan.Spots(line.X, line.Y);
                foreach (var piece in Pieces(spots).SelectMany(p => Clip.Line(Thinning.Line(p, plan.Plot.Width), plan.Plot)))
                    drawings.Add(new Stroke(piece, paint, line.Width, line.Dash));
                if (line.Marker != Marker.None) Dots(plan, spots, new Points(line.Name, line.X, line.Y) { Marker = line.Marker, Radius = 4 }, paint, drawings);
                break;
            case Points points:
                ErrorDrawing.Draw(plan, points.X, points.Y, points.Errors, paint, drawings);
                Dots(plan, plan.Spots(points.X, points.Y), points, paint, drawings);
                break;
        }
    }

    private static void Shade(PanelPlan plan, Band band, Paint paint, List<Drawing> drawings)
    {
        var wide = plan.Plot with { Top = -1e6, Height = 2e6 };
        var low = Thinning.Line(plan.Spots(band.X, band.Low).Where(s => !double.IsNaN(s.X)).ToArray(), wide.Width);
        var high = Thinning.Line(plan.Spots(band.X, band.High).Where(s => !double.IsNaN(s.X)).ToArray(), wide.Width);
        var outline = Clip.Outline([.. low, .. high.Reverse()], plan.Plot);
        if (outline.Count > 2) drawings.Add(new Area(outline, paint, 0.2));
    }

    private static void Dots(PanelPlan plan, IReadOnlyList<Spot> spots, Points points, Paint paint, List<Drawing> drawings)
    {
        var inside = Enumerable.Range(0, spots.Count).Where(i => plan.X.Holds(points.X[i]) && plan.Y.Holds(points.Y[i])).ToArray();
        var most = points.Opacity < 1 ? 3 : 1;
        var kept = Thinning.Points([.. inside.Select(i => spots[i])], Math.Max(1, points.Radius * 0.6), inside.Length > Thinning.Many ? most : int.MaxValue);
        var shown = kept.Select(i => inside[i]).ToArray();
        var tips = shown.Length <= Tips.Most ? shown.Select(i => Tips.Of(plan, points, i)).ToArray() : [];
        var range = points.Shading?.Range ?? default;
        foreach (var shade in shown.Select((i, at) => (i, at)).GroupBy(p => Colour(points, p.i, range, paint)))
        {
            string[] own = tips.Length == 0 ? [] : [.. shade.Select(p => tips[p.at])];
            drawings.Add(new Dots([.. shade.Select(p => spots[p.i])], points.Marker, points.Radius, shade.Key, points.Opacity, own));
        }
        if (points.Shading is { } shading) ColourBar.Draw(plan, shading, drawings);
    }

    // Forty colours are as many as a reader tells apart, and keep points of one colour together.
    private static Paint Colour(Points points, int index, Domain range, Paint paint)
    {
        if (points.Shading is not { } shading) return paint;
        var value = shading.Values[index];
        return double.IsNaN(value) ? Palette.Muted : shading.Ramp.At(Math.Round(40 * (value - range.Low) / (range.High - range.Low)) / 40);
    }

    private static IEnumerable<IReadOnlyList<Spot>> Pieces(IReadOnlyList<Spot> spots)
    {
        var piece = new List<Spot>();
        foreach (var spot in spots.Append(new Spot(double.NaN, double.NaN)))
        {
            if (!double.IsNaN(spot.X)) piece.Add(spot);
            else if (piece.Count > 0)
            {
                yield return piece;
                piece = [];
            }
        }
    }
}
