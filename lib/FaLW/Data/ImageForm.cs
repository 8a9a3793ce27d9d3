namespace FaLW.Data;

/// <summary>One way in which an image set lies on disk.</summary>
/// <param name="benchmark">Which set.</param>
/// <param name="title">The form in words, for tables: "packed records", "official archive".</param>
/// <param name="places">Folders below a shelf folder in which the files are looked for first; "" is the shelf folder itself.</param>
/// <param name="files">The files that must all be there.</param>
public abstract class ImageForm(Benchmark benchmark, string title, ValueList<string> places, ValueList<DataFile> files)
{
    /// <summary>Which set.</summary>
    public Benchmark Benchmark => benchmark;

    /// <summary>The form in words.</summary>
    public string Title => title;

    /// <summary>Folders below a shelf folder in which the files are looked for first; the first of them is where they are fetched to.</summary>
    public ValueList<string> Places => places;

    /// <summary>The files that must all be there; none for a set that needs no file.</summary>
    public ValueList<DataFile> Files => files;

    /// <summary>
    /// The folder that holds all files, or null: one of <see cref="Places"/>, the shelf folder itself, a folder whose name tells the set however it is
    /// written ("MNIST", "cifar-10-binary") or one right below it, or one of the places below any other folder.
    /// </summary>
    /// <param name="shelf">A shelf folder; need not exist.</param>
    public string? FolderIn(string shelf) => Folders(shelf).FirstOrDefault(Holds);

    /// <summary>A sentence for a folder that holds this set in a form that is known and not read, or null.</summary>
    /// <param name="shelf">A shelf folder; need not exist.</param>
    public virtual string? ForeignIn(string shelf) => null;

    /// <summary>A sentence for a folder that holds some of the files but not all, or null.</summary>
    /// <param name="shelf">A shelf folder; need not exist.</param>
    public string? PartlyIn(string shelf)
    {
        foreach (var folder in Folders(shelf))
        {
            var missing = files.Where(file => !File.Exists(Path.Combine(folder, file.Name))).Select(file => file.Name).ToList();
            if (missing.Count > 0 && missing.Count < files.Count) return $"{folder} lacks {string.Join(", ", missing)}.";
        }

        return null;
    }

    /// <summary>Reads the whole set or throws; nothing half-loaded is ever returned.</summary>
    /// <param name="folder">The folder that holds the files.</param>
    /// <exception cref="Fault">A file is missing, cut short, damaged or not the published one.</exception>
    public abstract RawImages Read(string folder);

    /// <summary>Compares every file with what is published; throws the first fault.</summary>
    /// <param name="folder">The folder that holds the files.</param>
    public virtual void Verify(string folder)
    {
        foreach (var file in files) file.Verify(folder);
    }

    /// <summary>The folders that are looked through, in order; some may not exist.</summary>
    /// <param name="shelf">A shelf folder; need not exist.</param>
    protected IEnumerable<string> Folders(string shelf)
    {
        if (places.Count == 0) yield break;
        foreach (var place in places) yield return Path.Combine(shelf, place);
        yield return shelf;
        foreach (var folder in Below(shelf))
        {
            if (Benchmark.Plain(Path.GetFileName(folder)).Contains(Benchmark.Plain(benchmark.Name), StringComparison.Ordinal))
                foreach (var own in Below(folder).Prepend(folder)) yield return own;
            foreach (var place in places) yield return Path.Combine(folder, place);
        }
    }

    /// <summary>True when the folder holds all files, whole or not.</summary>
    /// <param name="folder">Need not exist.</param>
    protected virtual bool Holds(string folder) => files.All(file => File.Exists(Path.Combine(folder, file.Name)));

    private static string[] Below(string folder)
    {
        try
        {
            return Directory.Exists(folder) ? [.. Directory.GetDirectories(folder).Order(StringComparer.Ordinal)] : [];
        }
        catch (Exception closed) when (closed is IOException or UnauthorizedAccessException)
        {
            return [];
        }
    }
}
