namespace FaLW.Data;

/// <summary>
/// What one epoch does, decided on the host before it starts: which rows in which order, the label each
/// is trained towards, which of them are forget samples, and where the batches end.
/// </summary>
/// <param name="Rows">Rows of the image set in training order.</param>
/// <param name="Targets">For each position the label to train towards; may be a random one.</param>
/// <param name="IsForget">For each position whether it is a forget sample.</param>
/// <param name="BatchSizes">Sizes of the batches in order, each at least 1, together the number of rows.</param>
public sealed record EpochPlan(int[] Rows, long[] Targets, bool[] IsForget, int[] BatchSizes)
{
    /// <summary>Rows of the image set in training order.</summary>
    public int[] Rows { get; } = Targets.Length != Rows.Length || IsForget.Length != Rows.Length
        ? throw new ArgumentException(FormattableString.Invariant($"An epoch plan of {Rows.Length} rows needs as many targets and forget marks, but has {Targets.Length} and {IsForget.Length}."), nameof(Rows))
        : BatchSizes.Any(size => size < 1) || BatchSizes.Sum() != Rows.Length
            ? throw new ArgumentException(FormattableString.Invariant($"The batches of an epoch plan must each hold a row and together {Rows.Length}, but they hold {BatchSizes.Sum()}."), nameof(BatchSizes))
            : Rows;

    /// <summary>
    /// All given samples once, in an order drawn from the stream, in batches of the given size. A short
    /// last batch is kept; a last batch of one row joins the one before, since batch normalisation
    /// cannot train on a single value.
    /// </summary>
    /// <param name="rows">Rows of the image set.</param>
    /// <param name="targets">For each row the label to train towards.</param>
    /// <param name="isForget">For each row whether it is a forget sample.</param>
    /// <param name="batchSize">Rows in a batch, at least 1.</param>
    /// <param name="order">The stream the order is drawn from.</param>
    public static EpochPlan Shuffled(
        IReadOnlyList<int> rows, IReadOnlyList<long> targets, IReadOnlyList<bool> isForget, int batchSize, SeededStream order)
    {
        var positions = order.Permutation(rows.Count);
        return new EpochPlan(
            [.. positions.Select(p => rows[p])], [.. positions.Select(p => targets[p])], [.. positions.Select(p => isForget[p])],
            Sizes(rows.Count, batchSize));
    }

    /// <summary>An epoch over rows with their true labels, none of them a forget sample.</summary>
    /// <param name="rows">Rows of the image set.</param>
    /// <param name="labels">Label of every row of the image set.</param>
    /// <param name="batchSize">Rows in a batch, at least 1.</param>
    /// <param name="order">The stream the order is drawn from.</param>
    public static EpochPlan Supervised(IReadOnlyList<int> rows, IReadOnlyList<int> labels, int batchSize, SeededStream order) =>
        Shuffled(rows, [.. rows.Select(row => (long)labels[row])], new bool[rows.Count], batchSize, order);

    /// <summary>This plan followed by another within the same epoch; no batch crosses the seam.</summary>
    public EpochPlan Then(EpochPlan next) => new(
        [.. Rows, .. next.Rows], [.. Targets, .. next.Targets], [.. IsForget, .. next.IsForget], [.. BatchSizes, .. next.BatchSizes]);

    /// <summary>Batch sizes for so many rows: full batches, then the rest; a rest of one joins the batch before.</summary>
    public static int[] Sizes(int count, int batchSize)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(batchSize, 1);
        List<int> sizes = [.. Enumerable.Repeat(batchSize, count / batchSize)];
        var rest = count % batchSize;
        if (rest == 1 && sizes.Count > 0) sizes[^1]++;
        else if (rest > 0) sizes.Add(rest);
        return [.. sizes];
    }
}

/// <summary>
/// REWEIGHT (De Min et al., "Group-robust machine unlearning", TMLR, arXiv 2503.09330, groups being classes here): retain rows drawn with replacement,
/// each with the weight w_k = N_k / (N_k - N_f,k) of its class, N_k rows of the class in the training set and N_f,k of them to forget. What is
/// left of a class then comes up as often as the whole class did. A weight decides how often a row is drawn and never scales its loss.
/// </summary>
/// <remarks>
/// A class that is forgotten whole has no retain row: its weight is undefined, nothing carries it, and the other classes keep their
/// proportions. As the public code (tdemin16/group-robust_machine_unlearning) an epoch draws as many rows as there are to retain.
/// </remarks>
internal sealed class ReweightedRows
{
    private readonly int[][] byClass;
    private readonly int[] ends;
    private readonly int count;

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
