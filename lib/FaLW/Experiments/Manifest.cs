using System.Security.Cryptography;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace FaLW.Experiments;

/// <summary>The list of contents of a cache entry, with checksums of every file and of itself.</summary>
internal sealed record Manifest(string Stage, string Key, JsonObject Part, Made Made, SortedDictionary<string, string> Files, string Seal)
{
    public const string FileName = "manifest.json";

    /// <summary>Describes the files in a folder and flushes each of them to the disk.</summary>
    public static Manifest Of(Stage stage, Made made, string folder)
    {
        var files = new SortedDictionary<string, string>(StringComparer.Ordinal);
        foreach (var path in Directory.EnumerateFiles(folder)) files.Add(Path.GetFileName(path), FlushedHash(path));
        var manifest = new Manifest(stage.Name, stage.Key, stage.Part, made, files, "");
        return manifest with { Seal = manifest.OwnHash() };
    }

    public void Write(string folder)
    {
        using var file = new FileStream(Path.Combine(folder, FileName), FileMode.CreateNew);
        JsonSerializer.Serialize(file, this, CanonicalJson.Readable);
        file.Flush(flushToDisk: true);
    }

    /// <summary>Reads and checks an entry; null and the reason when anything is not as it was written.</summary>
    public static Manifest? Read(Stage stage, string folder, out string damage)
    {
        try
        {
            using var file = File.OpenRead(Path.Combine(folder, FileName));
            var manifest = JsonSerializer.Deserialize<Manifest>(file, CanonicalJson.Options);
            damage = manifest?.DamageIn(stage, folder) ?? "";
            return manifest is not null && damage.Length == 0 ? manifest : null;
        }
        catch (Exception fault) when (fault is JsonException or FileNotFoundException or NotSupportedException)
        {
            damage = $"{FileName} is missing or cannot be read";
            return null;
        }
    }

    private string? DamageIn(Stage stage, string folder)
    {
        if (Seal != (this with { Seal = "" }).OwnHash()) return $"{FileName} was changed";
        if (Key != stage.Key) return "it belongs to another key";
        var torn = Files.FirstOrDefault(f => !Path.Exists(Path.Combine(folder, f.Key)) || Hash(Path.Combine(folder, f.Key)) != f.Value);
        return torn.Key is null ? null : $"{torn.Key} differs from its checksum";
    }

    private string OwnHash() => CanonicalJson.Hash(CanonicalJson.Node(this));

    private static string FlushedHash(string path)
    {
        using var file = new FileStream(path, FileMode.Open, FileAccess.ReadWrite);
        file.Flush(flushToDisk: true);
        return Convert.ToHexStringLower(SHA256.HashData(file));
    }

    private static string Hash(string path)
    {
        using var file = File.OpenRead(path);
        return Convert.ToHexStringLower(SHA256.HashData(file));
    }
}
