using System.Buffers.Binary;
using System.IO.Compression;

namespace FaLW.Data;

/// <summary>
/// The IDX files of MNIST and Fashion-MNIST, gzipped or not: big-endian header, then one byte per pixel
/// or label. Four files: train images, train labels, test images, test labels. Another set has the same file names: it is
/// told by the digest of its train labels (<c>another</c>).
/// </summary>
internal sealed class Idx(Benchmark benchmark, ValueList<string> places, ValueList<DataFile> files, int trainCount, int testCount, string? another = null)
    : ImageForm(benchmark, files[0].Name.EndsWith(".gz", StringComparison.Ordinal) ? "gzipped IDX files" : "IDX files", places, files)
{
    private static readonly Published[] Fashion =
    [
        new("train-images-idx3-ubyte", 26_421_880, "8d4fb7e6c68d591d4c3dfef9ec88bf0d", 47_040_016, "f4a8712d7a061bf5bd6d2ca38dc4d50a"),
        new("train-labels-idx1-ubyte", 29_515, "25c81989df183df01b3e8a0aad5dffbe", 60_008, "9018921c3c673c538a1fc5bad174d6f9"),
        new("t10k-images-idx3-ubyte", 4_422_102, "bef4ecab320f06d8554ea6380940ec79", 7_840_016, "8181f5470baa50b63fa0f6fddb340f0a"),
        new("t10k-labels-idx1-ubyte", 5_148, "bb300cfdad3c16e7a12a480ee83cd310", 10_008, "15d484375f8d13e6eb1aabb0c3f46965"),
    ];

    private static readonly Published[] Handwritten =
    [
        new("train-images-idx3-ubyte", 9_912_422, "f68b3c2dcbeaaa9fbdd348bbdeb94873", 47_040_016, "6bbc9ace898e44ae57da46a324031adb"),
        new("train-labels-idx1-ubyte", 28_881, "d53e105ee54ea40749a09fcbcd1e9432", 60_008, "a25bea736e30d166cdddb491f175f624"),
        new("t10k-images-idx3-ubyte", 1_648_877, "9fb629c4189551a2d022fa330f9573f3", 7_840_016, "2646ac647ad5339dbf082846283269ea"),
        new("t10k-labels-idx1-ubyte", 4_542, "ec29112dd5afa0611ce80d1b7f02629c", 10_008, "27ae3e4e09519cfbb04c329615203637"),
    ];

    public static ValueList<ImageForm> FashionMnist { get; } =
        Forms(Benchmark.FashionMnist, "fashion-mnist", "http://fashion-mnist.s3-website.eu-central-1.amazonaws.com/", Fashion, Handwritten[1]);

    public static ValueList<ImageForm> Mnist { get; } =
        Forms(Benchmark.Mnist, "mnist", "https://ossci-datasets.s3.amazonaws.com/mnist/", Handwritten, Fashion[1]);

    internal override RawImages Read(string folder)
    {
        var pixels = new byte[(trainCount + testCount) * Benchmark.Pixels];
        var labels = new byte[trainCount + testCount];
        var train = trainCount * Benchmark.Pixels;
        Fill(folder, Files[0], [0x803, trainCount, Benchmark.Height, Benchmark.Width], pixels.AsSpan(0, train));
        Fill(folder, Files[1], [0x801, trainCount], labels.AsSpan(0, trainCount));
        Fill(folder, Files[2], [0x803, testCount, Benchmark.Height, Benchmark.Width], pixels.AsSpan(train));
        Fill(folder, Files[3], [0x801, testCount], labels.AsSpan(trainCount));
        return new RawImages(Benchmark, pixels, [.. labels.Select(label => (int)label)], trainCount);
    }

    private protected override bool Holds(string folder) => base.Holds(folder) && (another is null || !IsAnother(folder));

    private bool IsAnother(string folder) => DataShelf.Check(folder, "", () => (Files[1] with { Size = 0, Digest = another }).Verified(folder).Dispose()).Holds;

    private static void Fill(string folder, DataFile file, int[] header, Span<byte> content)
    {
        using var stream = file.Verified(folder);
        try
        {
            using Stream bytes = file.Name.EndsWith(".gz", StringComparison.Ordinal) ? new GZipStream(stream, CompressionMode.Decompress) : stream;
            Fill(bytes, stream.Name, header, content);
        }
        catch (Exception broken) when (broken is InvalidDataException or IOException)
        {
            throw FileFault.Corrupt(stream.Name, "an IDX file", broken);
        }
    }

    internal static void Fill(Stream bytes, string path, int[] header, Span<byte> content)
    {
        var start = new byte[header.Length * 4];
        var got = bytes.ReadAtLeast(start, start.Length, throwOnEndOfStream: false);
        if (got < start.Length) throw FileFault.EndsEarly(path, start.Length + content.Length, got);
        int[] found = [.. header.Select((_, i) => BinaryPrimitives.ReadInt32BigEndian(start.AsSpan(4 * i)))];
        if (!found.SequenceEqual(header))
            throw FileFault.Content(path, $"the IDX header {string.Join(' ', header)}", string.Join(' ', found));
        got = bytes.ReadAtLeast(content, content.Length, throwOnEndOfStream: false);
        if (got < content.Length) throw FileFault.EndsEarly(path, start.Length + content.Length, start.Length + got);
        if (bytes.ReadByte() >= 0) throw FileFault.TooLong(path, start.Length + content.Length);
    }

    // Torchvision, Zalando and LeCun write the names with a hyphen, Kaggle's copy writes a dot; nobody agrees on zipping.
    private static ValueList<ImageForm> Forms(Benchmark benchmark, string place, string site, Published[] files, Published another)
    {
        ValueList<string> places = [place, $"{place}/raw"];
        return
        [
            new Idx(benchmark, places, [.. files.Select(f => new DataFile($"{f.Name}.gz", f.ZippedSize, $"md5:{f.ZippedMd5}", $"{site}{f.Name}.gz"))], 60_000, 10_000, $"md5:{another.ZippedMd5}"),
            .. new[] { "-idx", ".idx" }.Select(mark => new Idx(
                benchmark, places, [.. files.Select(f => new DataFile(f.Name.Replace("-idx", mark, StringComparison.Ordinal), f.Size, $"md5:{f.Md5}"))], 60_000, 10_000, $"md5:{another.Md5}")),
        ];
    }

    private sealed record Published(string Name, long ZippedSize, string ZippedMd5, long Size, string Md5);
}
