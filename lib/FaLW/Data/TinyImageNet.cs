using System.IO.Compression;

namespace FaLW.Data;

/// <summary>
/// Tiny-ImageNet-200 as its official folder or .zip: train/ID/images/ID_n.JPEG and
/// val/images/val_n.JPEG with val/val_annotations.txt. Labels follow the sorted class ids, rows the sorted
/// class ids and then n, as torchvision's ImageFolder would give them with numbers in natural order. The
/// official validation images are the test part, since the official test images have no labels.
/// </summary>
/// <param name="benchmark">Shape and number of classes.</param>
/// <param name="trainPerClass">Training pictures of every class.</param>
/// <param name="testCount">Validation pictures in all.</param>
/// <param name="zip">The archive to read from; null to read from the unpacked folder.</param>
public sealed class TinyImageNet(Benchmark benchmark, int trainPerClass, int testCount, DataFile? zip)
    : ImageForm(benchmark, zip is null ? "official folder" : "official archive", zip is null ? [Root] : ["", Root], zip is null ? [] : [zip])
{
    private const string Root = "tiny-imagenet-200";

    /// <inheritdoc/>
    public override RawImages Read(string folder)
    {
        if (zip is null) return Read(new PictureFolder(folder));
        zip.Verify(folder);
        using var file = zip.Open(folder);
        try
        {
            using var archive = new ZipArchive(file, ZipArchiveMode.Read);
            return Read(new PictureZip(archive, file.Name, Root));
        }
        catch (Exception broken) when (broken is InvalidDataException or IOException)
        {
            throw FileFault.Corrupt(file.Name, "a .zip archive", broken);
        }
    }

    /// <inheritdoc/>
    protected override bool Holds(string folder) =>
        zip is null ? File.Exists(Path.Combine(folder, "wnids.txt")) : base.Holds(folder);

    private RawImages Read(IPictureSource source)
    {
        string[] ids = [.. Lines(source, "wnids.txt").Order(StringComparer.Ordinal)];
        var label = ids.Index().ToDictionary(id => id.Item, id => id.Index, StringComparer.Ordinal);
        if (label.Count != Benchmark.Classes)
            throw FileFault.Content(source.PathOf("wnids.txt"), FormattableString.Invariant($"{Benchmark.Classes} class ids"), FormattableString.Invariant($"{label.Count}"));
        var train = ids.SelectMany(id => Enumerable.Range(0, trainPerClass)
            .Select(n => (Name: FormattableString.Invariant($"train/{id}/images/{id}_{n}.JPEG"), Id: id)));
        var test = Lines(source, "val/val_annotations.txt").Select(line => line.Split('\t'))
            .Where(cells => cells.Length > 1).Select(cells => (Name: $"val/images/{cells[0]}", Id: cells[1])).ToList();
        if (test.Count != testCount || test.FirstOrDefault(t => !label.ContainsKey(t.Id)) is { Id: not null })
            throw FileFault.Content(source.PathOf("val/val_annotations.txt"), FormattableString.Invariant($"{testCount} pictures of known classes"), FormattableString.Invariant($"{test.Count}, or one of an unknown class"));
        (string Name, string Id)[] all = [.. train, .. test];
        return new RawImages(Benchmark, Pictures.Decode(source, [.. all.Select(p => p.Name)], Benchmark), [.. all.Select(p => label[p.Id])], ids.Length * trainPerClass);
    }

    private static string[] Lines(IPictureSource source, string name) =>
        System.Text.Encoding.UTF8.GetString(source.Bytes(name)).Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
}
