using System.IO.Compression;
using System.Text;
using SkiaSharp;

namespace FaLW.Data;

/// <summary>
/// Tiny-ImageNet-200 as its official folder or .zip: train/ID/images/ID_n.JPEG and
/// val/images/val_n.JPEG with val/val_annotations.txt; or with val sorted into a folder of each class, as many unpack it. Labels follow the sorted class ids, rows the sorted
/// class ids and then n, as torchvision's ImageFolder would give them with numbers in natural order. The
/// official validation images are the test part, since the official test images have no labels.
/// </summary>
internal sealed class TinyImageNet(Benchmark benchmark, int trainPerClass, int testCount, DataFile? zip)
    : ImageForm(benchmark, zip is null ? "official folder" : "official archive", zip is null ? [Root] : ["", Root], zip is null ? [] : [zip])
{
    private const string Root = "tiny-imagenet-200", Annotations = "val/val_annotations.txt";

    internal override RawImages Read(string folder)
    {
        if (zip is null) return Read(name => Path.Combine(folder, name), name => Whole(new DataFile(name).Open(folder)), UnderVal(folder));
        using var file = zip.Verified(folder);
        try
        {
            using var archive = new ZipArchive(file, ZipArchiveMode.Read);
            return Read(name => $"{file.Name} ({Root}/{name})", name => OfArchive(archive, file.Name, $"{Root}/{name}"), [.. archive.Entries.Select(entry => entry.FullName[Math.Min(Root.Length + 1, entry.FullName.Length)..])]);
        }
        catch (Exception broken) when (broken is InvalidDataException or IOException)
        {
            throw FileFault.Corrupt(file.Name, "a .zip archive", broken);
        }
    }

    private protected override bool Holds(string folder) =>
        zip is null ? File.Exists(Path.Combine(folder, "wnids.txt")) : base.Holds(folder);

    private RawImages Read(Func<string, string> pathOf, Func<string, byte[]> bytes, IReadOnlyCollection<string> names)
    {
        string[] Lines(string name) => Encoding.UTF8.GetString(bytes(name)).TrimStart('\uFEFF').Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
        string[] ids = [.. Lines("wnids.txt").Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal)];
        var label = ids.Index().ToDictionary(id => id.Item, id => id.Index, StringComparer.Ordinal);
        if (ids.FirstOrDefault(id => !id.All(char.IsAsciiLetterOrDigit)) is { } odd) throw FileFault.Content(pathOf("wnids.txt"), "one class id in each line, such as n01443537", $"'{odd}'");
        if (label.Count != Benchmark.Classes)
            throw FileFault.Content(pathOf("wnids.txt"), Invariant($"{Benchmark.Classes} class ids"), Invariant($"{label.Count}"));
        var train = ids.SelectMany(id => Enumerable.Range(0, trainPerClass)
            .Select(n => (Name: Invariant($"train/{id}/images/{id}_{n}.JPEG"), Id: id)));
        var sorted = Sorted(names, label);
        var test = sorted.Count > 0 ? sorted : Lines(Annotations).Select(line => line.Split('\t'))
            .Where(cells => cells.Length > 1).Select(cells => (Name: $"val/images/{cells[0]}", Id: cells[1])).ToList();
        if (test.CountBy(t => t.Name).FirstOrDefault(picture => picture.Value > 1) is { Value: > 1 } twice)
            throw FileFault.Content(pathOf(Annotations), "each picture once", Invariant($"{Path.GetFileName(twice.Key)} {twice.Value} times"));
        if (test.Count != testCount || test.FirstOrDefault(t => !label.ContainsKey(t.Id)) is { Id: not null })
            throw FileFault.Content(pathOf(sorted.Count > 0 ? "val" : Annotations), Invariant($"{testCount} pictures of known classes"), Invariant($"{test.Count}, or one of an unknown class"));
        (string Name, string Id)[] all = [.. train, .. test];
        return new RawImages(Benchmark, Decoded([.. all.Select(p => p.Name)], pathOf, bytes), [.. all.Select(p => label[p.Id])], ids.Length * trainPerClass);
    }

    // The validation pictures val/ID/val_n.JPEG or val/ID/images/val_n.JPEG in the order of n, which is the official one; none where they are not sorted by class.
    private static List<(string Name, string Id)> Sorted(IEnumerable<string> names, Dictionary<string, int> label) =>
    [
        .. names.Select(name => name.Split('/'))
            .Where(parts => parts is ["val", _, ..] && label.ContainsKey(parts[1]) && parts[^1].EndsWith(".JPEG", StringComparison.Ordinal))
            .OrderBy(parts => parts[^1].Length).ThenBy(parts => parts[^1], StringComparer.Ordinal).Select(parts => (string.Join('/', parts), parts[1])),
    ];

    private static string[] UnderVal(string folder)
    {
        var val = Path.Combine(folder, "val");
        return Directory.Exists(val) ? [.. Directory.EnumerateFiles(val, "*.JPEG", SearchOption.AllDirectories).Select(path => Path.GetRelativePath(folder, path).Replace('\\', '/'))] : [];
    }

    // On all cores, in the order of the names.
    private byte[] Decoded(string[] names, Func<string, string> pathOf, Func<string, byte[]> bytes)
    {
        var pixels = new byte[names.Length * Benchmark.Pixels];
        try
        {
            Parallel.For(0, names.Length, i =>
            {
                try
                {
                    Decode(bytes(names[i]), Benchmark, pixels.AsSpan(i * Benchmark.Pixels, Benchmark.Pixels));
                }
                catch (InvalidDataException broken)
                {
                    throw FileFault.Corrupt(pathOf(names[i]), "a JPEG picture", broken);
                }
            });
        }
        catch (AggregateException several) when (several.InnerExceptions.OfType<Fault>().FirstOrDefault() is { } fault)
        {
            throw new Fault(fault.Message, several);
        }

        return pixels;
    }

    /// <summary>Decodes a picture of a set's size, channel by channel; a grey one is alike in all three.</summary>
    /// <exception cref="InvalidDataException">Not a whole JPEG picture of that size.</exception>
    internal static void Decode(byte[] jpeg, Benchmark benchmark, Span<byte> planes)
    {
        using var data = SKData.CreateCopy(jpeg);
        using var codec = SKCodec.Create(data);
        if (codec is not { EncodedFormat: SKEncodedImageFormat.Jpeg }) throw new InvalidDataException("it is not a JPEG picture");
        if ((codec.Info.Height, codec.Info.Width) != (benchmark.Height, benchmark.Width))
            throw new InvalidDataException(Invariant($"it is {codec.Info.Width}x{codec.Info.Height} pixels instead of {benchmark.Width}x{benchmark.Height}"));
        if (codec.GetPixels(new SKImageInfo(benchmark.Width, benchmark.Height, SKColorType.Rgba8888, SKAlphaType.Opaque), out var colours) != SKCodecResult.Success)
            throw new InvalidDataException("the picture is cut short or damaged");
        var plane = benchmark.Height * benchmark.Width;
        for (var i = 0; i < planes.Length; i++) planes[i] = colours[i % plane * 4 + i / plane];
    }

    // An archive has one file position, so its entries take turns; decoding them does not.
    private static byte[] OfArchive(ZipArchive archive, string path, string name)
    {
        lock (archive) return Whole((archive.GetEntry(name) ?? throw FileFault.Content(path, name, "no such entry")).Open());
    }

    private static byte[] Whole(Stream stream)
    {
        using var bytes = new MemoryStream();
        using (stream) stream.CopyTo(bytes);
        return bytes.ToArray();
    }
}
