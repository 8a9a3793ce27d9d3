namespace FaLW.Figures;

/// <summary>Title, subtitle and legend, from the top down.</summary>
internal static class Header
{
    private const double Swatch = 24;
    private const double Square = 13;

    /// <summary>Draws them and returns where the panels may begin.</summary>
    public static double Draw(Figure figure, Inks inks, List<Drawing> drawings)
    {
        var y = Style.Edge * 0.7;
        y = Lines(figure.Title, Style.Title, true, Palette.Ink, figure.Width, y, drawings);
        y = Lines(figure.Subtitle, Style.Subtitle, false, Palette.Muted, figure.Width, y + 2, drawings);
        return Legend(figure, inks, y + 8, drawings) + 6;
    }

    private static double Lines(string text, double size, bool strong, Paint paint, double width, double y, List<Drawing> drawings)
    {
        foreach (var line in Paragraph.Wrap(text, size, width - 2 * Style.Edge, strong))
        {
            y += size * Style.Leading;
            drawings.Add(new Words(new Spot(Style.Edge, y - size * (Style.Leading - 1)), line, size, Align.Left, paint) { Strong = strong });
        }
        return y;
    }

    private static double Legend(Figure figure, Inks inks, double y, List<Drawing> drawings)
    {
        var named = figure.Panels.SelectMany(p => p.Traces).Where(t => t.InLegend && t.Name.Length > 0).DistinctBy(t => t.Name).ToArray();
        if (!figure.Legend || named.Length < 2) return y;
        var x = Style.Edge;
        y += Style.Legend;
        foreach (var trace in named)
        {
            var key = trace is Bars ? Square : trace is Points ? 10 : Swatch;
            var width = key + 7 + GlyphFont.Measure(trace.Name, Style.Legend);
            if (x > Style.Edge && x + width > figure.Width - Style.Edge)
                (x, y) = (Style.Edge, y + Style.Legend * 1.5);
            Key(trace, inks.Of(trace), new Frame(x, y - Style.Legend * Style.Capital / 2, key, 0), drawings);
            drawings.Add(new Words(new Spot(x + key + 7, y), trace.Name, Style.Legend, Align.Left, Palette.Ink));
            x += width + 24;
        }
        return y + Style.Legend * 0.6;
    }

    private static void Key(Trace trace, Paint paint, Frame place, List<Drawing> drawings)
    {
        var centre = new Spot(place.Left + place.Width / 2, place.Top);
        switch (trace)
        {
            case Bars bars:
                drawings.Add(new Box(new Frame(place.Left, Snap.Half(place.Top - Square / 2), Square, Square), paint, bars.Overlay ? 0.6 : 1));
                break;
            case Points points:
                drawings.Add(new Dots([centre], points.Marker, Math.Max(4, points.Radius), paint, 1, []));
                break;
            case Line line:
                drawings.Add(new Stroke([new Spot(place.Left + 1, place.Top), new Spot(place.Right - 1, place.Top)], paint, Math.Max(2, line.Width), line.Dash));
                if (line.Marker != Marker.None) drawings.Add(new Dots([centre], line.Marker, 4, paint, 1, []));
                break;
            default:
                drawings.Add(new Box(new Frame(place.Left, Snap.Half(place.Top - Square / 2), place.Width, Square), paint, 0.25));
                break;
        }
    }
}
