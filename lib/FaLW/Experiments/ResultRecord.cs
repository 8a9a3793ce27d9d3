using System.IO.Compression;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using FaLW.Data;

namespace FaLW.Experiments;

/// <summary>
/// One result as a file: canonical JSON through gzip, with the protocol it was computed under and a checksum over all of it. The same
/// result gives the same bytes. Forget samples lie in columns, which is a third of the size.
/// </summary>
public static class ResultRecord
{
    /// <summary>How the names of record files end; before it stands the key.</summary>
    public const string Ending = ".json.gz";

    private const string Seal = "Seal";
    private const string Result = "Result";

    /// <summary>Writes a record, whole or not at all.</summary>
    /// <param name="result">The result.</param>
    /// <param name="path">The file; replaced when it is there.</param>
    public static void Write(RunResult result, string path)
    {
        var content = CanonicalJson.Node(result)!.AsObject();
        content[nameof(RunResult.Samples)] = RecordColumns.Of(content[nameof(RunResult.Samples)]!.AsArray());
        var record = new JsonObject { [nameof(Protocol)] = Protocol.Version, [Result] = content };
        record[Seal] = CanonicalJson.Hash(record);
        WholeFile.Write(path, file =>
        {
            using var packed = new GZipStream(file, CompressionLevel.SmallestSize);
            packed.Write(Encoding.UTF8.GetBytes(CanonicalJson.Text(record)));
        });
    }

    /// <summary>Reads and checks a record; null when it is not what a run of this protocol wrote under this name.</summary>
    /// <param name="path">The file.</param>
    /// <param name="damage">What speaks against it and what to do, in sentences; empty when nothing does.</param>
    public static RunResult? Read(string path, out string damage)
    {
        var complaint = "";
        RunResult? result = null;
        try
        {
            var record = JsonNode.Parse(Text(path))?.AsObject() ?? [];
            result = Checked(record, out complaint);
            if (complaint.Length == 0 && Path.GetFileName(path) != result!.Key + Ending) complaint = "its name is not its key";
        }
        catch (Exception fault) when (fault is JsonException or InvalidDataException or InvalidOperationException or NotSupportedException or FormatException or IOException or Fault)
        {
            complaint = "it cannot be read";
        }

        damage = complaint.Length == 0 ? "" : $"The record {path} does not count: {complaint}. Restore it from the repository, or remove it and run its study again with --keep.";
        return complaint.Length == 0 ? result : null;
    }

    private static RunResult? Checked(JsonObject record, out string complaint)
    {
        var seal = (string?)record[Seal];
        record.Remove(Seal);
        complaint = seal == CanonicalJson.Hash(record) ? "" : "it differs from its checksum";
        if (complaint.Length > 0) return null;
        if ((int?)record[nameof(Protocol)] != Protocol.Version)
        {
            complaint = FormattableString.Invariant($"it was computed under protocol {record[nameof(Protocol)]}, and this kit's is {Protocol.Version}");
            return null;
        }

        var content = Member(record, Result);
        content[nameof(RunResult.Samples)] = RecordColumns.Rows(Member(content, nameof(RunResult.Samples)));
        var result = RunResult.FromJson(content.ToJsonString(CanonicalJson.Options));
        if (result.Key != Stage.Unlearned(result.Spec).Key) complaint = "its settings have another key in this kit";
        return result;
    }

    private static JsonObject Member(JsonObject of, string name) => of[name] as JsonObject ?? throw new JsonException($"{name} is missing.");

    private static string Text(string path)
    {
        using var text = new StreamReader(new GZipStream(File.OpenRead(path), CompressionMode.Decompress));
        return text.ReadToEnd();
    }
}
