namespace FaLW.Kernel.Snapshots;

/// <summary>
/// Says whether a notebook still gives what it gave: in its own outputs, and in the transcript <c>NAME.verified.txt</c> that
/// lies beside it or in a folder of its own. File names follow Verify's grammar.
/// </summary>
internal static class NotebookVerifier
{
    public static IReadOnlyList<string> Outputs(Notebook committed, Notebook executed) =>
        TranscriptComparison.Differences(Transcript.Of(committed, isWhole: true), Transcript.Of(executed, isWhole: true));

    public static IReadOnlyList<string> Snapshot(Notebook executed, string verified, string settings, bool accept)
    {
        var received = Transcript.Of(executed, settings);
        var differences = Differences(verified, received);
        var beside = verified.Replace(".verified.", ".received.", StringComparison.Ordinal);
        if (differences.Count == 0 || accept) File.Delete(beside);
        if (differences.Count > 0) File.WriteAllText(accept ? verified : beside, received.ToString());
        return accept ? [] : differences;
    }

    public static string? SettingsOf(string verified) => File.Exists(verified) ? Transcript.Parse(File.ReadAllText(verified)).Settings : null;

    private static IReadOnlyList<string> Differences(string verified, Transcript received)
    {
        if (!File.Exists(verified)) return [$"there is no {Path.GetFileName(verified)} yet; look at the received one and accept it with --accept."];
        var expected = Transcript.Parse(File.ReadAllText(verified));
        if (expected.Settings != received.Settings) return [$"it was verified with the settings '{expected.Settings}' and run with '{received.Settings}'."];
        return TranscriptComparison.Differences(expected, received);
    }
}

/// <summary>Where two transcripts differ, as sentences that name the cell.</summary>
internal static class TranscriptComparison
{
    public static IReadOnlyList<string> Differences(Transcript expected, Transcript received)
    {
        var (before, now) = (Ids(expected), Ids(received));
        if (before.Except(now, StringComparer.Ordinal).ToList() is { Count: > 0 } gone) return [.. gone.Select(id => $"cell '{id}' is missing.")];
        if (now.Except(before, StringComparer.Ordinal).ToList() is { Count: > 0 } added) return [.. added.Select(id => $"cell '{id}' is new.")];
        if (!before.SequenceEqual(now, StringComparer.Ordinal)) return ["the cells are in another order."];
        return [.. expected.Blocks.Zip(received.Blocks, InBlock).OfType<string>()];
    }

    private static List<string> Ids(Transcript transcript) => [.. transcript.Blocks.Select(block => block.Id)];

    private static string? InBlock(TranscriptBlock expected, TranscriptBlock received)
    {
        if (expected.Remarks != received.Remarks) return $"cell '{expected.Id}' is marked '{received.Remarks}' and was marked '{expected.Remarks}'.";
        for (var i = 0; i < Math.Max(expected.Lines.Count, received.Lines.Count); i++)
        {
            var (before, now) = (expected.Lines.ElementAtOrDefault(i), received.Lines.ElementAtOrDefault(i));
            if (before is null || now is null || !NumberText.Agree(before, now, received.Tolerance))
                return FormattableString.Invariant($"cell '{expected.Id}', line {i + 1} of its outputs:\n    expected  {Shown(before)}\n    received  {Shown(now)}");
        }
        return null;
    }

    private static string Shown(string? line) => line?.Trim() ?? "(nothing)";
}
