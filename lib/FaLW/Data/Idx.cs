using System.Buffers.Binary;
using System.IO.Compression;
using System.Security.Cryptography;

namespace FaLW.Data;

/// <summary>
/// The IDX files of MNIST and Fashion-MNIST, gzipped or not: big-endian header, then one byte per pixel
/// or label. Four files: train images, train labels, test images, test labels.
/// </summary>
/// <param name="benchmark">Which set.</param>
/// <param name="places">Folders in which the files may lie.</param>
/// <param name="files">The four files in the order above; a name ending in .gz is unzipped on the way.</param>
/// <param name="trainCount">Images of the train part.</param>
/// <param name="testCount">Images of the test part.</param>
/// <param name="another">Digest of the train labels of a set that has the same file names, so that one is not found in the folder of the other; null when there is none.</param>
public sealed class Idx(Benchmark benchmark, ValueList<string> places, ValueList<DataFile> files, int trainCount, int testCount, string? another = null)
    : ImageForm(benchmark, files[0].Name.EndsWith(".gz", StringComparison.Ordinal) ? "gzipped IDX files" : "IDX files", places, files)
{
    /// <inheritdoc/>
    public override RawImages Read(string folder)
    {
        var pixels = new byte[(trainCount + testCount) * Benchmark.Pixels];
        var labels = new byte[trainCount + testCount];
        Fill(folder, Files[0], ImageHeader(trainCount), pixels.AsMemory(0, trainCount * Benchmark.Pixels));
        Fill(folder, Files[1], [0x801, trainCount], labels.AsMemory(0, trainCount));
        Fill(folder, Files[2], ImageHeader(testCount), pixels.AsMemory(trainCount * Benchmark.Pixels));
        Fill(folder, Files[3], [0x801, testCount], labels.AsMemory(trainCount));
        return new RawImages(Benchmark, pixels, [.. labels.Select(label => (int)label)], trainCount);
    }

    /// <inheritdoc/>
    protected override bool Holds(string folder) => base.Holds(folder) && (another is null || TrainLabels(folder) != another);

    private string? TrainLabels(string folder)
    {
        try
        {
            using var labels = File.OpenRead(Path.Combine(folder, Files[1].Name));
            return (Files[1] with { Digest = another }).DigestOf(labels);
        }
        catch (Exception closed) when (closed is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }

    private int[] ImageHeader(int count) => [0x803, count, Benchmark.Height, Benchmark.Width];

    private static void Fill(string folder, DataFile file, int[] header, Memory<byte> content)
    {
        using var stream = file.Open(folder);
        using var hash = IncrementalHash.CreateHash(DataFile.Algorithm(file.Digest));
        using var hashed = new HashedStream(stream, hash);
        try
        {
            using Stream bytes = file.Name.EndsWith(".gz", StringComparison.Ordinal)
                ? new GZipStream(hashed, CompressionMode.Decompress, leaveOpen: true)
                : new BufferedStream(hashed);
            Fill(bytes, stream.Name, header, content.Span);
            hashed.CopyTo(Stream.Null);
        }
        catch (Exception broken) when (broken is InvalidDataException or IOException)
        {
            throw FileFault.Corrupt(stream.Name, "an IDX file", broken);
        }

        if (file.Digest is not null && DataFile.Text(hash) is var found && found != file.Digest)
            throw FileFault.Digest(stream.Name, file.Digest, found);
    }

    private static void Fill(Stream bytes, string path, int[] header, Span<byte> content)
    {
        var start = new byte[header.Length * 4];
        var got = bytes.ReadAtLeast(start, start.Length, throwOnEndOfStream: false);
        if (got < start.Length) throw FileFault.EndsEarly(path, start.Length + content.Length, got);
        int[] found = [.. Enumerable.Range(0, header.Length).Select(i => BinaryPrimitives.ReadInt32BigEndian(start.AsSpan(4 * i)))];
        if (!found.SequenceEqual(header))
            throw FileFault.Content(path, $"the IDX header {string.Join(' ', header)}", string.Join(' ', found));
        got = bytes.ReadAtLeast(content, content.Length, throwOnEndOfStream: false);
        if (got < content.Length) throw FileFault.EndsEarly(path, start.Length + content.Length, start.Length + got);
        if (bytes.ReadByte() >= 0) throw FileFault.TooLong(path, start.Length + content.Length);
    }
}
