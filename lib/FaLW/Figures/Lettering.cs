using System.Collections.Concurrent;
using FaLW.Data;
using SkiaSharp;
using SkiaSharp.HarfBuzz;

namespace FaLW.Figures;

/// <summary>A line of text; its place is on the baseline, y downwards. A halo sets it off from data under it, turn is in degrees, clockwise.</summary>
internal sealed record Words(
    double X, double Y, string Text, double Size, Align Align, Paint Paint, bool Strong = false, bool Halo = false, double Turn = 0);

/// <summary>
/// Text in the figures' own typeface, which travels inside the assembly, so that pictures do not depend on the fonts of a machine. Only
/// letters it lacks, Chinese ones for example, are taken from the machine's fonts; where those lack them too a box is drawn.
/// </summary>
internal static class Lettering
{
    public const string Family = "Inter";
    private static readonly Lazy<SKTypeface> Regular = new(() => Load("Inter-Regular.ttf")), SemiBold = new(() => Load("Inter-SemiBold.ttf"));
    private static readonly Lazy<SKTypeface[]> Machine = new(() =>
        [.. SKFontManager.Default.FontFamilies.Order(StringComparer.Ordinal).Select(SKTypeface.FromFamilyName).OfType<SKTypeface>()]);
    private static readonly ConcurrentDictionary<(string Text, bool Strong), double> Widths = new();
    private static readonly ConcurrentDictionary<(string Text, bool Strong), SKTypeface> Others = new();

    /// <summary>Width in logical pixels.</summary>
    public static double Measure(string text, double size, bool strong = false)
    {
        if (Widths.Count > 10_000) Widths.Clear();
        return size / 100 * Widths.GetOrAdd((text, strong), key =>
        {
            using var font = Font(key.Text, 100, key.Strong);
            return font.MeasureText(key.Text);
        });
    }

    /// <summary>The text, or its beginning and an ellipsis where it is wider.</summary>
    public static string Shortened(string text, double size, double width) =>
        Measure(text, size) <= width ? text : text[..Fits(text, size, width - Measure("…", size))] + "…";

    /// <summary>Lines that fit a width; a word that is wider than all of it is broken.</summary>
    public static IReadOnlyList<string> Wrapped(string text, double size, double width, bool strong = false)
    {
        var lines = new List<string> { "" };
        foreach (var whole in text.Split(' ', StringSplitOptions.RemoveEmptyEntries))
        {
            var word = whole;
            while (Measure(word, size, strong) > width)
            {
                var fits = Fits(word, size, width, strong);
                lines.Add(word[..fits]);
                word = word[fits..];
            }
            if (lines[^1].Length > 0 && Measure(lines[^1] + " " + word, size, strong) > width) lines.Add(word);
            else lines[^1] += (lines[^1].Length > 0 ? " " : "") + word;
        }
        return [.. lines.Where(line => line.Length > 0)];
    }

    // Never nothing, and never half a character.
    private static int Fits(string text, double size, double width, bool strong = false)
    {
        using var font = Font(text, 100, strong);
        return Math.Max(font.BreakText(text, (float)(width * 100 / size)), text.Length > 1 && char.IsSurrogatePair(text, 0) ? 2 : 1);
    }

    public static void Draw(SKCanvas canvas, Words words)
    {
        using var font = Font(words.Text, words.Size, words.Strong);
        using var paint = new SKPaint { IsAntialias = true, Color = words.Paint.ToSkia() };
        canvas.Save();
        canvas.Translate((float)words.X, (float)words.Y);
        canvas.RotateDegrees((float)words.Turn);
        if (words.Halo)
        {
            using var halo = new SKPaint { IsAntialias = true, Color = Palette.Paper.ToSkia(), IsStroke = true, StrokeWidth = 4, StrokeJoin = SKStrokeJoin.Round };
            Draw(canvas, words, font, halo);
        }
        Draw(canvas, words, font, paint);
        canvas.Restore();
    }

    public static SKColor ToSkia(this Paint paint) => new(paint.Red, paint.Green, paint.Blue);

    private static void Draw(SKCanvas canvas, Words words, SKFont font, SKPaint paint)
    {
        var align = words.Align switch { Align.Left => SKTextAlign.Left, Align.Centre => SKTextAlign.Center, _ => SKTextAlign.Right };
        // From Hebrew on scripts run the other way or join their letters.
        if (!words.Text.Any(letter => letter is >= '\u0590' and < '\u1100')) canvas.DrawText(words.Text, 0, 0, align, font, paint);
        else canvas.DrawShapedText(words.Text, 0, 0, align, font, paint);
    }

    private static SKFont Font(string text, double size, bool strong)
    {
        var own = (strong ? SemiBold : Regular).Value;
        var face = text.EnumerateRunes().All(rune => own.GetGlyph(rune.Value) != 0) ? own : Others.GetOrAdd((text, strong), _ => Other(text, own));
        return new SKFont(face, (float)size) { Subpixel = true, Edging = SKFontEdging.Antialias, Hinting = SKFontHinting.None };
    }

    // The face of the machine that has most of the letters; one that draws the same box for many has none of them.
    private static SKTypeface Other(string text, SKTypeface own)
    {
        int Drawn(SKTypeface face) => text.EnumerateRunes().Select(rune => (int)face.GetGlyph(rune.Value)).Where(glyph => glyph != 0).Distinct().Count();
        return Machine.Value.Prepend(own).MaxBy(Drawn) ?? own;
    }

    private static SKTypeface Load(string file)
    {
        using var stream = Resources.Open(file);
        return SKTypeface.FromStream(stream)
            ?? throw new Fault($"The figures' typeface, {file}, cannot be read, and without it pictures would have no words. Build the library again from a whole checkout.");
    }
}

/// <summary>Files that travel inside the assembly: the typeface, the report's style sheet and script.</summary>
internal static class Resources
{
    public static Stream Open(string name) =>
        typeof(Resources).Assembly.GetManifestResourceStream("FaLW.Figures." + name) ?? throw new InvalidOperationException(
            $"The file '{name}' is missing inside FaLW.dll. Build the library again from a whole checkout.");

    public static string Text(string name)
    {
        using var reader = new StreamReader(Open(name));
        return reader.ReadToEnd();
    }
}
