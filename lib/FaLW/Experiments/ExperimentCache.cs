using System.Security.Cryptography;
using System.Text.Json;
using System.Text.Json.Nodes;
using FaLW.Data;

namespace FaLW.Experiments;

/// <summary>
/// Finished stages by key. An entry is written whole or not at all (a temporary folder, flushed to disk, then one rename), is checked against its
/// checksums whenever it is read, and is made by one process at a time; a process that asks for an entry another one is making waits and then reads it.
/// </summary>
public sealed class ExperimentCache
{
    /// <summary>The environment variable that names the folder.</summary>
    public const string Variable = "FALW_CACHE";

    private const char BeforeFooting = '@';

    private readonly IProgress<string>? notice;
    private readonly HashSet<string> renewed = new(StringComparer.Ordinal);

    internal ExperimentCache(string root, IProgress<string>? notice = null) => (Root, this.notice) = (Path.GetFullPath(root), notice);

    /// <summary>FALW_CACHE, else falw in XDG_CACHE_HOME, else .cache/falw in the home folder.</summary>
    public static string DefaultRoot => Named(Variable) ?? Path.Combine(
        Named("XDG_CACHE_HOME") ?? Path.Combine(Environment.GetFolderPath(Environment.SpecialFolder.UserProfile, Environment.SpecialFolderOption.DoNotVerify), ".cache"), "falw");

    internal string Root { get; }

    // Make every entry anew the first time it is asked for here, and replace what is kept.
    internal bool Fresh { get; init; }

    // The ground this process computes on (Provenance.Footing). Entries of one key on different grounds lie side by side, so that neither is taken for the
    // other and two processes never replace each other's. Empty where nothing is computed.
    internal string Footing { get; init; } = "";

    // Take an entry of any ground where there is none of this one.
    internal bool AnyGround { get; init; }

    /// <summary>Waits for whoever makes the stage, and then has it for itself: what is kept of it, or a folder to make it in.</summary>
    internal Draft Begin(Stage stage, CancellationToken cancellation = default) =>
        Begin(stage, place => EntryLock.Take(place, () => notice?.Report($"Another process is making {stage.Name} {stage.Key[..8]}; waiting for it."), cancellation))!;

    /// <summary>The same without waiting; null where somebody is making the stage.</summary>
    internal Draft? BeginUnlessTaken(Stage stage) => Begin(stage, EntryLock.TryTake);

    private Draft? Begin(Stage stage, Func<string, FileStream?> take)
    {
        FileStream? held = null;
        try
        {
            Directory.CreateDirectory(Path.Combine(Root, "locks"));
            held = take(Path.Combine(Root, "locks", NameOf(stage)));
            if (held is null) return null;
            if (stage.Unkept is null && !(Fresh && renewed.Add(stage.Key)) && Find(stage) is { } kept) return new Draft(this, stage, held) { Kept = kept };
            RemoveLeftovers(stage);
            return new Draft(this, stage, held) { Folder = Directory.CreateDirectory(TemporaryOf(stage, "unfinished")).FullName };
        }
        catch (Exception fault)
        {
            held?.Dispose();
            if (IsUnusable(fault)) throw Unusable(fault);
            throw;
        }
    }

    /// <summary>Whether an entry of that stage would be taken; whether it is sound shows when it is read.</summary>
    internal bool Holds(Stage stage) => stage.Unkept is null && (HoldsHere(stage) || (AnyGround && Elsewhere(stage).Count > 0));

    internal bool HoldsHere(Stage stage) => Directory.Exists(FolderOf(stage));

    /// <summary>Other grounds on which that stage is kept, in the order of their names.</summary>
    internal IReadOnlyList<string> Elsewhere(Stage stage) => !Directory.Exists(Path.Combine(Root, stage.Name)) ? [] :
    [
        .. Directory.EnumerateDirectories(Path.Combine(Root, stage.Name), $"{stage.Key}{BeforeFooting}*")
            .Select(folder => Path.GetFileName(folder)[(stage.Key.Length + 1)..]).Where(footing => footing != Footing).Order(StringComparer.Ordinal),
    ];

    internal static bool IsUnusable(Exception fault) => fault is UnauthorizedAccessException or IOException;

    // The first cause alone: whoever passed it on has added a remedy of its own.
    internal Fault Unusable(Exception fault) => new(
        $"The cache folder {Root} cannot be used: {fault.GetBaseException().Message.TrimEnd('.')}. " +
        $"Free some space or set {Variable} to a folder you can write, then run the same command again; finished stages are kept.", fault);

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

    private CacheEntry Add(Stage stage, Made made, string temporary)
    {
        Manifest.Of(stage, made, temporary).Write(temporary);
        Directory.CreateDirectory(Path.GetDirectoryName(FolderOf(stage))!);
        if (Directory.Exists(FolderOf(stage))) Directory.Move(FolderOf(stage), TemporaryOf(stage, "unfinished"));
        Directory.Move(temporary, FolderOf(stage));
        RemoveLeftovers(stage);
        return new CacheEntry(stage, FolderOf(stage), made, Reused: false);
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

    private string NameOf(Stage stage) => Footing.Length == 0 ? stage.Key : $"{stage.Key}{BeforeFooting}{Footing}";

    private string FolderOf(Stage stage) => Path.Combine(Root, stage.Name, NameOf(stage));

    private string TemporaryOf(Stage stage, string place)
    {
#pragma warning disable RS0030 // Two processes must not meet in one folder; the name reaches no result.
        var name = $"{NameOf(stage)}-{Guid.NewGuid():N}";
#pragma warning restore RS0030
        return Path.Combine(Directory.CreateDirectory(Path.Combine(Root, place)).FullName, name);
    }

    private static string? Named(string variable) => Environment.GetEnvironmentVariable(variable) is { Length: > 0 } value ? value : null;

    /// <summary>One stage, held until disposed: what is kept of it, or a folder to make it in. What is not committed is gone.</summary>
    internal sealed class Draft(ExperimentCache cache, Stage stage, FileStream held) : IDisposable
    {
        /// <summary>The entry that is there; null where it is to be made.</summary>
        public CacheEntry? Kept { get; init; }

        public string Folder { get; init; } = "";

        public CacheEntry Commit(Made made) => cache.Add(stage, made, Folder);

        public void Dispose()
        {
            try
            {
                if (Kept is null && Directory.Exists(Folder)) Directory.Delete(Folder, recursive: true);
            }
            finally
            {
                held.Dispose();
            }
        }
    }
}

/// <summary>A finished stage on disk, checked against its checksums; <see cref="Reused"/> when it was there before.</summary>
internal sealed record CacheEntry(Stage Stage, string Folder, Made Made, bool Reused)
{
    public string File(string name) => Path.Combine(Folder, name);
}

/// <summary>The list of contents of a cache entry, with checksums of every file and of itself.</summary>
internal sealed record Manifest(string Stage, string Key, JsonObject Part, Made Made, SortedDictionary<string, string> Files, string Seal)
{
    public const string FileName = "manifest.json";

    /// <summary>Describes the files in a folder and flushes each of them to the disk.</summary>
    public static Manifest Of(Stage stage, Made made, string folder)
    {
        var files = new SortedDictionary<string, string>(StringComparer.Ordinal);
        foreach (var path in Directory.EnumerateFiles(folder)) files.Add(Path.GetFileName(path), Hash(path, flush: true));
        var manifest = new Manifest(stage.Name, stage.Key, stage.Part, made, files, "");
        return manifest with { Seal = manifest.OwnHash() };
    }

    public void Write(string folder) => WholeFile.Write(Path.Combine(folder, FileName), JsonSerializer.Serialize(this, CanonicalJson.Readable));

    /// <summary>Reads and checks an entry; null and the reason when anything is not as it was written.</summary>
    public static Manifest? Read(Stage stage, string folder, out string damage)
    {
        try
        {
            var manifest = CanonicalJson.Load<Manifest>(Path.Combine(folder, FileName), "");
            damage = manifest.DamageIn(stage, folder) ?? "";
            return damage.Length == 0 ? manifest : null;
        }
        catch (Exception fault) when (fault is Fault or FileNotFoundException)
        {
            damage = $"{FileName} is missing or cannot be read";
            return null;
        }
    }

    private string? DamageIn(Stage stage, string folder)
    {
        if (Seal != (this with { Seal = "" }).OwnHash()) return $"{FileName} was changed";
        if (Key != stage.Key) return "it belongs to another key";
        var torn = Files.FirstOrDefault(f => !Path.Exists(Path.Combine(folder, f.Key)) || Hash(Path.Combine(folder, f.Key), flush: false) != f.Value);
        return torn.Key is null ? null : $"{torn.Key} differs from its checksum";
    }

    private string OwnHash() => CanonicalJson.Hash(CanonicalJson.Node(this));

    private static string Hash(string path, bool flush)
    {
        using var file = new FileStream(path, FileMode.Open, flush ? FileAccess.ReadWrite : FileAccess.Read, FileShare.Read);
        if (flush) file.Flush(flushToDisk: true);
        return Convert.ToHexStringLower(SHA256.HashData(file));
    }
}

/// <summary>
/// One process at a time makes an entry. The lock is the system's lock on an open file, so it is released
/// however the process ends; the empty file stays, since removing it would let two processes lock two files of one name.
/// </summary>
internal static class EntryLock
{
    private static readonly TimeSpan Patience = TimeSpan.FromMilliseconds(100);

    /// <summary>Waits for the lock; <paramref name="waiting"/> is called once when somebody else has it.</summary>
    public static FileStream Take(string path, Action waiting, CancellationToken cancellation)
    {
        for (var told = false; ; told = true)
        {
            cancellation.ThrowIfCancellationRequested();
            if (TryTake(path) is { } taken) return taken;
            if (!told) waiting();
            cancellation.WaitHandle.WaitOne(Patience);
        }
    }

    /// <summary>The lock; null where somebody else has it.</summary>
    public static FileStream? TryTake(string path)
    {
        try
        {
            return new FileStream(path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
        }
        catch (IOException fault) when (IsHeld(fault))
        {
            return null;
        }
    }

    // EAGAIN on Linux and macOS, sharing violation on Windows; a full disk or a missing folder is neither.
    private static bool IsHeld(IOException fault) => fault.HResult is 11 or 35 or unchecked((int)0x80070020);
}
