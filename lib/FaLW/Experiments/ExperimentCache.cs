using FaLW.Data;

namespace FaLW.Experiments;

/// <summary>
/// Finished stages by key. An entry is written whole or not at all (a temporary folder, flushed to disk,
/// then one rename), is checked against its checksums whenever it is read, and is made by one process at a time;
/// a process that asks for an entry another one is making waits and then reads it.
/// </summary>
/// <param name="root">Folder of the cache; made when first needed.</param>
/// <param name="notice">Told, as a sentence, of waiting and of damaged entries; may be null.</param>
public sealed class ExperimentCache(string root, IProgress<string>? notice = null)
{
    /// <summary>The environment variable that names the folder.</summary>
    public const string Variable = "FALW_CACHE";

    private const char BeforeFooting = '@';

    private readonly HashSet<string> renewed = new(StringComparer.Ordinal);

    /// <summary>The folder.</summary>
    public string Root { get; } = Path.GetFullPath(root);

    /// <summary>Make every entry anew the first time it is asked for here, and replace what is kept.</summary>
    public bool Fresh { get; init; }

    /// <summary>
    /// The ground this process computes on (<see cref="Provenance.Footing"/>). Entries of one key on different grounds lie side by side, so that
    /// neither is taken for the other and two processes never replace each other's. Empty where nothing is computed.
    /// </summary>
    public string Footing { get; init; } = "";

    /// <summary>Take an entry of any ground where there is none of this one.</summary>
    public bool AnyGround { get; init; }

    /// <summary>FALW_CACHE, else falw in XDG_CACHE_HOME, else .cache/falw in the home folder.</summary>
    public static string DefaultRoot =>
        Named(Variable) ?? Path.Combine(
            Named("XDG_CACHE_HOME") ?? Path.Combine(Environment.GetFolderPath(Environment.SpecialFolder.UserProfile), ".cache"), "falw");

    /// <summary>The entry of that stage: the one on disk, or a new one.</summary>
    /// <param name="stage">What is asked for.</param>
    /// <param name="make">Writes the entry's files into the folder it is given, and says how they were made. Not called when the entry is there and may be kept.</param>
    /// <param name="cancellation">Ends the waiting; the making must honour it itself.</param>
    /// <exception cref="Fault">The folder cannot be written; the sentence says why.</exception>
    public CacheEntry GetOrAdd(Stage stage, Func<string, Made> make, CancellationToken cancellation = default)
    {
        try
        {
            Directory.CreateDirectory(Path.Combine(Root, "locks"));
            using var held = EntryLock.Take(Path.Combine(Root, "locks", NameOf(stage)), () => notice?.Report(
                $"Another process is making {stage.Name} {stage.Key[..8]}; waiting for it."), cancellation);
            return (stage.Unkept is not null || (Fresh && IsFirst(stage)) ? null : Find(stage)) ?? Add(stage, make);
        }
        catch (Exception fault) when (fault is UnauthorizedAccessException or IOException)
        {
            // The first cause alone: whoever passed it on has added a remedy of its own.
            throw new Fault($"The cache folder {Root} cannot be used: {fault.GetBaseException().Message.TrimEnd('.')}. " +
                $"Free some space or set {Variable} to a folder you can write, then run the same command again; finished stages are kept.", fault);
        }
    }

    /// <summary>Whether an entry of that stage would be taken; whether it is sound shows when it is read.</summary>
    /// <param name="stage">What is asked for.</param>
    public bool Holds(Stage stage) => stage.Unkept is null && (HoldsHere(stage) || (AnyGround && Elsewhere(stage).Count > 0));

    /// <summary>Whether an entry of that stage on this ground is there.</summary>
    /// <param name="stage">What is asked for.</param>
    public bool HoldsHere(Stage stage) => Directory.Exists(FolderOf(stage));

    /// <summary>Other grounds on which that stage is kept, in the order of their names.</summary>
    /// <param name="stage">What is asked for.</param>
    public IReadOnlyList<string> Elsewhere(Stage stage) => !Directory.Exists(Path.Combine(Root, stage.Name)) ? [] :
    [
        .. Directory.EnumerateDirectories(Path.Combine(Root, stage.Name), $"{stage.Key}{BeforeFooting}*")
            .Select(folder => Path.GetFileName(folder)[(stage.Key.Length + 1)..]).Where(footing => footing != Footing).Order(StringComparer.Ordinal),
    ];

    private CacheEntry? Find(Stage stage) => FindHere(stage) ?? (AnyGround ? Elsewhere(stage).Select(footing => FindOn(footing, stage)).FirstOrDefault(found => found is not null) : null);

    private CacheEntry? FindHere(Stage stage)
    {
        var folder = FolderOf(stage);
        if (!Directory.Exists(folder)) return null;
        if (Manifest.Read(stage, folder, out var damage) is { } manifest) return new CacheEntry(stage, folder, manifest.Made, Reused: true);
        var aside = TemporaryOf(stage, "damaged");
        Directory.Move(folder, aside);
        notice?.Report($"The kept {stage.Name} {stage.Key[..8]} is damaged ({damage}); it was set aside in {aside} and is made again.");
        return null;
    }

    // What is damaged there is for those on that ground to set aside: they hold its lock.
    private CacheEntry? FindOn(string footing, Stage stage)
    {
        var folder = Path.Combine(Root, stage.Name, $"{stage.Key}{BeforeFooting}{footing}");
        return Manifest.Read(stage, folder, out _) is { } manifest ? new CacheEntry(stage, folder, manifest.Made, Reused: true) : null;
    }

    private CacheEntry Add(Stage stage, Func<string, Made> make)
    {
        RemoveLeftovers(stage);
        var temporary = TemporaryOf(stage, "unfinished");
        Directory.CreateDirectory(temporary);
        try
        {
            var made = make(temporary);
            Manifest.Of(stage, made, temporary).Write(temporary);
            Directory.CreateDirectory(Path.GetDirectoryName(FolderOf(stage))!);
            if (Directory.Exists(FolderOf(stage))) Directory.Move(FolderOf(stage), TemporaryOf(stage, "unfinished"));
            Directory.Move(temporary, FolderOf(stage));
            RemoveLeftovers(stage);
            return new CacheEntry(stage, FolderOf(stage), made, Reused: false);
        }
        catch
        {
            Directory.Delete(temporary, recursive: true);
            throw;
        }
    }

    // Whoever holds the lock is the only one making this entry, so what lies there was left by a process that died.
    private void RemoveLeftovers(Stage stage)
    {
        var place = Path.Combine(Root, "unfinished");
        if (!Directory.Exists(place)) return;
        // The name of one ground may begin with that of another.
        foreach (var folder in Directory.GetDirectories(place, $"{NameOf(stage)}-*").Where(folder => Path.GetFileName(folder).LastIndexOf('-') == NameOf(stage).Length))
            Directory.Delete(folder, recursive: true);
    }

    private bool IsFirst(Stage stage)
    {
        lock (renewed) return renewed.Add(stage.Key);
    }

    private string NameOf(Stage stage) => Footing.Length == 0 ? stage.Key : $"{stage.Key}{BeforeFooting}{Footing}";

    private string FolderOf(Stage stage) => Path.Combine(Root, stage.Name, NameOf(stage));

    private string TemporaryOf(Stage stage, string place)
    {
        Directory.CreateDirectory(Path.Combine(Root, place));
#pragma warning disable RS0030 // A name that nobody else has taken; it is never seen in an output.
        return Path.Combine(Root, place, $"{NameOf(stage)}-{Guid.NewGuid():N}");
#pragma warning restore RS0030
    }

    private static string? Named(string variable) =>
        Environment.GetEnvironmentVariable(variable) is { Length: > 0 } value ? value : null;
}
