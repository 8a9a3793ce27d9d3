using FaLW.Data;

namespace FaLW.Experiments;

/// <summary>
/// Records of results in a folder, one file each, named by the key of the result. They travel with the repository, so that what
/// took hours opens in seconds everywhere. A record is only ever written by a run.
/// </summary>
/// <param name="folder">The folder; need not exist.</param>
/// <param name="notice">Told, as a sentence, of a record that cannot be used; may be null.</param>
public sealed class RecordShelf(string folder, IProgress<string>? notice = null)
{
    /// <summary>The environment variable that names another folder.</summary>
    public const string Variable = "FALW_RESULTS";

    private readonly Dictionary<string, RunResult?> known = new(StringComparer.Ordinal);

    /// <summary>The folder named by <see cref="Variable"/>, else data/results in the repository.</summary>
    public static string DefaultFolder => Environment.GetEnvironmentVariable(Variable) is { Length: > 0 } chosen
        ? Path.GetFullPath(chosen)
        : Path.Combine(Checkout.Root(), "data", "results");

    /// <summary>The folder.</summary>
    public string Folder { get; } = Path.GetFullPath(folder);

    /// <summary>The files in it, in the order of their names.</summary>
    public IReadOnlyList<string> Files => Directory.Exists(Folder)
        ? [.. Directory.EnumerateFiles(Folder, $"*{ResultRecord.Ending}").Order(StringComparer.Ordinal)]
        : [];

    /// <summary>The recorded result of a spec; null when there is none, or none that can be trusted.</summary>
    /// <param name="spec">The experiment as it would run, after the scale rewrote it.</param>
    public RunResult? Find(ExperimentSpec spec)
    {
        var key = Stage.Unlearned(spec).Key;
        if (!known.TryGetValue(key, out var found)) known.Add(key, found = Read(key));
        return found;
    }

    /// <summary>Writes the record of a result, unless the same result is recorded already.</summary>
    /// <param name="result">What a run found.</param>
    /// <returns>Whether a file was written.</returns>
    /// <exception cref="Fault">The folder cannot be written.</exception>
    public bool Keep(RunResult result)
    {
        if (result.Equals(Find(result.Spec))) return false;
        try
        {
            Directory.CreateDirectory(Folder);
            ResultRecord.Write(result, PathOf(result.Key));
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            throw new Fault($"The record {PathOf(result.Key)} cannot be written: {fault.Message.TrimEnd('.')}. " +
                $"Set {Variable} to a folder you can write; what was computed is kept, and the same command goes on from there.", fault);
        }

        known[result.Key] = result;
        return true;
    }

    private RunResult? Read(string key)
    {
        if (!File.Exists(PathOf(key))) return null;
        var found = ResultRecord.Read(PathOf(key), out var damage);
        if (found is null) notice?.Report($"{damage} It is not used.");
        return found;
    }

    private string PathOf(string key) => Path.Combine(Folder, key + ResultRecord.Ending);
}
