using System.Globalization;
using System.IO.Compression;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using FaLW.Data;

namespace FaLW.Experiments;

/// <summary>Where records of results are: they travel with the repository, so that what took hours opens in seconds everywhere.</summary>
public static class RecordShelf
{
    /// <summary>The environment variable that names another folder.</summary>
    public const string Variable = "FALW_RESULTS";

    /// <summary>How the names of record files end; before it stands the key.</summary>
    public const string Ending = ".json.gz";

    /// <summary>The folder named by <see cref="Variable"/>, else data/results in the repository.</summary>
    public static string DefaultFolder => Environment.GetEnvironmentVariable(Variable) is { Length: > 0 } chosen
        ? Path.GetFullPath(chosen)
        : Path.Combine(Checkout.Root(), "data", "results");

    /// <summary>Where runs of a search are recorded, within <see cref="DefaultFolder"/>, until its choice is frozen: a search can then go on on another machine.</summary>
    public static string PilotFolder => Path.Combine(DefaultFolder, "pilots");

    /// <summary>The records of runs in a folder.</summary>
    /// <param name="folder">The folder; need not exist.</param>
    /// <param name="notice">Told, as a sentence, of a record that cannot be used; may be null.</param>
    public static RecordShelf<RunResult> Of(string folder, IProgress<string>? notice = null) =>
        new(folder, folder, result => Stage.Unlearned(result.Spec), result => result.Key, notice) { Columns = nameof(RunResult.Samples) };

    /// <summary>The recorded result of a spec; null when there is none, or none that can be trusted.</summary>
    /// <param name="shelf">Records of runs.</param>
    /// <param name="spec">The experiment as it would run, after the scale rewrote it.</param>
    public static RunResult? Find(this RecordShelf<RunResult> shelf, ExperimentSpec spec) => shelf.Find(Stage.Unlearned(spec));
}

/// <summary>
/// Records of one kind in a folder, one file each, named by the key of the result and only ever written by a run: canonical JSON through gzip, with the
/// protocol it was computed under and a checksum over all of it. Equal results give equal bytes.
/// </summary>
/// <typeparam name="T">The kind of result; its equality decides whether it is recorded already.</typeparam>
public sealed class RecordShelf<T> where T : class
{
    private const string Result = "Result", Protocol = "Protocol";

    private readonly string place;
    private readonly Func<T, Stage> stageOf;
    private readonly Func<T, string> keyOf;
    private readonly IProgress<string>? notice;
    private readonly Dictionary<string, T?> known = new(StringComparer.Ordinal);

    internal RecordShelf(string folder, string place, Func<T, Stage> stageOf, Func<T, string> keyOf, IProgress<string>? notice) =>
        (Folder, this.place, this.stageOf, this.keyOf, this.notice) = (Path.GetFullPath(folder), Path.GetFullPath(place), stageOf, keyOf, notice);

    /// <summary>The folder of all records; those of audits and of profile studies lie in folders of their own within.</summary>
    public string Folder { get; }

    /// <summary>The files of this kind, in the order of their names.</summary>
    public IReadOnlyList<string> Files => Directory.Exists(place) ? [.. Directory.EnumerateFiles(place, $"*{RecordShelf.Ending}").Order(StringComparer.Ordinal)] : [];

    // A member whose rows lie in columns, which is a third of the size.
    internal string? Columns { get; init; }

    /// <summary>Writes the record of a result, unless the same result is recorded already or its code cannot be told by a key (<see cref="Stage.Unkept"/>).</summary>
    /// <param name="result">What a run found.</param>
    /// <returns>Whether a file was written.</returns>
    /// <exception cref="Fault">The folder cannot be written.</exception>
    public bool Keep(T result)
    {
        var stage = stageOf(result);
        var key = keyOf(result);
        if (stage.Unkept is not null || result.Equals(Find(key))) return false;
        ClosedPlace.Guard(
            () =>
            {
                Directory.CreateDirectory(place);
                Write(result, PathOf(key));
            },
            (reason, closed) => new Fault($"The record {PathOf(key)} cannot be written: {reason}. " +
                $"Set {RecordShelf.Variable} to a folder you can write; what was computed is kept, and the same command goes on from there.", closed));

        known[key] = result;
        return true;
    }

    /// <summary>Reads and checks a record; null when it is not what a run of this protocol wrote under this name.</summary>
    /// <param name="path">The file.</param>
    /// <param name="damage">What speaks against it and what to do, in sentences; empty when nothing does.</param>
    public T? Read(string path, out string damage)
    {
        try
        {
            damage = "";
            return ForeignText.Read(() => Parsed(path), (reason, inner) => new Fault(inner is UnknownTypeFault unknown
                ? $"The record {path} is passed over: {unknown.Message}"
                : $"The record {path} does not count: {reason}. Restore it from the repository, or remove it and run its study again with --keep.", inner));
        }
        catch (Exception fault) when (fault is Fault or IOException)
        {
            damage = fault.Message;
            return null;
        }
    }

    /// <summary>The recorded result of a stage; null when there is none, or none that can be trusted. Each file is read once.</summary>
    public T? Find(Stage stage) => stage.Unkept is null ? Find(stage.Key) : null;

    /// <summary>Reads and checks the files of stages, several at a time, before they are asked for one by one.</summary>
    internal void ReadAhead(IEnumerable<Stage> stages)
    {
        string[] keys = [.. stages.Where(stage => stage.Unkept is null).Select(stage => stage.Key).Distinct(StringComparer.Ordinal).Where(key => !known.ContainsKey(key) && File.Exists(PathOf(key)))];
        foreach (var (key, found, damage) in keys.AsParallel().AsOrdered().Select(key => (key, Read(PathOf(key), out var damage), damage)).ToArray()) Know(key, found, damage);
    }

    internal string FileOf(T result)
    {
        Keep(result);
        return PathOf(keyOf(result));
    }

    internal string PathOf(string key) => Path.Combine(place, key + RecordShelf.Ending);

    internal void Write(T result, string path)
    {
        var content = CanonicalJson.Node(result)!.AsObject();
        if (Columns is not null) content[Columns] = RecordColumns.Of(content[Columns]!.AsArray());
        Write(content, path);
    }

    internal static void Write(JsonObject content, string path)
    {
        var record = CanonicalJson.Sealed(new JsonObject { [Protocol] = Stage.ProtocolVersion, [Result] = content });
        using var file = new MemoryStream();
        using (var packed = new GZipStream(file, CompressionLevel.SmallestSize, leaveOpen: true)) packed.Write(Encoding.UTF8.GetBytes(CanonicalJson.Text(record)));
        WholeFile.Write(path, file.ToArray());
    }

    private T? Find(string key)
    {
        if (known.TryGetValue(key, out var found) || !File.Exists(PathOf(key))) return found;
        found = Read(PathOf(key), out var damage);
        return Know(key, found, damage);
    }

    private T? Know(string key, T? found, string damage)
    {
        if (found is null) notice?.Report($"{damage} It is not used.");
        return known[key] = found;
    }

    private T Parsed(string path)
    {
        var record = CanonicalJson.Unsealed(ForeignText.Json(ForeignText.Text(Unpacked(path))) as JsonObject ?? []);
        if (record[Protocol]?.ToString() is var protocol && protocol != Stage.ProtocolVersion.ToString(CultureInfo.InvariantCulture))
            throw new JsonException(Invariant($"it was computed under protocol {protocol}, and this kit's is {Stage.ProtocolVersion}"));
        var content = Member(record, Result);
        if (Columns is not null) content[Columns] = RecordColumns.Rows(Member(content, Columns));
        var result = content.Deserialize<T>(CanonicalJson.Options)!;
        if (keyOf(result) != stageOf(result).Key) throw new JsonException("its settings have another key in this kit");
        return Path.GetFileName(path) == keyOf(result) + RecordShelf.Ending ? result : throw new JsonException("its name is not its key");
    }

    private static JsonObject Member(JsonObject of, string name) => of[name] as JsonObject ?? throw new JsonException($"{name} is missing");

    private static byte[] Unpacked(string path)
    {
        using var file = new GZipStream(File.OpenRead(path), CompressionMode.Decompress);
        using var whole = new MemoryStream();
        file.CopyTo(whole);
        return whole.ToArray();
    }
}

/// <summary>
/// Rows of one kind as columns. What a model computed in single precision is written in its nine digits at most, and read back to
/// the same number: a column in which every number is one says so.
/// </summary>
internal static class RecordColumns
{
    private const string Single = "Single";

    public static JsonObject Of(JsonArray rows)
    {
        var names = rows.SelectMany(row => row!.AsObject().Select(member => member.Key)).Distinct(StringComparer.Ordinal);
        return new JsonObject(names.Select(name => KeyValuePair.Create(name, (JsonNode?)Column([.. rows.Select(row => row![name])]))));
    }

    public static JsonArray Rows(JsonObject columns)
    {
        var read = columns.Select(column => (column.Key, Values: Values(column.Value!))).ToList();
        var count = read.Count == 0 ? 0 : read.Max(column => column.Values.Length);
        return new JsonArray([.. Enumerable.Range(0, count).Select(i =>
            new JsonObject(read.Select(column => KeyValuePair.Create(column.Key, column.Values[i]))))]);
    }

    private static JsonNode Column(JsonNode?[] values)
    {
        var numbers = Array.ConvertAll(values, value => value is JsonValue known && known.TryGetValue(out double number) ? number : double.NaN);
        var isWhole = Array.TrueForAll(numbers, number => Math.Truncate(number) == number);
        var isSingle = !isWhole && Array.TrueForAll(numbers, number => (float)number == number);
        return isSingle
            ? new JsonObject { [Single] = new JsonArray([.. numbers.Select(number => JsonValue.Create((float)number))]) }
            : new JsonArray([.. values.Select(value => value?.DeepClone())]);
    }

    private static JsonNode?[] Values(JsonNode column) => column is JsonObject single
        ? [.. single[Single]!.AsArray().Select(value => JsonValue.Create((double)value!.GetValue<float>()))]
        : [.. column.AsArray().Select(value => value?.DeepClone())];
}
