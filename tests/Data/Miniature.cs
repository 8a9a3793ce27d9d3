using System.Formats.Tar;
using System.IO.Compression;
using System.Security.Cryptography;

namespace FaLW.Tests.Data;

/// <summary>A small image set in CIFAR's layout, written to a folder of its own that is removed at the end.</summary>
internal sealed class Miniature : IDisposable
{
    public Miniature()
    {
        var stream = new SeededStream(0, "miniature");
        var bytes = new byte[(Train + Test) * RecordBytes];
        for (var i = 0; i < bytes.Length; i++) bytes[i] = (byte)stream.Below(256);
        for (var row = 0; row < Train + Test; row++) bytes[row * RecordBytes + 1] = (byte)(row % 7);
        (TrainBytes, TestBytes) = (bytes[..(Train * RecordBytes)], bytes[(Train * RecordBytes)..]);
        Layout = new CifarLayout(Benchmark.Cifar100, 2,
            [new CifarPart("train.bin", Train, Digest(TrainBytes)), new CifarPart("test.bin", Test, Digest(TestBytes))], Train);
    }

    public const int Train = 300, Test = 20, RecordBytes = 3074;

    public string Folder { get; } = Directory.CreateTempSubdirectory("falw-data-").FullName;

    public CifarLayout Layout { get; }

    public byte[] TrainBytes { get; }

    public byte[] TestBytes { get; }

    public static string Digest(byte[] bytes) => "sha256:" + Convert.ToHexStringLower(SHA256.HashData(bytes));

    public string Write(string name, byte[] bytes)
    {
        var path = Path.Combine(Folder, name);
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        File.WriteAllBytes(path, bytes);
        return path;
    }

    public static byte[] TarGz(params (string Name, byte[] Bytes)[] entries)
    {
        var bytes = new MemoryStream();
        using (var zip = new GZipStream(bytes, CompressionLevel.Fastest, leaveOpen: true))
        using (var tar = new TarWriter(zip))
            foreach (var (name, content) in entries) tar.WriteEntry(new PaxTarEntry(TarEntryType.RegularFile, name) { DataStream = new MemoryStream(content) });

        return bytes.ToArray();
    }

    public static byte[] GZip(byte[] content)
    {
        var bytes = new MemoryStream();
        using (var zip = new GZipStream(bytes, CompressionLevel.Fastest, leaveOpen: true)) zip.Write(content);
        return bytes.ToArray();
    }

    /// <summary>Brotli over the forward filter, written from the description of the encoding and not from the decoder.</summary>
    public static byte[] Packed(byte[] records)
    {
        var stored = (byte[])records.Clone();
        for (var at = 0; at < stored.Length; at += RecordBytes) Filter(stored.AsSpan(at + 2, 3072));
        var bytes = new MemoryStream();
        using (var brotli = new BrotliStream(bytes, CompressionLevel.Fastest, leaveOpen: true)) brotli.Write(stored);
        return bytes.ToArray();
    }

    public void Dispose() => Directory.Delete(Folder, recursive: true);

    private static void Filter(Span<byte> image)
    {
        for (var i = 0; i < 1024; i++)
        {
            image[i] = (byte)(image[i] - image[1024 + i] + 128);
            image[2048 + i] = (byte)(image[2048 + i] - image[1024 + i] + 128);
        }

        for (var plane = 0; plane < 3; plane++)
        {
            // Backwards, so that every neighbour still has its true value.
            for (var i = 1023; i > 0; i--) image[plane * 1024 + i] -= (byte)Prediction(image.Slice(plane * 1024, 1024), i / 32, i % 32);
        }
    }

    private static int Prediction(ReadOnlySpan<byte> v, int y, int x)
    {
        if (y == 0) return v[x - 1];
        if (x == 0) return v[(y - 1) * 32];
        int a = v[y * 32 + x - 1], b = v[(y - 1) * 32 + x], c = v[(y - 1) * 32 + x - 1];
        if (c >= Math.Max(a, b)) return Math.Min(a, b);
        return c <= Math.Min(a, b) ? Math.Max(a, b) : a + b - c;
    }
}
