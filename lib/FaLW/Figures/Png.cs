using System.IO.Compression;
using System.Runtime.InteropServices;
using System.Text;
using SkiaSharp;

namespace FaLW.Figures;

/// <summary>A figure as PNG, in the figures' own typeface: the same bytes on every run.</summary>
public static class Png
{
    /// <summary>Pixels for each logical pixel: sharp on dense screens and on slides.</summary>
    public const int Scale = 2;

    private const double PixelsPerMetre = Scale * 96 / 0.0254;

    // Colours that differ by less, summed over three channels, look alike on an edge pixel; a few edge pixels may be further off.
    private const int Apart = 6, Unseen = 24;
    private const double Few = 0.002;
    private static readonly uint[] Residues = [.. Enumerable.Range(0, 256).Select(i => Enumerable.Range(0, 8).Aggregate((uint)i, (value, _) => (value & 1) == 1 ? 0xEDB88320 ^ (value >> 1) : value >> 1))];

    /// <summary>The bytes of the file, <see cref="Scale"/> times as wide and high as the figure.</summary>
    public static byte[] Of(Figure figure) => Of(figure.Width, figure.Height, canvas => StillPicture.Draw(figure, canvas));

    internal static byte[] Of(int width, int height, Action<SKCanvas> draw)
    {
        using var bitmap = new SKBitmap(width * Scale, height * Scale, SKColorType.Bgra8888, SKAlphaType.Opaque);
        using (var canvas = new SKCanvas(bitmap))
        {
            canvas.Scale(Scale);
            draw(canvas);
        }
        return Packed(MemoryMarshal.Cast<byte, int>(bitmap.GetPixelSpan()), bitmap.Width);
    }

    // Skia writes four bytes a pixel; with a table of colours one does, and a notebook is a third of its size.
    private static byte[] Packed(ReadOnlySpan<int> pixels, int width)
    {
        var palette = Table(pixels);
        using var file = new MemoryStream();
        file.Write([0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A]);
        Chunk(file, "IHDR", [.. Number(width), .. Number(pixels.Length / width), 8, (byte)(palette is null ? 2 : 3), 0, 0, 0]);
        Chunk(file, "pHYs", [.. Number((int)Math.Round(PixelsPerMetre)), .. Number((int)Math.Round(PixelsPerMetre)), 1]);
        if (palette is not null) Chunk(file, "PLTE", [.. palette.Value.Colours.SelectMany(Channels)]);
        Chunk(file, "IDAT", Rows(pixels, width, palette?.Places));
        Chunk(file, "IEND", []);
        return file.ToArray();
    }

    private static byte[] Rows(ReadOnlySpan<int> pixels, int width, Dictionary<int, byte>? places)
    {
        using var rows = new MemoryStream();
        using (var zlib = new ZLibStream(rows, CompressionLevel.SmallestSize))
        {
            // Most pixels are as the one before.
            var (last, place) = (pixels[0], places?[pixels[0]] ?? 0);
            // Rows start with the number of their filter; 0, none, packs flat pictures best.
            var row = new List<byte>(3 * width + 1);
            for (var start = 0; start < pixels.Length; start += width, row.Clear())
            {
                row.Add(0);
                foreach (var pixel in pixels.Slice(start, width))
                {
                    if (places is not null && pixel != last) (last, place) = (pixel, places[pixel]);
                    if (places is not null) row.Add(place);
                    else row.AddRange(Channels(pixel));
                }
                zlib.Write(CollectionsMarshal.AsSpan(row));
            }
        }
        return rows.ToArray();
    }

    // At most 256 colours and the place of every pixel's nearest; null when too many pixels have no near one among the common ones.
    private static (int[] Colours, Dictionary<int, byte> Places)? Table(ReadOnlySpan<int> pixels)
    {
        var counts = new Dictionary<int, int>();
        for (int start = 0, end; start < pixels.Length; start = end)
        {
            for (end = start + 1; end < pixels.Length && pixels[end] == pixels[start];) end++;
            CollectionsMarshal.GetValueRefOrAddDefault(counts, pixels[start], out _) += end - start;
        }
        // The most common colours, none of which could stand for another.
        var common = new List<int>();
        foreach (var (colour, _) in counts.OrderByDescending(c => c.Value).ThenBy(c => c.Key))
            if (common.Count < 256 && common.All(other => Distance(other, colour) > Apart)) common.Add(colour);
        var (places, strayed) = (common.Index().ToDictionary(c => c.Item, c => (byte)c.Index), 0);
        foreach (var rare in counts.Keys.Where(c => !places.ContainsKey(c)).ToArray())
        {
            var nearest = 0;
            for (var i = 1; i < common.Count; i++)
                if (Distance(common[i], rare) < Distance(common[nearest], rare)) nearest = i;
            if (Distance(common[nearest], rare) > Unseen) strayed += counts[rare];
            places[rare] = (byte)nearest;
        }
        return strayed > Few * pixels.Length ? null : ([.. common], places);
    }

    private static int Distance(int a, int b) =>
        Math.Abs((a >> 16 & 255) - (b >> 16 & 255)) + Math.Abs((a >> 8 & 255) - (b >> 8 & 255)) + Math.Abs((a & 255) - (b & 255));

    private static byte[] Channels(int colour) => [(byte)(colour >> 16), (byte)(colour >> 8), (byte)colour];

    private static byte[] Number(int value) => [(byte)(value >> 24), (byte)(value >> 16), (byte)(value >> 8), (byte)value];

    private static void Chunk(Stream file, string name, byte[] data)
    {
        byte[] body = [.. Encoding.ASCII.GetBytes(name), .. data];
        file.Write(Number(data.Length));
        file.Write(body);
        file.Write(Number((int)~body.Aggregate(uint.MaxValue, (sum, value) => Residues[(sum ^ value) & 255] ^ (sum >> 8))));
    }
}

/// <summary>A figure as PDF for papers: lines and letters, not pixels; the same bytes on every run.</summary>
public static class Pdf
{
    // A logical pixel is 1/96 of an inch, a point 1/72.
    private const float Points = 0.75f;

    /// <summary>The bytes of a file of one page.</summary>
    public static byte[] Of(Figure figure)
    {
        using var file = new MemoryStream();
        using (var document = SKDocument.CreatePdf(file, new SKDocumentPdfMetadata { Title = figure.Title, RasterDpi = 192 }))
        {
            var canvas = document.BeginPage(figure.Width * Points, figure.Height * Points);
            canvas.Scale(Points);
            StillPicture.Draw(figure, canvas);
            document.EndPage();
            document.Close();
        }
        return file.ToArray();
    }
}
