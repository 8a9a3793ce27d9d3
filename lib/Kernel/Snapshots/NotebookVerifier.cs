using FaLW.Kernel.Notebooks;

namespace FaLW.Kernel.Snapshots;

/// <summary>
/// Says whether a notebook still gives what it gave: in its own outputs, and in the transcript <c>NAME.verified.txt</c> that
/// lies beside it or in a folder of its own. File names follow Verify's grammar.
/// </summary>
public static class NotebookVerifier
{
    /// <summary>What is wrong with a committed notebook, seen without running it.</summary>
    /// <param name="path">The notebook.</param>
    /// <returns>Sentences; none when all is well.</returns>
    /// <exception cref="NotebookFault">The file is no notebook.</exception>
    public static IReadOnlyList<string> Structure(string path)
    {
        if (!File.Exists(path)) throw new NotebookFault($"There is no notebook '{path}'. Give the path of an .ipynb file.");
        return NotebookStructure.Complaints(File.ReadAllText(path));
    }

    /// <summary>Whether the outputs that a notebook carries are those it gives when it is run.</summary>
    /// <param name="committed">The notebook with its outputs.</param>
    /// <param name="executed">The same notebook after a run.</param>
    /// <returns>Sentences; none when they agree.</returns>
    public static IReadOnlyList<string> Outputs(Notebook committed, Notebook executed) =>
        TranscriptComparison.Differences(Transcript.Of(committed), Transcript.Of(executed));

    /// <summary>Compares an executed notebook with its verified transcript, and leaves the received one beside it if they differ.</summary>
    /// <param name="executed">The notebook after a run.</param>
    /// <param name="verified">The file <c>NAME.verified.txt</c>.</param>
    /// <param name="settings">The values the parameters cell was given, as <c>name=value</c> separated by semicolons.</param>
    /// <param name="accept">Whether what was received becomes what is verified.</param>
    /// <returns>Sentences; none when they agree or were accepted.</returns>
    public static IReadOnlyList<string> Snapshot(Notebook executed, string verified, string settings, bool accept)
    {
        var received = Transcript.Of(executed, settings);
        var differences = Differences(verified, received);
        var beside = verified.Replace(".verified.", ".received.", StringComparison.Ordinal);
        if (differences.Count == 0 || accept) File.Delete(beside);
        if (differences.Count > 0) File.WriteAllText(accept ? verified : beside, received.ToString());
        return accept ? [] : differences;
    }

    /// <summary>The values with which a verified transcript was made.</summary>
    /// <param name="verified">The file <c>NAME.verified.txt</c>.</param>
    /// <returns><c>name=value</c> separated by semicolons; null when there is no such file.</returns>
    public static string? SettingsOf(string verified) => File.Exists(verified) ? Transcript.Parse(File.ReadAllText(verified)).Settings : null;

    private static IReadOnlyList<string> Differences(string verified, Transcript received)
    {
        if (!File.Exists(verified)) return [$"there is no {Path.GetFileName(verified)} yet; look at the received one and accept it with --accept."];
        var expected = Transcript.Parse(File.ReadAllText(verified));
        if (expected.Settings != received.Settings) return [$"it was verified with the settings '{expected.Settings}' and run with '{received.Settings}'."];
        return TranscriptComparison.Differences(expected, received);
    }
}
