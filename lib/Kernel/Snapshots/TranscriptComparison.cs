namespace FaLW.Kernel.Snapshots;

/// <summary>Where two transcripts differ, as sentences that name the cell.</summary>
internal static class TranscriptComparison
{
    /// <summary>What the new transcript has that the expected one has not, and the other way round; empty when they agree.</summary>
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
