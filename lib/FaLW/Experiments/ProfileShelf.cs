using System.IO.Compression;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using FaLW.Data;

namespace FaLW.Experiments;

/// <summary>Records of <see cref="ProfileTrial"/>, beside those of results: JSON through gzip, named by its key, with a checksum over all of it.</summary>
/// <param name="folder">The folder of the records of results; need not exist.</param>
/// <param name="notice">Told, as a sentence, of a record that cannot be used; may be null.</param>
public sealed class ProfileShelf(string folder, IProgress<string>? notice = null)
{
    private const string Seal = "Seal";

    /// <summary>The folder of these records.</summary>
    public string Folder { get; } = Path.Combine(Path.GetFullPath(folder), "profiles");

    /// <summary>The recorded trial of a study; null when there is none, or none that can be trusted.</summary>
    /// <param name="study">What is asked.</param>
    public ProfileTrial? Find(ProfileStudy study)
    {
        var path = PathOf(study);
        if (!File.Exists(path)) return null;
        try
        {
            var record = JsonNode.Parse(Text(path))?.AsObject() ?? [];
            var seal = (string?)record[Seal];
            record.Remove(Seal);
            if (seal == CanonicalJson.Hash(record) && record.Deserialize<ProfileTrial>(CanonicalJson.Options) is { } trial && PathOf(trial.Study) == path) return trial;
        }
        catch (Exception fault) when (fault is JsonException or InvalidDataException or InvalidOperationException or NotSupportedException or IOException)
        {
            notice?.Report($"The record {path} cannot be read: {fault.Message}");
        }

        notice?.Report($"The record {path} is not what a run wrote under this name and is not used; restore it from the repository, or remove it.");
        return null;
    }

    /// <summary>Writes the record of a trial, whole or not at all; the same trial gives the same bytes.</summary>
    /// <param name="trial">What a run found.</param>
    /// <returns>The file.</returns>
    public string Keep(ProfileTrial trial)
    {
        var record = CanonicalJson.Node(trial)!.AsObject();
        record[Seal] = CanonicalJson.Hash(record);
        Directory.CreateDirectory(Folder);
        WholeFile.Write(PathOf(trial.Study), file =>
        {
            using var packed = new GZipStream(file, CompressionLevel.SmallestSize);
            packed.Write(Encoding.UTF8.GetBytes(CanonicalJson.Text(record)));
        });
        return PathOf(trial.Study);
    }

    private string PathOf(ProfileStudy study) => Path.Combine(Folder, Stage.Profile(study).Key + ResultRecord.Ending);

    private static string Text(string path)
    {
        using var text = new StreamReader(new GZipStream(File.OpenRead(path), CompressionMode.Decompress));
        return text.ReadToEnd();
    }
}
