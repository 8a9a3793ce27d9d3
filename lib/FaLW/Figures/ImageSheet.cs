using FaLW.Data;
using SkiaSharp;

namespace FaLW.Figures;

/// <summary>Images in labelled rows, every pixel a square: to see what numbers are about.</summary>
/// <param name="Title">One line that says what is seen.</param>
/// <param name="Images">Where the rows come from; null where the image set is not on this machine, which the sheet then says.</param>
/// <param name="Rows">A label and the rows of the image set beside it.</param>
[TypeFormatterSource]
public sealed record ImageSheet(string Title, RawImages? Images, ValueList<(string Label, ValueList<int> Rows)> Rows)
{
    /// <summary>A line under the title.</summary>
    public string Subtitle { get; init; } = "";

    /// <summary>What the sheet shows, in a few lines.</summary>
    public string Summary => Images is null
        ? Title + "\n  The image set is not on this machine, so there is nothing to see here; everything else goes on without it. 'falw data list' says how to get it."
        : Title + "\n" + string.Join('\n', Rows.Select(row => Invariant($"  {row.Label}: {row.Rows.Count} pictures")));

    /// <summary>The summary.</summary>
    public override string ToString() => Summary;
}

internal static class SheetPicture
{
    private const int Side = 64, Gap = 8;

    public static byte[] Png(ImageSheet sheet)
    {
        var label = (int)Math.Ceiling(sheet.Rows.Select(row => Lettering.Measure(row.Label, Style.TickLabel)).DefaultIfEmpty(0).Max()) + 14;
        var width = Math.Max(420, (int)(2 * Style.Edge) + label + sheet.Rows.Select(row => row.Rows.Count).DefaultIfEmpty(0).Max() * (Side + Gap) - Gap);
        var heading = new FigurePlan(new Figure(sheet.Title, []) { Subtitle = sheet.Subtitle, Width = width });
        var (top, left) = ((int)heading.Top, (int)Style.Edge + label);
        return Figures.Png.Of(width, top + sheet.Rows.Count * (Side + Gap) + (int)(Style.Edge / 2), canvas =>
        {
            canvas.Clear(Palette.Paper.ToSkia());
            foreach (var words in heading.Words) Lettering.Draw(canvas, words);
            foreach (var (place, row) in sheet.Rows.Index())
            {
                var y = top + place * (Side + Gap);
                Lettering.Draw(canvas, new Words(left - 14, y + Side / 2.0 + Style.TickLabel * Style.Capital / 2, row.Label, Style.TickLabel, Align.Right, Palette.Muted));
                foreach (var (i, image) in row.Rows.Index()) Draw(canvas, sheet.Images!, image, left + i * (Side + Gap), y);
            }
        });
    }

    // Every pixel is a square of whole pixels.
    private static void Draw(SKCanvas canvas, RawImages images, int row, int left, int top)
    {
        var form = images.Benchmark;
        using var bitmap = new SKBitmap(form.Width, form.Height, SKColorType.Rgba8888, SKAlphaType.Opaque);
        byte Channel(int c, int y, int x) => images.Pixels[(long)row * form.Pixels + ((long)Math.Min(c, form.Channels - 1) * form.Height + y) * form.Width + x];
        for (var y = 0; y < form.Height; y++)
            for (var x = 0; x < form.Width; x++) bitmap.SetPixel(x, y, new SKColor(Channel(0, y, x), Channel(1, y, x), Channel(2, y, x)));
        var pixel = Math.Max(1, Side / Math.Max(form.Height, form.Width));
        using var image = SKImage.FromBitmap(bitmap);
        canvas.DrawImage(image, SKRect.Create(left, top, form.Width * pixel, form.Height * pixel), new SKSamplingOptions(SKFilterMode.Nearest));
    }
}
