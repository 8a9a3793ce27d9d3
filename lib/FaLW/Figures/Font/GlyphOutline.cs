namespace FaLW.Figures;

/// <summary>Turns an outline's text into polygons; curves become short lines, fine enough at any size a figure uses.</summary>
internal static class GlyphOutline
{
    private const int CurveSteps = 8;

    public static Glyph Parse(int advance, string outline)
    {
        var contours = new List<IReadOnlyList<Spot>>();
        var contour = new List<Spot>();
        var (pen, at) = (new Spot(0, 0), 0);
        while (at < outline.Length)
        {
            var command = outline[at++];
            if (command == 'z')
            {
                contours.Add(contour);
                contour = [];
            }
            else if (command == 'c') Curve(contour, ref pen, outline, ref at);
            else if (command is 'm' or 'l') contour.Add(pen = Next(outline, ref at, pen));
        }
        return new Glyph(advance, contours);
    }

    private static void Curve(List<Spot> contour, ref Spot pen, string outline, ref int at)
    {
        var (a, b) = (pen, Next(outline, ref at, pen));
        var (c, d) = (Next(outline, ref at, a), Next(outline, ref at, a));
        pen = d;
        for (var i = 1; i <= CurveSteps; i++)
        {
            var t = (double)i / CurveSteps;
            var u = 1 - t;
            var (wa, wb, wc, wd) = (u * u * u, 3 * u * u * t, 3 * u * t * t, t * t * t);
            contour.Add(new Spot(wa * a.X + wb * b.X + wc * c.X + wd * d.X, wa * a.Y + wb * b.Y + wc * c.Y + wd * d.Y));
        }
    }

    private static Spot Next(string text, ref int at, Spot from)
    {
        var x = Number(text, ref at);
        return new Spot(from.X + x, from.Y + Number(text, ref at));
    }

    private static int Number(string text, ref int at)
    {
        if (text[at] == ' ') at++;
        var sign = text[at] == '-' ? -1 : 1;
        if (sign < 0) at++;
        var value = 0;
        while (at < text.Length && char.IsAsciiDigit(text[at])) value = 10 * value + (text[at++] - '0');
        return sign * value;
    }
}
