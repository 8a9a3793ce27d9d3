using System.Text.Json;

namespace FaLW.Experiments;

/// <summary>One trial of a profile study as a file, kept and sealed like any result.</summary>
public static class ProfileRecord
{
    /// <summary>Writes a record, whole or not at all.</summary>
    /// <param name="trial">What a run found.</param>
    /// <param name="path">The file; replaced when it is there.</param>
    public static void Write(ProfileTrial trial, string path) => SealedFile.Write(CanonicalJson.Node(trial)!.AsObject(), path);

    /// <summary>Reads and checks a record; null when it is not what a run of this protocol wrote under this name.</summary>
    /// <param name="path">The file.</param>
    /// <param name="damage">What speaks against it and what to do, in sentences; empty when nothing does.</param>
    public static ProfileTrial? Read(string path, out string damage) => SealedFile.Read(
        path, content =>
        {
            var trial = content.Deserialize<ProfileTrial>(CanonicalJson.Options) ?? throw new JsonException("The record is empty.");
            // Only the settings tell the key, so the name of the file is all there is to compare it with.
            var key = Stage.Profile(trial.Study).Key;
            return (trial, key, key);
        }, out damage);
}
