using System.Buffers.Binary;
using System.IO.Compression;
using System.Text;

namespace FaLW.Figures;

/// <summary>Writes pixels as a PNG file: header, resolution, compressed rows, end.</summary>
internal static class PngFile
{
    private const double PixelsPerMetre = 96 / 0.0254;
    private static readonly uint[] Table = [.. Enumerable.Range(0, 256).Select(i => Residue((uint)i))];

    public static byte[] Write(Canvas canvas, int scale)
    {
        using var file = new MemoryStream();
        file.Write([0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A]);
        var header = new byte[13];
        BinaryPrimitives.WriteInt32BigEndian(header, canvas.Width);
        BinaryPrimitives.WriteInt32BigEndian(header.AsSpan(4), canvas.Height);
        var palette = PngPalette.Of(canvas);
        (header[8], header[9]) = (8, palette is null ? (byte)2 : (byte)3);
        Chunk(file, "IHDR", header);
        Chunk(file, "pHYs", Resolution(scale));
        if (palette is not null) Chunk(file, "PLTE", [.. palette.Colours.SelectMany(Channels)]);
        Chunk(file, "IDAT", Compressed(canvas, palette));
        Chunk(file, "IEND", []);
        return file.ToArray();
    }

    private static byte[] Resolution(int scale)
    {
        var bytes = new byte[9];
        BinaryPrimitives.WriteInt32BigEndian(bytes, (int)Math.Round(PixelsPerMetre * scale));
        BinaryPrimitives.WriteInt32BigEndian(bytes.AsSpan(4), (int)Math.Round(PixelsPerMetre * scale));
        bytes[8] = 1;
        return bytes;
    }

    // Rows start with the number of their filter; 0, none, packs flat pictures best.
    private static byte[] Compressed(Canvas canvas, PngPalette? palette)
    {
        using var packed = new MemoryStream();
        using (var zlib = new ZLibStream(packed, CompressionLevel.Optimal, leaveOpen: true))
        {
            var row = new byte[1 + canvas.Width * (palette is null ? 3 : 1)];
            for (var y = 0; y < canvas.Height; y++)
            {
                var pixels = canvas.Pixels.AsSpan(y * canvas.Width, canvas.Width);
                if (palette is null) WriteColours(pixels, row);
                else WritePlaces(pixels, palette, row);
                zlib.Write(row);
            }
        }
        return packed.ToArray();
    }

    private static void WriteColours(ReadOnlySpan<int> pixels, byte[] row)
    {
        for (var x = 0; x < pixels.Length; x++)
            (row[3 * x + 1], row[3 * x + 2], row[3 * x + 3]) = ((byte)(pixels[x] >> 16), (byte)(pixels[x] >> 8), (byte)pixels[x]);
    }

    private static void WritePlaces(ReadOnlySpan<int> pixels, PngPalette palette, byte[] row)
    {
        var (colour, place) = (-1, (byte)0);
        for (var x = 0; x < pixels.Length; x++)
        {
            if (pixels[x] != colour) (colour, place) = (pixels[x], palette.Places[pixels[x]]);
            row[x + 1] = place;
        }
    }

    private static byte[] Channels(int colour) => [(byte)(colour >> 16), (byte)(colour >> 8), (byte)colour];

    private static void Chunk(Stream file, string name, byte[] data)
    {
        Span<byte> number = stackalloc byte[4];
        BinaryPrimitives.WriteInt32BigEndian(number, data.Length);
        file.Write(number);
        byte[] body = [.. Encoding.ASCII.GetBytes(name), .. data];
        file.Write(body);
        BinaryPrimitives.WriteUInt32BigEndian(number, Checksum(body));
        file.Write(number);
    }

    private static uint Checksum(byte[] bytes)
    {
        var sum = uint.MaxValue;
        foreach (var value in bytes) sum = Table[(sum ^ value) & 255] ^ (sum >> 8);
        return ~sum;
    }

    private static uint Residue(uint value)
    {
        for (var bit = 0; bit < 8; bit++) value = (value & 1) == 1 ? 0xEDB88320 ^ (value >> 1) : value >> 1;
        return value;
    }
}
