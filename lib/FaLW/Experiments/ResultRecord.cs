using System.Text.Json.Nodes;

namespace FaLW.Experiments;

/// <summary>
/// One result as a file: canonical JSON through gzip, with the protocol it was computed under and a checksum over all of it. The same
/// result gives the same bytes. Forget samples lie in columns, which is a third of the size.
/// </summary>
public static class ResultRecord
{
    /// <summary>How the names of record files end; before it stands the key.</summary>
    public const string Ending = SealedFile.Ending;

    /// <summary>Writes a record, whole or not at all.</summary>
    /// <param name="result">The result.</param>
    /// <param name="path">The file; replaced when it is there.</param>
    public static void Write(RunResult result, string path)
    {
        var content = CanonicalJson.Node(result)!.AsObject();
        content[nameof(RunResult.Samples)] = RecordColumns.Of(content[nameof(RunResult.Samples)]!.AsArray());
        SealedFile.Write(content, path);
    }

    /// <summary>Reads and checks a record; null when it is not what a run of this protocol wrote under this name.</summary>
    /// <param name="path">The file.</param>
    /// <param name="damage">What speaks against it and what to do, in sentences; empty when nothing does.</param>
    public static RunResult? Read(string path, out string damage) => SealedFile.Read(path, Parsed, out damage);

    private static (RunResult Result, string Key, string KeyHere) Parsed(JsonObject content)
    {
        content[nameof(RunResult.Samples)] = RecordColumns.Rows(SealedFile.Member(content, nameof(RunResult.Samples)));
        var result = RunResult.FromJson(content.ToJsonString(CanonicalJson.Options));
        return (result, result.Key, Stage.Unlearned(result.Spec).Key);
    }
}
