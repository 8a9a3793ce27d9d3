namespace FaLW.Figures;

/// <summary>Text as outlines in pixels.</summary>
internal static class Lettering
{
    /// <summary>The contours of each glyph of a line of text, placed, turned and scaled.</summary>
    public static IEnumerable<IReadOnlyList<IReadOnlyList<Spot>>> Of(Words words, double scale)
    {
        var font = GlyphFont.Of(words.Strong);
        var unit = words.Size * scale / 1000;
        var start = words.Align switch { Align.Left => 0.0, Align.Centre => -0.5, _ => -1.0 } * GlyphFont.Measure(words.Text, 1000, words.Strong);
        var (sin, cos) = Math.SinCos(words.Turn * Math.PI / 180);
        var origin = Snapped(words, scale);
        foreach (var rune in words.Text.EnumerateRunes())
        {
            var (glyph, pen) = (font[rune.Value], start);
            yield return [.. glyph.Contours.Select(c => c.Select(p => Turned(p.X + pen, -p.Y)).ToArray())];
            start += glyph.Advance;
        }

        Spot Turned(double x, double y) => new(origin.X + unit * (x * cos - y * sin), origin.Y + unit * (x * sin + y * cos));
    }

    // Level text stands on whole pixels, so that its stems and bowls are equally sharp everywhere.
    private static Spot Snapped(Words words, double scale) => words.Turn == 0
        ? new Spot(words.At.X * scale, Math.Round(words.At.Y * scale))
        : new Spot(words.At.X * scale, words.At.Y * scale);
}
