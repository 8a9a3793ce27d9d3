using System.Text.RegularExpressions;

namespace FaLW.Data;

/// <summary>One way in which an image set lies on disk.</summary>
public abstract class ImageForm
{
    // Archives, and tables of other sites, by how their names end.
    private static readonly string[] Packs = [".zip", ".tar", ".tar.gz", ".tgz", ".7z", ".rar"], Tables = [".csv", ".parquet", ".arrow", ".npz", ".pt", ".h5"];

    private protected ImageForm(Benchmark benchmark, string title, ValueList<string> places, ValueList<DataFile> files) =>
        (Benchmark, Title, Places, Files) = (benchmark, title, places, files);

    /// <summary>Which set.</summary>
    public Benchmark Benchmark { get; }

    /// <summary>The form in words, for tables: "packed records", "official archive".</summary>
    public string Title { get; }

    /// <summary>
    /// Folders below a shelf folder in which the files are looked for first, "" being the shelf folder itself; the first of them is where they are
    /// fetched to. None for a set that needs no file.
    /// </summary>
    public ValueList<string> Places { get; }

    /// <summary>The files that must all be there; none for a set that needs no file.</summary>
    public ValueList<DataFile> Files { get; }

    /// <summary>
    /// The folder that holds all files, or null: one of <see cref="Places"/>, the shelf folder itself, a folder whose name tells the set however it is
    /// written ("MNIST", "cifar-10-binary"), be it the shelf folder, or one right below it, or one of the places below any other folder.
    /// </summary>
    internal string? FolderIn(string shelf) => Folders(shelf).FirstOrDefault(Holds);

    /// <summary>A sentence for a folder that holds this set in a form that is known and not read, or null.</summary>
    internal virtual string? ForeignIn(string shelf) => null;

    /// <summary>A sentence for a folder that holds some of the files but not all, or null.</summary>
    internal string? PartlyIn(string shelf) => (
        from folder in Folders(shelf)
        let missing = Files.Where(file => !File.Exists(file.PathIn(folder))).Select(file => file.Name).ToList()
        where missing.Count > 0 && missing.Count < Files.Count
        select $"{folder} lacks {string.Join(", ", missing)}.").FirstOrDefault();

    /// <summary>A sentence for an archive or a table that has the name of this set and is not read as it is, or null.</summary>
    internal string? OtherIn(string shelf) => (
        from folder in Folders(shelf)
        from file in In(folder, Directory.GetFiles)
        where IsNamed(Path.Combine(Path.GetFileName(shelf), Path.GetRelativePath(shelf, file)))
        let isPack = Packs.Any(end => file.EndsWith(end, StringComparison.OrdinalIgnoreCase))
        where isPack || Tables.Any(end => file.EndsWith(end, StringComparison.OrdinalIgnoreCase))
        select isPack ? $"{file} is not the official archive; unpack it there, and official files in it are found." : $"{file} is not one of the official files, and this kit reads no other.").FirstOrDefault();

    /// <summary>Reads the whole set from the folder that holds its files, or throws; nothing half-loaded is ever returned.</summary>
    /// <exception cref="Fault">A file is missing, cut short, damaged or not the published one.</exception>
    internal abstract RawImages Read(string folder);

    /// <summary>The folders that are looked through, in order; some may not exist.</summary>
    private protected IEnumerable<string> Folders(string shelf)
    {
        if (Places.Count == 0) yield break;
        foreach (var place in Places) yield return Path.Combine(shelf, place);
        yield return shelf;
        var isOwn = IsNamed(Path.GetFileName(shelf));
        foreach (var folder in In(shelf, Directory.GetDirectories))
        {
            if (isOwn) yield return folder;
            if (IsNamed(Path.GetFileName(folder)))
                foreach (var own in In(folder, Directory.GetDirectories).Prepend(folder)) yield return own;
            foreach (var place in Places) yield return Path.Combine(folder, place);
        }
    }

    /// <summary>True when the folder holds all files, whole or not.</summary>
    private protected virtual bool Holds(string folder) => Files.All(file => File.Exists(file.PathIn(folder)));

    // Of the sets whose names stand in a name or path, however they are written there, the longest: "KMNIST" is not MNIST, "cifar-100.zip" not CIFAR-10.
    private bool IsNamed(string name) => Benchmark.All.Where(set => Regex.IsMatch(
        name, $"(?<![a-z]){string.Join("[^a-z0-9]*", Benchmark.Plain(set.Name).AsEnumerable())}{(char.IsDigit(set.Name[^1]) ? "(?![0-9])" : "")}",
        RegexOptions.IgnoreCase | RegexOptions.CultureInvariant, TimeSpan.FromMinutes(1))).MaxBy(set => set.Name.Length) == Benchmark;

    private static string[] In(string folder, Func<string, string[]> list)
    {
        try
        {
            return Directory.Exists(folder) ? [.. list(folder).Order(StringComparer.Ordinal)] : [];
        }
        catch (Exception closed) when (closed is IOException or UnauthorizedAccessException)
        {
            return [];
        }
    }
}

/// <summary>
/// The forms in which each image set may lie on disk, best first, with the digests their authors publish:
/// cs.toronto.edu/~kriz/cifar.html, the README of zalandoresearch/fashion-mnist, and for MNIST and
/// Tiny-ImageNet the values that torchvision and public loaders check.
/// </summary>
public static class ImageForms
{
    private static readonly Dictionary<string, ValueList<ImageForm>> All = new ValueList<ImageForm>[]
    {
        CifarLayout.Cifar10.Forms("cifar-10", "cifar-10-batches-bin", 170_052_171, "sha256:c4a38c50a1bc5f3a1c5537f2155ab9d68f9f25eb1ed8d9ddda3db29a59bca1dd"),
        [CifarLayout.Cifar10Sample.Packed("cifar-10-official-sample")],
        CifarLayout.Cifar100.Forms("cifar-100", "cifar-100-binary", 168_513_733, "sha256:58a81ae192c23a4be8b1804d68e518ed807d710a4eb253b1f2a199162a40d8ec"),
        Idx.FashionMnist,
        Idx.Mnist,
        [
            new TinyImageNet(Benchmark.TinyImageNet, 500, 10_000, zip: null),
            new TinyImageNet(Benchmark.TinyImageNet, 500, 10_000, new DataFile(
                "tiny-imagenet-200.zip", 248_100_043, "md5:90528d7ca1a48142e341f4ef8d21d0de", "http://cs231n.stanford.edu/tiny-imagenet-200.zip")),
        ],
        [new Digits()],
        [new TurnedDigits()],
        [new Synthetic()],
    }.ToDictionary(forms => forms[0].Benchmark.Name, StringComparer.Ordinal);

    /// <summary>The form of a set that its authors offer for download, or null.</summary>
    public static ImageForm? Offered(Benchmark benchmark) =>
        Of(benchmark).FirstOrDefault(form => form.Files.Count > 0 && form.Files.All(file => file.Url is not null));

    /// <summary>The forms of a set, best first.</summary>
    internal static ValueList<ImageForm> Of(Benchmark benchmark) => All.TryGetValue(benchmark.Name, out var forms)
        ? forms
        : throw new Fault($"Nobody knows how to read {benchmark.Name}; known sets are {string.Join(", ", All.Keys)}.");
}
