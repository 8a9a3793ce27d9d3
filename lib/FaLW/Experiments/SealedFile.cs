using System.IO.Compression;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using FaLW.Data;

namespace FaLW.Experiments;

/// <summary>
/// A result as a file that travels: canonical JSON through gzip, with the protocol it was computed under and a checksum over all of
/// it. Equal content gives equal bytes; the name of the file is the key of the result.
/// </summary>
internal static class SealedFile
{
    public const string Ending = ".json.gz";

    private const string Seal = "Seal";
    private const string Result = "Result";

    /// <summary>Writes a file, whole or not at all, in place of an earlier one.</summary>
    public static void Write(JsonObject content, string path)
    {
        var record = new JsonObject { [nameof(Protocol)] = Protocol.Version, [Result] = content };
        record[Seal] = CanonicalJson.Hash(record);
        WholeFile.Write(path, file =>
        {
            using var packed = new GZipStream(file, CompressionLevel.SmallestSize);
            packed.Write(Encoding.UTF8.GetBytes(CanonicalJson.Text(record)));
        });
    }

    /// <summary>Reads and checks a file; null when it is not what a run of this protocol wrote under this name.</summary>
    /// <param name="path">The file.</param>
    /// <param name="parse">The result of the content, the key it says it has, and the key its settings have in this kit.</param>
    /// <param name="damage">What speaks against it and what to do, in sentences; empty when nothing does.</param>
    public static T? Read<T>(string path, Func<JsonObject, (T Result, string Key, string KeyHere)> parse, out string damage) where T : class
    {
        var complaint = "";
        T? result = null;
        try
        {
            var record = JsonNode.Parse(Text(path))?.AsObject() ?? [];
            complaint = Complaint(record);
            if (complaint.Length == 0)
            {
                (result, var key, var here) = parse(Member(record, Result));
                complaint = key != here ? "its settings have another key in this kit" : Path.GetFileName(path) != key + Ending ? "its name is not its key" : "";
            }
        }
        catch (Exception fault) when (fault is JsonException or InvalidDataException or InvalidOperationException or NotSupportedException or FormatException or IOException or Fault)
        {
            complaint = "it cannot be read";
            if (fault is UnknownTypeFault unknown)
            {
                damage = $"The record {path} is passed over: {unknown.Message}";
                return null;
            }
        }

        damage = complaint.Length == 0 ? "" : $"The record {path} does not count: {complaint}. Restore it from the repository, or remove it and run its study again with --keep.";
        return complaint.Length == 0 ? result : null;
    }

    /// <summary>A member that must be an object.</summary>
    public static JsonObject Member(JsonObject of, string name) => of[name] as JsonObject ?? throw new JsonException($"{name} is missing.");

    private static string Complaint(JsonObject record)
    {
        var seal = (string?)record[Seal];
        record.Remove(Seal);
        return seal != CanonicalJson.Hash(record) ? "it differs from its checksum"
            : (int?)record[nameof(Protocol)] == Protocol.Version ? ""
            : FormattableString.Invariant($"it was computed under protocol {record[nameof(Protocol)]}, and this kit's is {Protocol.Version}");
    }

    private static string Text(string path)
    {
        using var text = new StreamReader(new GZipStream(File.OpenRead(path), CompressionMode.Decompress));
        return text.ReadToEnd();
    }
}
