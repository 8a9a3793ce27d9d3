using FaLW.Data;

namespace FaLW.Experiments;

/// <summary>Reads a sealed file, or says what speaks against it.</summary>
internal delegate T? SealedReader<T>(string path, out string damage) where T : class;

/// <summary>Sealed files of one kind in a folder, each read at most once.</summary>
internal sealed class SealedShelf<T>(string folder, SealedReader<T> read, Action<T, string> write, IProgress<string>? notice) where T : class
{
    private readonly Dictionary<string, T?> known = new(StringComparer.Ordinal);

    public IReadOnlyList<string> Files => Directory.Exists(folder)
        ? [.. Directory.EnumerateFiles(folder, $"*{SealedFile.Ending}").Order(StringComparer.Ordinal)]
        : [];

    public string PathOf(string key) => Path.Combine(folder, key + SealedFile.Ending);

    public T? Find(string key)
    {
        if (!known.TryGetValue(key, out var found)) known.Add(key, found = Read(key));
        return found;
    }

    public bool Keep(string key, T result)
    {
        if (result.Equals(Find(key))) return false;
        try
        {
            Directory.CreateDirectory(folder);
            write(result, PathOf(key));
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            throw new Fault($"The record {PathOf(key)} cannot be written: {fault.Message.TrimEnd('.')}. " +
                $"Set {RecordShelf.Variable} to a folder you can write; what was computed is kept, and the same command goes on from there.", fault);
        }

        known[key] = result;
        return true;
    }

    private T? Read(string key)
    {
        if (!File.Exists(PathOf(key))) return null;
        var found = read(PathOf(key), out var damage);
        if (found is null) notice?.Report($"{damage} It is not used.");
        return found;
    }
}
