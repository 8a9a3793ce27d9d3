namespace FaLW.Data;

/// <summary>Finds the name a user probably meant.</summary>
public static class Nearest
{
    /// <summary>The candidate with the fewest edits from what was typed, ignoring case.</summary>
    /// <param name="typed">What was typed.</param>
    /// <param name="candidates">The names that exist, at least one.</param>
    public static string Of(string typed, IEnumerable<string> candidates) =>
        candidates.MinBy(name => Distance(name.ToLowerInvariant(), typed.ToLowerInvariant()))
        ?? throw new ArgumentException("Cannot name the nearest of no names; pass at least one candidate.", nameof(candidates));

    /// <summary>Insertions, deletions and replacements that turn one word into the other (Levenshtein 1966).</summary>
    /// <param name="from">One word.</param>
    /// <param name="to">The other word.</param>
    public static int Distance(string from, string to)
    {
        var row = Enumerable.Range(0, to.Length + 1).ToArray();
        foreach (var letter in from)
        {
            var diagonal = row[0]++;
            for (var i = 1; i < row.Length; i++)
            {
                var kept = diagonal + (to[i - 1] == letter ? 0 : 1);
                diagonal = row[i];
                row[i] = Math.Min(kept, Math.Min(row[i], row[i - 1]) + 1);
            }
        }

        return row[^1];
    }
}
