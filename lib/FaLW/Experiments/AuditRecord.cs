namespace FaLW.Experiments;

/// <summary>One job of audits as a file, kept and sealed like any result.</summary>
public static class AuditRecord
{
    /// <summary>Writes a record, whole or not at all.</summary>
    /// <param name="result">The result.</param>
    /// <param name="path">The file; replaced when it is there.</param>
    public static void Write(AuditResult result, string path) => SealedFile.Write(CanonicalJson.Node(result)!.AsObject(), path);

    /// <summary>Reads and checks a record; null when it is not what a run of this protocol wrote under this name.</summary>
    /// <param name="path">The file.</param>
    /// <param name="damage">What speaks against it and what to do, in sentences; empty when nothing does.</param>
    public static AuditResult? Read(string path, out string damage) => SealedFile.Read(
        path, content =>
        {
            var result = AuditResult.FromJson(content.ToJsonString(CanonicalJson.Options));
            return (result, result.Key, Stage.Audits(result.Spec).Key);
        }, out damage);
}
