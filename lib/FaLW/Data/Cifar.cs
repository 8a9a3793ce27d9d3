using System.IO.Compression;
using System.Security.Cryptography;
using ICSharpCode.SharpZipLib.Tar;

namespace FaLW.Data;

/// <summary>CIFAR as the official binary files, unpacked from their archive.</summary>
/// <param name="layout">Which files with how many records.</param>
/// <param name="places">Folders in which they may lie.</param>
public sealed class CifarBinary(CifarLayout layout, ValueList<string> places) : ImageForm(
    layout.Benchmark, "official binary files", places,
    [.. layout.Parts.Select(part => new DataFile(part.Name, (long)part.Records * layout.RecordBytes, part.Digest))])
{
    /// <inheritdoc/>
    public override string? ForeignIn(string shelf)
    {
        string[] pickles = [.. layout.Parts.Select(part => Path.GetFileNameWithoutExtension(part.Name))];
        var archive = $"{layout.Benchmark.Name.ToLowerInvariant()}-python.tar.gz";
        var found = Folders(shelf).SelectMany(folder => pickles.All(name => File.Exists(Path.Combine(folder, name))) ? [folder] : new[] { Path.Combine(folder, archive) }.Where(File.Exists));
        return found.FirstOrDefault() is { } place
            ? $"{place} is {layout.Benchmark.Name} for Python, as pickles: this kit does not read them, since opening a pickle runs what is in it; it reads the binary version of the same site."
            : null;
    }

    /// <inheritdoc/>
    public override RawImages Read(string folder)
    {
        var reading = new CifarReading(layout);
        for (var part = 0; part < Files.Count; part++)
        {
            using var file = Files[part].Open(folder);
            reading.Fill(part, file, file.Name, packed: false);
        }

        return reading.Images();
    }
}

/// <summary>CIFAR as packed records: the official binary file through <see cref="MedianFilter"/> and Brotli, named *.med.br.</summary>
/// <param name="layout">Which files with how many records.</param>
/// <param name="places">Folders in which they may lie.</param>
/// <param name="files">For each part its packed file.</param>
public sealed class PackedRecords(CifarLayout layout, ValueList<string> places, ValueList<DataFile> files)
    : ImageForm(layout.Benchmark, "packed records", places, files)
{
    /// <inheritdoc/>
    public override RawImages Read(string folder)
    {
        var reading = new CifarReading(layout);
        for (var part = 0; part < Files.Count; part++)
        {
            using var file = Files[part].Open(folder);
            using var unpacked = new BrotliStream(file, CompressionMode.Decompress);
            reading.Fill(part, unpacked, file.Name, packed: true);
        }

        return reading.Images();
    }
}

/// <summary>CIFAR as the official .tar.gz, read without unpacking it to disk.</summary>
/// <param name="layout">Which files with how many records.</param>
/// <param name="places">Folders in which the archive may lie.</param>
/// <param name="archive">The archive.</param>
public sealed class CifarArchive(CifarLayout layout, ValueList<string> places, DataFile archive)
    : ImageForm(layout.Benchmark, "official archive", places, [archive])
{
    /// <inheritdoc/>
    public override RawImages Read(string folder)
    {
        using var file = archive.Open(folder);
        using var hash = IncrementalHash.CreateHash(DataFile.Algorithm(archive.Digest));
        using var hashed = new HashedStream(file, hash);
        var reading = new CifarReading(layout);
        try
        {
            Fill(reading, hashed, file.Name);
            hashed.CopyTo(Stream.Null);
        }
        catch (Exception broken) when (broken is InvalidDataException or IOException or ICSharpCode.SharpZipLib.SharpZipBaseException)
        {
            throw FileFault.Corrupt(file.Name, "a .tar.gz archive", broken);
        }

        var found = DataFile.Text(hash);
        if (archive.Digest is not null && found != archive.Digest) throw FileFault.Digest(file.Name, archive.Digest, found);
        return reading.Images();
    }

    private void Fill(CifarReading reading, Stream archived, string path)
    {
        using var unzipped = new GZipStream(archived, CompressionMode.Decompress, leaveOpen: true);
        using var tar = new TarInputStream(unzipped, System.Text.Encoding.UTF8) { IsStreamOwner = false };
        var missing = Enumerable.Range(0, layout.Parts.Count).ToList();
        while (missing.Count > 0 && tar.GetNextEntry() is { } entry)
        {
            var at = missing.FindIndex(part => layout.Parts[part].Name == Path.GetFileName(entry.Name));
            if (at < 0) continue;
            reading.Fill(missing[at], tar, $"{path} ({entry.Name})", packed: false);
            missing.RemoveAt(at);
        }

        if (missing.Count > 0)
            throw FileFault.Content(path, string.Join(", ", layout.Parts.Select(p => p.Name)), $"no {layout.Parts[missing[0]].Name}");
    }
}
