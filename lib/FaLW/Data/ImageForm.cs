namespace FaLW.Data;

/// <summary>One way in which an image set lies on disk.</summary>
/// <param name="benchmark">Which set.</param>
/// <param name="title">The form in words, for tables: "packed records", "official archive".</param>
/// <param name="places">Folders below a shelf folder in which the files may lie; "" is the shelf folder itself.</param>
/// <param name="files">The files that must all be there.</param>
public abstract class ImageForm(Benchmark benchmark, string title, ValueList<string> places, ValueList<DataFile> files)
{
    /// <summary>Which set.</summary>
    public Benchmark Benchmark => benchmark;

    /// <summary>The form in words.</summary>
    public string Title => title;

    /// <summary>Folders below a shelf folder in which the files may lie; the first is where they are fetched to.</summary>
    public ValueList<string> Places => places;

    /// <summary>The files that must all be there; none for a set that needs no file.</summary>
    public ValueList<DataFile> Files => files;

    /// <summary>The folder below a shelf folder that holds all files, or null.</summary>
    /// <param name="shelf">A shelf folder; need not exist.</param>
    public string? FolderIn(string shelf) => places.Select(place => Path.Combine(shelf, place)).FirstOrDefault(Holds);

    /// <summary>A sentence for a folder that holds some of the files but not all, or null.</summary>
    /// <param name="shelf">A shelf folder; need not exist.</param>
    public string? PartlyIn(string shelf)
    {
        foreach (var folder in places.Select(place => Path.Combine(shelf, place)))
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

    /// <summary>True when the folder holds all files, whole or not.</summary>
    /// <param name="folder">Need not exist.</param>
    protected virtual bool Holds(string folder) => files.All(file => File.Exists(Path.Combine(folder, file.Name)));
}
