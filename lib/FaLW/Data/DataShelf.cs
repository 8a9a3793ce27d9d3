namespace FaLW.Data;

/// <summary>Where an image set was found.</summary>
/// <param name="Form">How it lies there.</param>
/// <param name="Folder">The folder that holds its files; empty for a set that needs none.</param>
public sealed record DataLocation(ImageForm Form, string Folder);

/// <summary>The result of checking one file.</summary>
/// <param name="Name">The file, or the set where it has no single files.</param>
/// <param name="Holds">True when nothing speaks against it.</param>
/// <param name="Finding">What was checked, or the fault as a sentence.</param>
public sealed record FileCheck(string Name, bool Holds, string Finding);

/// <summary>The folders in which image sets are looked for, in order, and the one they are fetched into.</summary>
/// <param name="folders">Searched in this order; need not exist.</param>
/// <param name="fetchInto">Where <see cref="Fetch"/> writes; created when needed.</param>
/// <param name="client">For <see cref="Fetch"/>; null for a plain one.</param>
public sealed class DataShelf(ValueList<string> folders, string fetchInto, HttpClient? client = null)
{
    /// <summary>The environment variable that names a folder searched before all others.</summary>
    public const string Variable = "FALW_DATA";

    /// <summary>Searched in this order; some may not exist.</summary>
    public ValueList<string> Folders => folders;

    /// <summary>Where <see cref="Fetch"/> writes.</summary>
    public string FetchInto => fetchInto;

    /// <summary>The usual shelf: <see cref="Variable"/>, then ../shared/data and data/ relative to the repository.</summary>
    /// <param name="root">The repository's root folder; null finds it from where the program or the user is.</param>
    public static DataShelf Default(string? root = null)
    {
        root ??= Checkout.Root();
        var own = Path.Combine(root, "data");
        var shared = Path.GetFullPath(Path.Combine(root, "..", "shared", "data"));
        return Environment.GetEnvironmentVariable(Variable) is { Length: > 0 } chosen
            ? new DataShelf([Path.GetFullPath(chosen), shared, own], Path.GetFullPath(chosen))
            : new DataShelf([shared, own], own);
    }

    /// <summary>Where a set is, or null. Only the presence of its files is looked at.</summary>
    public DataLocation? Find(Benchmark benchmark)
    {
        var forms = ImageForms.Of(benchmark);
        if (forms.FirstOrDefault(form => form.Places.Count == 0) is { } carried) return new DataLocation(carried, "");
        return (
            from shelf in folders
            from form in forms
            let folder = form.FolderIn(shelf)
            where folder is not null
            select new DataLocation(form, folder)).FirstOrDefault();
    }

    internal RawImages Read(DataSpec spec)
    {
        if (spec.Checked().Benchmark == Benchmark.Synthetic) return new Synthetic(spec.Difficulty).Read("").Only(spec);
        var place = Find(spec.Benchmark) ?? throw new Fault(Lack(spec.Benchmark));
        return place.Form.Read(place.Folder).Only(spec);
    }

    /// <summary>Training images of each class: counted in the files where the set is here, else as it is published.</summary>
    /// <returns>A count for every class, and whether it was counted.</returns>
    /// <exception cref="Fault">The set is not here, and not published with equal classes.</exception>
    public (ValueList<int> Counts, bool AreCounted) TrainCounts(Benchmark benchmark)
    {
        var spec = new DataSpec(benchmark, new ForgetRule(0.5, 0), UnseenShare: 0);
        if (Find(benchmark) is null)
            return ([.. Enumerable.Repeat(spec.TrainOfClass ?? throw new Fault(Lack(benchmark)), benchmark.Classes)], false);
        var (counts, images) = (new int[benchmark.Classes], Read(spec));
        foreach (var label in images.Labels.AsSpan(0, images.TrainCount)) counts[label]++;
        return ([.. counts], true);
    }

    /// <summary>Compares every file of a set with its published size and checksum and, where nothing speaks against them, reads the set: what holds here can be read.</summary>
    /// <param name="benchmark">Which set.</param>
    /// <param name="read">False leaves it at sizes and checksums, which takes a second.</param>
    /// <exception cref="Fault">The set is not here.</exception>
    public ValueList<FileCheck> Verify(Benchmark benchmark, bool read = true)
    {
        var (form, folder) = Find(benchmark) ?? throw new Fault(Lack(benchmark));
        FileCheck[] files = [.. form.Files.Select(file => Check(
            file.PathIn(folder), file.Digest is null ? "size holds, no checksum is published" : "size and checksum hold", () => file.Verified(folder).Dispose()))];
        return files.Length > 0 && (!read || files.Any(file => !file.Holds)) ? [.. files] : [.. files, Check(benchmark.Name, "read whole", () => form.Read(folder))];
    }

    /// <summary>Fetches a set from its official site: resumes what was begun, checks what came, keeps it only when whole.</summary>
    /// <param name="benchmark">Which set.</param>
    /// <param name="progress">Told the bytes done and in all of each file; may be null.</param>
    /// <param name="cancellation">Stops at once; a later call goes on from there.</param>
    /// <exception cref="Fault">No network, an unwilling site, a wrong checksum, a folder that cannot be written.</exception>
    public async Task Fetch(Benchmark benchmark, IProgress<FetchProgress>? progress = null, CancellationToken cancellation = default)
    {
        var form = ImageForms.Offered(benchmark) ?? throw new Fault(Find(benchmark) is { Folder: "" }
            ? $"{benchmark.Name} travels with this kit; there is nothing to fetch."
            : $"{benchmark.Name} has no official download; put its files into one of {string.Join(", ", folders)}.");
        await FetchFiles(form.Files, form.Places[0], progress, cancellation);
    }

    internal async Task FetchFiles(IEnumerable<DataFile> files, string place, IProgress<FetchProgress>? progress, CancellationToken cancellation)
    {
        foreach (var file in files)
            await new Download(client ?? Download.Client, file, Path.Combine(fetchInto, place), progress).Run(cancellation);
    }

    /// <summary>How to get a set that is not here, in a sentence: a set without an official site cannot be fetched.</summary>
    public static string Remedy(Benchmark benchmark) => ImageForms.Offered(benchmark) is null
        ? $"It has no official download; set {Variable} to the folder that holds {string.Join(" or ", ImageForms.Of(benchmark).SelectMany(form => form.Places).Distinct())}."
        : $"Run `falw data fetch {benchmark.Name}`, or set {Variable} to the folder that holds it.";

    /// <summary>What is here of a set that is not: its files in a form that is not read, some of them, or an archive; null where there is nothing.</summary>
    public string? Near(Benchmark benchmark)
    {
        var places = folders.SelectMany(shelf => ImageForms.Of(benchmark).Select(form => (Form: form, Shelf: shelf))).ToList();
        return places.Select(at => at.Form.ForeignIn(at.Shelf)).Concat(places.Select(at => at.Form.PartlyIn(at.Shelf))).Concat(places.Select(at => at.Form.OtherIn(at.Shelf)))
            .FirstOrDefault(found => found is not null);
    }

    /// <summary>That a set is not here, where it was looked for, and what to do.</summary>
    internal string Lack(Benchmark benchmark)
    {
        var shelves = string.Join(", ", folders.Select(folder => Directory.Exists(folder) ? folder : $"{folder} ({(File.Exists(folder) ? "a file; name the folder that holds it" : "not there")})"));
        return $"{benchmark.Name} was not found; looked in {shelves}. {(Near(benchmark) is { } near ? near + " " : "")}{Remedy(benchmark)} Digits needs no file.";
    }

    internal static FileCheck Check(string name, string finding, Action verify)
    {
        try
        {
            verify();
            return new FileCheck(name, Holds: true, finding);
        }
        catch (Fault fault)
        {
            return new FileCheck(name, Holds: false, fault.Message);
        }
    }
}

/// <summary>The repository this kit is used from; files that travel with it are found relative to it.</summary>
public static class Checkout
{
    private const string Mark = "FaLW.Notebooks.sln";

    /// <summary>Its root folder: above the library, else above the current folder, else the current folder itself.</summary>
    public static string Root() => Above(Own) ?? Above(Environment.CurrentDirectory) ?? Environment.CurrentDirectory;

    /// <summary>Whether the library lies in no checkout: it is an installed tool's, or a package.</summary>
    public static bool IsTool => Above(Own) is null;

    /// <summary>How the command is called: by its script in a checkout, by its name where it is installed as a tool.</summary>
    public static string Command => IsTool ? "falw" : "environment/falw";

    // Not the program's: .NET Interactive is one that loads the library from a checkout.
    private static string Own => Path.GetDirectoryName(typeof(Checkout).Assembly.Location) ?? AppContext.BaseDirectory;

    private static string? Above(string folder)
    {
        for (var at = new DirectoryInfo(folder); at is not null; at = at.Parent)
            if (File.Exists(Path.Combine(at.FullName, Mark))) return at.FullName;
        return null;
    }
}
