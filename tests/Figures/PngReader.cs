using System.Buffers.Binary;
using System.IO.Compression;

namespace FaLW.Tests.Figures;

/// <summary>Reads PNG files by the standard's text and not by the writer's code: signature, chunks, checksums, rows, colours.</summary>
internal sealed class PngReader
{
    private readonly Dictionary<string, byte[]> chunks = new(StringComparer.Ordinal);
    private readonly byte[] rows;
    private readonly bool indexed;

    public PngReader(byte[] file)
    {
        Assert.Equal(new byte[] { 137, 80, 78, 71, 13, 10, 26, 10 }, file[..8]);
        for (var at = 8; at < file.Length;) at = Chunk(file, at);
        var header = chunks["IHDR"];
        (Width, Height) = (BinaryPrimitives.ReadInt32BigEndian(header), BinaryPrimitives.ReadInt32BigEndian(header.AsSpan(4)));
        Assert.Equal(8, header[8]);
        Assert.True(header[9] is 2 or 3, "truecolour or indexed");
        Assert.Equal(new byte[3], header[10..]);
        indexed = header[9] == 3;
        using var zlib = new ZLibStream(new MemoryStream(chunks["IDAT"]), CompressionMode.Decompress);
        using var plain = new MemoryStream();
        zlib.CopyTo(plain);
        rows = plain.ToArray();
        Assert.Equal(Height * Stride, rows.Length);
        Assert.All(Enumerable.Range(0, Height), y => Assert.Equal(0, rows[y * Stride]));
        Assert.Equal("IEND", chunks.Keys.Last());
    }

    public int Width { get; }

    public int Height { get; }

    public IReadOnlyDictionary<string, byte[]> Chunks => chunks;

    private int Stride => 1 + Width * (indexed ? 1 : 3);

    public string this[int x, int y]
    {
        get
        {
            var at = y * Stride + 1 + x * (indexed ? 1 : 3);
            return "#" + Convert.ToHexStringLower(indexed ? chunks["PLTE"].AsSpan(rows[at] * 3, 3) : rows.AsSpan(at, 3));
        }
    }

    /// <summary>Share of pixels that anyone would call another colour.</summary>
    public double Differing(PngReader other)
    {
        Assert.Equal((Width, Height), (other.Width, other.Height));
        return Enumerable.Range(0, Width * Height).Count(i => Channels(i).Zip(other.Channels(i), (a, b) => Math.Abs(a - b)).Max() > 48) / (double)(Width * Height);
    }

    public int Count(string colour) => Enumerable.Range(0, Width * Height).Count(i => this[i % Width, i / Width] == colour);

    private byte[] Channels(int i)
    {
        var at = i / Width * Stride + 1 + i % Width * (indexed ? 1 : 3);
        return indexed ? chunks["PLTE"][(rows[at] * 3)..(rows[at] * 3 + 3)] : rows[at..(at + 3)];
    }

    private int Chunk(byte[] file, int at)
    {
        var length = BinaryPrimitives.ReadInt32BigEndian(file.AsSpan(at));
        var name = Encoding.ASCII.GetString(file, at + 4, 4);
        chunks.Add(name, file[(at + 8)..(at + 8 + length)]);
        Assert.Equal(BinaryPrimitives.ReadUInt32BigEndian(file.AsSpan(at + 8 + length)), Checksum(file.AsSpan(at + 4, length + 4)));
        return at + 12 + length;
    }

    private static uint Checksum(ReadOnlySpan<byte> bytes)
    {
        var sum = uint.MaxValue;
        foreach (var value in bytes)
        {
            sum ^= value;
            for (var bit = 0; bit < 8; bit++) sum = (sum >> 1) ^ (0xEDB88320 & (0 - (sum & 1)));
        }
        return ~sum;
    }
}
