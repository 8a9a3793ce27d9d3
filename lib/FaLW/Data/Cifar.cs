using System.Formats.Tar;
using System.IO.Compression;

namespace FaLW.Data;

/// <summary>A binary file of fixed-size records as CIFAR has them; the digest is of the decoded bytes, null when none is published.</summary>
internal sealed record CifarPart(string Name, int Records, string? Digest = null, long PackedSize = 0, string? PackedDigest = null);

/// <summary>
/// The official CIFAR binary layout: label bytes, then red, green and blue planes of 32x32 bytes. The
/// last label byte counts (CIFAR-100 has the coarse label before the fine one). The first records of all parts in order are the train part.
/// </summary>
internal sealed record CifarLayout(Benchmark Benchmark, int LabelBytes, ValueList<CifarPart> Parts, int TrainCount)
{
    public static CifarLayout Cifar10 { get; } = new(
        Benchmark.Cifar10, 1,
        [
            new("data_batch_1.bin", 10_000, "sha256:cee916563c9f80d84e3cc88e17fdc0941787f1244f00a67874d45b261883ada5", 15_815_022, "sha256:287f61cb6b9308f401ed196e37d015c1499f24069b254022a1668b7c560c26f5"),
            new("data_batch_2.bin", 10_000, "sha256:a591ca11fa1708a91ee40f54b3da4784ccd871ecf2137de63f51ada8b3fa57ed", 15_861_709, "sha256:53c86d06e1f4ca265378583fe31cae82f573e747f1a45370c5546ed9ba389fd9"),
            new("data_batch_3.bin", 10_000, "sha256:bbe8596564c0f86427f876058170b84dac6670ddf06d79402899d93ceea26f67", 15_863_985, "sha256:17b9d302982a2fd0019664c0e00b7014759cf58086b8f59ec5a0fd8f36168eb0"),
            new("data_batch_4.bin", 10_000, "sha256:014e562d6e23c72197cc727519169a60359f5eccd8945ad5a09d710285ff4e48", 15_840_305, "sha256:b4efa2f992985aed810e816bc8c6da3c194b2c2f10aa886aeea0db95cbb9e334"),
            new("data_batch_5.bin", 10_000, "sha256:755304fc0b379caeae8c14f0dac912fbc7d6cd469eb67a1029a08a39453a9add", 15_805_729, "sha256:53efcb07a726c11afa27385852ca8eb993e04aad4fe88a1a1bf931b28c4ea4f9"),
            new("test_batch.bin", 10_000, "sha256:8e2eb146ae340b09e24670f29cabc6326dba54da8789dab6768acf480273f65b", 15_842_702, "sha256:4f0ca427a141a003056dedebee6ec9bba846b97c309019419a7517e7c535144d"),
        ],
        50_000);

    public static CifarLayout Cifar100 { get; } = new(
        Benchmark.Cifar100, 2,
        [
            new("train.bin", 50_000, "sha256:f31298fc616915fa142368359df1c4ca2ae984d6915ca468b998a5ec6aeebf29", 80_242_504, "sha256:21ceb5b213986861da3f99fa59fa0902a008be8765da4d4ee6c6048b429ca73f"),
            new("test.bin", 10_000, "sha256:d8b1e6b7b3bee4020055f0699b111f60b1af1e262aeb93a0b659061746f8224a", 16_085_876, "sha256:cef5cca497970ef1ed6f879e795afe9def2a5eab16d081c2901936c3d59465f1"),
        ],
        50_000);

    /// <summary>The first 4,000 records of CIFAR-10's first training file.</summary>
    public static CifarLayout Cifar10Sample { get; } = new(
        Benchmark.Cifar10Sample, 1,
        [new("data_batch_1.first4000.bin", 4_000, "sha256:0993cf8b8e43bc207603aef9787006995746513f5e3fa5a52e06d1b069926330", 6_348_567, "sha256:4927527b9d50988be29b7a36978ea2f20dda92cb44f0f722afc85b04eea67fcb")],
        3_200);

    public int RecordBytes => LabelBytes + Benchmark.Pixels;

    /// <summary>Packed, unpacked from the official archive, and the archive itself.</summary>
    public ValueList<ImageForm> Forms(string place, string unpacked, long archiveSize, string archiveDigest)
    {
        var archive = $"{place}-binary.tar.gz";
        return
        [
            Packed(place), Binary(unpacked, place, $"{place}/{unpacked}"),
            new CifarArchive(this, [place, ""], new DataFile(archive, archiveSize, archiveDigest, $"https://www.cs.toronto.edu/~kriz/{archive}")),
        ];
    }

    /// <summary>The official binary files, unpacked from their archive.</summary>
    public CifarFiles Binary(params ValueList<string> places) =>
        new(this, "official binary files", places, [.. Parts.Select(part => new DataFile(part.Name, (long)part.Records * RecordBytes, part.Digest))]);

    /// <summary>The official binary files through the reversible filter and Brotli, named *.med.br.</summary>
    public CifarFiles Packed(params ValueList<string> places) =>
        new(this, "packed records", places, [.. Parts.Select(part => new DataFile($"{part.Name}.med.br", part.PackedSize, part.PackedDigest))], packed: true);
}

/// <summary>CIFAR as one file for each part.</summary>
internal sealed class CifarFiles(CifarLayout layout, string title, ValueList<string> places, ValueList<DataFile> files, bool packed = false)
    : ImageForm(layout.Benchmark, title, places, files)
{
    internal override string? ForeignIn(string shelf)
    {
        string[] pickles = [.. layout.Parts.Select(part => Path.GetFileNameWithoutExtension(part.Name))];
        var found = (
            from folder in Folders(shelf)
            let archive = Path.Combine(folder, $"{layout.Benchmark.Name.ToLowerInvariant()}-python.tar.gz")
            where pickles.All(name => File.Exists(Path.Combine(folder, name))) || File.Exists(archive)
            select File.Exists(archive) ? archive : folder).FirstOrDefault();
        return found is null ? null
            : $"{found} is {layout.Benchmark.Name} for Python, as pickles: this kit does not read them, since opening a pickle runs what is in it; it reads the binary version of the same site.";
    }

    internal override RawImages Read(string folder)
    {
        var reading = new CifarReading(layout);
        for (var part = 0; part < Files.Count; part++)
        {
            using var file = Files[part].Open(folder);
            using Stream records = packed ? new BrotliStream(file, CompressionMode.Decompress) : file;
            reading.Fill(part, records, file.Name, packed);
        }

        return reading.Images();
    }
}

/// <summary>CIFAR as the official .tar.gz, read without unpacking it to disk.</summary>
internal sealed class CifarArchive(CifarLayout layout, ValueList<string> places, DataFile archive)
    : ImageForm(layout.Benchmark, "official archive", places, [archive])
{
    internal override RawImages Read(string folder)
    {
        using var file = archive.Verified(folder);
        var reading = new CifarReading(layout);
        try
        {
            using var unzipped = new GZipStream(file, CompressionMode.Decompress);
            using var tar = new TarReader(unzipped);
            var missing = Enumerable.Range(0, layout.Parts.Count).ToList();
            while (missing.Count > 0 && tar.GetNextEntry() is { } entry)
            {
                var at = missing.FindIndex(part => layout.Parts[part].Name == Path.GetFileName(entry.Name));
                if (at < 0) continue;
                reading.Fill(missing[at], entry.DataStream ?? Stream.Null, $"{file.Name} ({entry.Name})", packed: false);
                missing.RemoveAt(at);
            }

            if (missing.Count > 0)
                throw FileFault.Content(file.Name, string.Join(", ", layout.Parts.Select(p => p.Name)), $"no {layout.Parts[missing[0]].Name}");
            return reading.Images();
        }
        catch (Exception broken) when (broken is InvalidDataException or IOException or FormatException or ArgumentException or OverflowException)
        {
            throw FileFault.Corrupt(file.Name, "a .tar.gz archive", broken);
        }
    }
}

/// <summary>Fills pixels and labels from the streams of a layout's parts: read first, then restored on all cores, then compared with the published digest.</summary>
internal sealed class CifarReading(CifarLayout layout)
{
    private readonly byte[] pixels = new byte[layout.Parts.Sum(part => part.Records) * layout.Benchmark.Pixels];
    private readonly int[] labels = new int[layout.Parts.Sum(part => part.Records)];

    public RawImages Images() => new(layout.Benchmark, pixels, labels, layout.TrainCount);

    public void Fill(int part, Stream stream, string path, bool packed)
    {
        var (first, count) = (layout.Parts.Take(part).Sum(p => p.Records), layout.Parts[part].Records);
        var records = new byte[count * layout.RecordBytes];
        int got;
        bool more;
        try
        {
            got = stream.ReadAtLeast(records, records.Length, throwOnEndOfStream: false);
            more = stream.ReadByte() >= 0;
        }
        catch (Exception broken) when (broken is InvalidDataException or InvalidOperationException or IOException)
        {
            throw FileFault.Corrupt(path, "image records", broken);
        }

        if (got < records.Length) throw FileFault.EndsEarly(path, records.Length, got);
        if (more) throw FileFault.TooLong(path, records.Length);
        Parallel.For(0, count, i =>
        {
            var record = records.AsSpan(i * layout.RecordBytes, layout.RecordBytes);
            var image = record[layout.LabelBytes..];
            if (packed) Restore(image, layout.Benchmark.Height * layout.Benchmark.Width, layout.Benchmark.Width);
            labels[first + i] = record[layout.LabelBytes - 1];
            image.CopyTo(pixels.AsSpan((first + i) * layout.Benchmark.Pixels));
        });
        if (layout.Parts[part].Digest is { } digest && DataFile.DigestOf(new MemoryStream(records), digest) is var found && found != digest)
            throw FileFault.Digest(path, digest, found);
    }

    // Undoes the reversible filter of the packed records: each plane was replaced by its difference to the median of left, upper and
    // left + upper - upper-left neighbour (the MED predictor of JPEG-LS, Weinberger et al. 2000), red and blue before that by their
    // difference to green. All modulo 256.
    private static void Restore(Span<byte> image, int plane, int width)
    {
        for (var colour = 0; colour < image.Length; colour += plane) Sum(image.Slice(colour, plane), width);
        for (var i = 0; i < plane; i++)
        {
            image[i] = (byte)(image[i] + image[plane + i] - 128);
            image[2 * plane + i] = (byte)(image[2 * plane + i] + image[plane + i] - 128);
        }
    }

    private static void Sum(Span<byte> plane, int width)
    {
        for (var x = 1; x < width; x++) plane[x] += plane[x - 1];
        for (var row = width; row < plane.Length; row += width)
        {
            int left = plane[row] += plane[row - width];
            for (var i = row + 1; i < row + width; i++)
            {
                int up = plane[i - width], corner = plane[i - width - 1];
                plane[i] = (byte)(left = (plane[i] + Median(left, up, left + up - corner)) & 255);
            }
        }
    }

    private static int Median(int a, int b, int c) => Math.Max(Math.Min(a, b), Math.Min(Math.Max(a, b), c));
}
