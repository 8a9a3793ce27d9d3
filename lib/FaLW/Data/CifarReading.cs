using System.Security.Cryptography;

namespace FaLW.Data;

/// <summary>
/// Fills pixels and labels from the streams of a layout's parts. While one block is being read the one
/// before is restored, hashed and stored, so unpacking and checking cost no extra time on two cores.
/// </summary>
internal sealed class CifarReading(CifarLayout layout)
{
    private const int BlockRecords = 256;

    private readonly byte[] pixels = new byte[(long)layout.Records * layout.Benchmark.Pixels];
    private readonly int[] labels = new int[layout.Records];

    public RawImages Images() => new(layout.Benchmark, pixels, labels, layout.TrainCount);

    /// <summary>Reads one part; <paramref name="packed"/> says that planes are filtered as in <see cref="MedianFilter"/>.</summary>
    public void Fill(int part, Stream stream, string path, bool packed)
    {
        var (records, first) = (layout.Parts[part].Records, layout.FirstRecord(part));
        var expected = (long)records * layout.RecordBytes;
        using var hash = IncrementalHash.CreateHash(DataFile.Algorithm(layout.Parts[part].Digest));
        byte[][] blocks = [new byte[BlockRecords * layout.RecordBytes], new byte[BlockRecords * layout.RecordBytes]];
        var pending = Task.CompletedTask;
        for (var record = 0; record < records; record += BlockRecords)
        {
            var count = Math.Min(BlockRecords, records - record);
            var (block, at) = (blocks[record / BlockRecords % 2].AsMemory(0, count * layout.RecordBytes), first + record);
            var got = Decoding(path, () => stream.ReadAtLeast(block.Span, block.Length, throwOnEndOfStream: false));
            pending.GetAwaiter().GetResult();
            if (got < block.Length) throw FileFault.EndsEarly(path, expected, (long)record * layout.RecordBytes + got);
            pending = Task.Run(() => Store(block.Span, at, hash, packed));
        }

        pending.GetAwaiter().GetResult();
        if (Decoding(path, stream.ReadByte) >= 0) throw FileFault.TooLong(path, expected);
        if (layout.Parts[part].Digest is { } digest && DataFile.Text(hash) is var found && found != digest)
            throw FileFault.Digest(path, digest, found);
    }

    private void Store(Span<byte> block, int first, IncrementalHash hash, bool packed)
    {
        for (var record = 0; record * layout.RecordBytes < block.Length; record++)
        {
            var bytes = block.Slice(record * layout.RecordBytes, layout.RecordBytes);
            var image = bytes[layout.LabelBytes..];
            if (packed) MedianFilter.Restore(image, layout.Benchmark.Height, layout.Benchmark.Width);
            labels[first + record] = bytes[layout.LabelBytes - 1];
            image.CopyTo(pixels.AsSpan((int)((long)(first + record) * image.Length)));
        }

        hash.AppendData(block);
    }

    private static T Decoding<T>(string path, Func<T> read)
    {
        try
        {
            return read();
        }
        catch (Exception broken) when (broken is InvalidDataException or InvalidOperationException or IOException or ICSharpCode.SharpZipLib.SharpZipBaseException)
        {
            throw FileFault.Corrupt(path, "image records", broken);
        }
    }
}
