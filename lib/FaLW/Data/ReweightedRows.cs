namespace FaLW.Data;

/// <summary>
/// REWEIGHT (De Min et al., "Group-robust machine unlearning", TMLR, arXiv 2503.09330, groups being classes here): retain rows drawn with replacement,
/// each with the weight w_k = N_k / (N_k - N_f,k) of its class, N_k rows of the class in the training set and N_f,k of them to forget. What is
/// left of a class then comes up as often as the whole class did. A weight decides how often a row is drawn and never scales its loss.
/// </summary>
/// <remarks>
/// A class that is forgotten whole has no retain row: its weight is undefined, nothing carries it, and the other classes keep their
/// proportions. As the public code (tdemin16/group-robust_machine_unlearning) an epoch draws as many rows as there are to retain.
/// </remarks>
public sealed class ReweightedRows
{
    private readonly int[][] byClass;
    private readonly int[] ends;
    private readonly int count;

    /// <summary>Counts the classes.</summary>
    /// <param name="splits">Forget and retain rows.</param>
    /// <param name="labels">Label of every row of the image set.</param>
    public ReweightedRows(Splits splits, IReadOnlyList<int> labels)
    {
        var rows = splits.Retain.ToLookup(row => labels[row]);
        byClass = [.. Enumerable.Range(0, splits.Classes).Select(k => rows[k].ToArray())];
        int[] before = [.. byClass.Select((left, k) => left.Length + splits.ForgetCounts[k])];
        Weights = [.. byClass.Select((left, k) => left.Length == 0 ? double.NaN : (double)before[k] / left.Length)];
        count = splits.Retain.Count;
        var end = 0;
        ends = [.. byClass.Select((left, k) => end += left.Length == 0 ? 0 : before[k])];
    }

    /// <summary>w_k of every class, at least 1; 1 where nothing of it is forgotten, NaN where nothing of it is left.</summary>
    public ValueList<double> Weights { get; }

    /// <summary>The rows of one epoch in drawn order: as many as there are to retain, some more than once.</summary>
    /// <param name="seed">Seed of the draw; zero is a seed.</param>
    /// <param name="epoch">The epoch from 0.</param>
    public int[] OfEpoch(int seed, int epoch)
    {
        var draw = new SeededStream(seed, FormattableString.Invariant($"reweighted retain rows of epoch {epoch}"));
        return [.. Enumerable.Range(0, count).Select(_ => Row(draw))];
    }

    // A row of the training set as it was names the class, so each class is drawn in proportion to N_k; which of its rows is left to chance.
    private int Row(SeededStream draw)
    {
        var place = draw.Below(ends[^1]);
        var rows = byClass[Array.FindIndex(ends, end => place < end)];
        return rows[draw.Below(rows.Length)];
    }
}
