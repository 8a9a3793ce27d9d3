using FaLW.Data;

namespace FaLW.Figures;

/// <summary>Turns a sheet of images into drawing commands.</summary>
internal static class ImageSheetLayout
{
    private const int Side = 64, Gap = 8;

    public static Scene Of(ImageSheet sheet)
    {
        var drawings = new List<Drawing>();
        var heading = new Figure(sheet.Title, []) { Subtitle = sheet.Subtitle };
        var top = (int)Header.Draw(heading, new Inks(heading), drawings);
        var label = (int)Math.Ceiling(sheet.Rows.Select(row => GlyphFont.Measure(row.Label, Style.TickLabel)).DefaultIfEmpty(0).Max()) + 14;
        foreach (var (row, place) in sheet.Rows.Select((row, i) => (row, top + i * (Side + Gap))))
        {
            var baseline = place + Side / 2.0 + Style.TickLabel * Style.Capital / 2;
            drawings.Add(new Words(new Spot(Style.Edge + label - 14, baseline), row.Label, Style.TickLabel, Align.Right, Palette.Muted));
            if (sheet.Images is { } images)
                for (var i = 0; i < row.Rows.Count; i++) Picture(images, row.Rows[i], (int)Style.Edge + label + i * (Side + Gap), place, drawings);
        }
        var width = (int)(2 * Style.Edge) + label + sheet.Rows.Select(row => row.Rows.Count).DefaultIfEmpty(0).Max() * (Side + Gap) - Gap;
        var height = top + sheet.Rows.Count * (Side + Gap) + (int)(Style.Edge / 2);
        width = Math.Max(width, 420);
        return new Scene(width, height, sheet.Title, sheet.Summary, [new Box(new Frame(0, 0, width, height), Palette.Paper), .. drawings]);
    }

    // Pixels of one colour side by side are one box.
    private static void Picture(RawImages images, int row, int left, int top, List<Drawing> drawings)
    {
        var form = images.Benchmark;
        var pixel = Math.Max(1, Side / Math.Max(form.Height, form.Width));
        for (var y = 0; y < form.Height; y++)
        {
            for (var x = 0; x < form.Width;)
            {
                var (start, paint) = (x, Colour(images, row, y, x));
                while (x < form.Width && Colour(images, row, y, x) == paint) x++;
                drawings.Add(new Box(new Frame(left + start * pixel, top + y * pixel, (x - start) * pixel, pixel), paint));
            }
        }
    }

    private static Paint Colour(RawImages images, int row, int y, int x)
    {
        var form = images.Benchmark;
        byte Channel(int c) => images.Pixels[(long)row * form.Pixels + ((long)Math.Min(c, form.Channels - 1) * form.Height + y) * form.Width + x];
        return new Paint(Channel(0), Channel(1), Channel(2));
    }
}
