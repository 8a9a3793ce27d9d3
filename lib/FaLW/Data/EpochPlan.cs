namespace FaLW.Data;

/// <summary>
/// What one epoch does, decided on the host before it starts: which rows in which order, the label each
/// is trained towards, which of them are forget samples, and where the batches end.
/// </summary>
public sealed record EpochPlan
{
    /// <summary>Takes the lists and checks that they fit each other.</summary>
    /// <param name="rows">Rows of the image set in training order.</param>
    /// <param name="targets">For each position the label to train towards; may be a random one.</param>
    /// <param name="isForget">For each position whether it is a forget sample.</param>
    /// <param name="batchSizes">Sizes of the batches in order, each at least 1, together the number of rows.</param>
    public EpochPlan(int[] rows, long[] targets, bool[] isForget, int[] batchSizes)
    {
        if (targets.Length != rows.Length || isForget.Length != rows.Length)
            throw new ArgumentException(FormattableString.Invariant(
                $"An epoch plan of {rows.Length} rows needs as many targets and forget marks, but has {targets.Length} and {isForget.Length}."), nameof(rows));
        if (batchSizes.Any(size => size < 1) || batchSizes.Sum() != rows.Length)
            throw new ArgumentException(FormattableString.Invariant(
                $"The batches of an epoch plan must each hold a row and together {rows.Length}, but they hold {batchSizes.Sum()}."), nameof(batchSizes));
        (Rows, Targets, IsForget, BatchSizes) = (rows, targets, isForget, batchSizes);
    }

    /// <summary>Rows of the image set in training order.</summary>
    public int[] Rows { get; }

    /// <summary>For each position the label to train towards.</summary>
    public long[] Targets { get; }

    /// <summary>For each position whether it is a forget sample.</summary>
    public bool[] IsForget { get; }

    /// <summary>Sizes of the batches in order.</summary>
    public int[] BatchSizes { get; }

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
    /// <param name="next">The plan that comes after.</param>
    public EpochPlan Then(EpochPlan next) => new(
        [.. Rows, .. next.Rows], [.. Targets, .. next.Targets], [.. IsForget, .. next.IsForget], [.. BatchSizes, .. next.BatchSizes]);

    /// <summary>Batch sizes for so many rows: full batches, then the rest; a rest of one joins the batch before.</summary>
    /// <param name="count">Number of rows.</param>
    /// <param name="batchSize">Rows in a batch, at least 1.</param>
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
