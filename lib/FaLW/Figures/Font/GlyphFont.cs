using System.Globalization;

namespace FaLW.Figures;

/// <summary>
/// The outlines of one weight of the figures' typeface, read from a small text file inside the assembly, so that
/// a picture never depends on the fonts of a machine. One glyph a line: code point, advance, outline; the outline
/// is m(ove), l(ine), c(urve, cubic) and z (close), relative to the pen, in thousandths of the text size, y upwards.
/// </summary>
internal sealed class GlyphFont
{
    private static readonly Lazy<GlyphFont> RegularFile = new(() => Read("regular"));
    private static readonly Lazy<GlyphFont> StrongFile = new(() => Read("semibold"));
    private readonly Dictionary<int, (int Advance, string Outline)> glyphs = [];
    private readonly Dictionary<int, Glyph> parsed = [];

    public static GlyphFont Of(bool strong) => strong ? StrongFile.Value : RegularFile.Value;

    /// <summary>Width of a text in logical pixels.</summary>
    public static double Measure(string text, double size, bool strong = false)
    {
        var font = Of(strong);
        return text.EnumerateRunes().Sum(rune => font.Advance(rune.Value)) * size / 1000;
    }

    public Glyph this[int codePoint]
    {
        get
        {
            lock (parsed)
            {
                if (!parsed.TryGetValue(codePoint, out var glyph)) parsed[codePoint] = glyph = Parse(codePoint);
                return glyph;
            }
        }
    }

    // A character without a glyph is drawn as an empty box: visible, never fatal.
    private Glyph Parse(int codePoint) => glyphs.TryGetValue(codePoint, out var line)
        ? GlyphOutline.Parse(line.Advance, line.Outline)
        : GlyphOutline.Parse(600, "m60 0l0 700l480 0l0-700z m60 60l360 0l0 580l-360 0z");

    private int Advance(int codePoint) => glyphs.TryGetValue(codePoint, out var line) ? line.Advance : 600;

    private static GlyphFont Read(string name)
    {
        var font = new GlyphFont();
        using var stream = Resources.Open($"{name}.glyphs");
        using var reader = new StreamReader(stream);
        while (reader.ReadLine() is { } line)
        {
            var parts = line.Split(' ', 3);
            var code = int.Parse(parts[0], NumberStyles.HexNumber, CultureInfo.InvariantCulture);
            font.glyphs[code] = (int.Parse(parts[1], CultureInfo.InvariantCulture), parts.Length > 2 ? parts[2] : "");
        }
        return font;
    }
}

/// <summary>A glyph as closed polygons in thousandths of the text size, y upwards.</summary>
internal sealed record Glyph(int Advance, IReadOnlyList<IReadOnlyList<Spot>> Contours);
