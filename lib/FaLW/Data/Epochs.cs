using static TorchSharp.torch;

namespace FaLW.Data;

/// <summary>How training images are varied.</summary>
public enum Augmentation
{
    /// <summary>Images as they are.</summary>
    None,

    /// <summary>A border of 4 black pixels, a random crop of the original size, then a mirror image in half of the cases.</summary>
    CropFlip,
}

/// <summary>One mixed batch on the device: forget and retain samples share one forward pass.</summary>
/// <param name="Images">float32 [n, C, H, W], augmented and normalised.</param>
/// <param name="Labels">int64 [n], the true labels.</param>
/// <param name="Targets">int64 [n], the labels to train towards; random for forget samples in some methods.</param>
/// <param name="IsForget">bool [n].</param>
/// <param name="Rows">int64 [n], rows of the image set.</param>
public readonly record struct Batch(Tensor Images, Tensor Labels, Tensor Targets, Tensor IsForget, Tensor Rows)
{
    /// <summary>
    /// int64 [k], where in the batch its forget samples stand, ascending. The trainer counts them on
    /// the host, so that picking them out never waits for the device; otherwise they are searched.
    /// </summary>
    public Tensor ForgetPositions
    {
        get => field ?? IsForget.nonzero().flatten();
        init;
    }
}

/// <summary>
/// Cuts an epoch into batches on the device. The plan and the augmentation draws are uploaded once; after
/// that nothing waits for the host.
/// </summary>
internal sealed class Batches(ImageSet images, EpochPlan plan, Augmentation augmentation, int seed, int epoch) : IDisposable
{
    private readonly Tensor rows = On(images.Device, [.. plan.Rows.Select(row => (long)row)]), targets = On(images.Device, plan.Targets);
    private readonly Tensor isForget = tensor(plan.IsForget, [plan.IsForget.Length], device: images.Device).DetachFromDisposeScope();
    private readonly Tensor forgetPositions = On(
        images.Device,
        [.. plan.BatchSizes.SelectMany(size => Enumerable.Range(0, size)).Zip(plan.IsForget).Where(place => place.Second).Select(place => (long)place.First)]);

    private readonly Tensor? draws =
        augmentation == Augmentation.None ? null : CropFlip.Draws(plan.Rows.Length, seed, epoch, images.Device).DetachFromDisposeScope();

    /// <summary>
    /// The batches of one epoch in order; equal seeds and epochs give equal images. A batch's tensors belong to the sequence and live
    /// until the next batch is asked for, whatever dispose scope is open.
    /// </summary>
    public static IEnumerable<Batch> Of(ImageSet images, EpochPlan plan, Augmentation augmentation, int seed, int epoch)
    {
        using var epochTensors = new Batches(images, plan, augmentation, seed, epoch);
        var (start, forgotten) = (0, 0);
        foreach (var size in plan.BatchSizes)
        {
            var forget = plan.IsForget.AsSpan(start, size).Count(true);
            var batch = epochTensors.Cut(start, size, forgotten, forget);
            try
            {
                yield return batch;
            }
            finally
            {
                Owned.Release(batch.Images, batch.Labels, batch.Targets, batch.IsForget, batch.Rows, batch.ForgetPositions);
            }

            (start, forgotten) = (start + size, forgotten + forget);
        }
    }

    public void Dispose() => Owned.Release(rows, targets, isForget, forgetPositions, draws);

    private Batch Cut(int start, int size, int forgotten, int forget)
    {
        using var scope = NewDisposeScope();
        var chosen = rows.narrow(0, start, size);
        var pixels = images.Images.index_select(0, chosen);
        if (draws is not null) pixels = CropFlip.Apply(pixels, draws.narrow(1, start, size));
        return new Batch(
            images.Normalised(pixels).DetachFromDisposeScope(),
            images.Labels.index_select(0, chosen).DetachFromDisposeScope(),
            targets.narrow(0, start, size).DetachFromDisposeScope(),
            isForget.narrow(0, start, size).DetachFromDisposeScope(),
            chosen.DetachFromDisposeScope())
        {
            ForgetPositions = forgetPositions.narrow(0, forgotten, forget).DetachFromDisposeScope(),
        };
    }

    private static Tensor On(Device device, long[] values) => tensor(values, [values.Length], dtype: int64, device: device).DetachFromDisposeScope();
}

/// <summary>
/// The usual augmentation of small images, for a whole batch at once: a black border of 4 pixels, a crop of
/// the original size at a random place, mirrored in half of the cases. It works on raw bytes, so that
/// the border is black before normalisation, as with torchvision's RandomCrop and RandomHorizontalFlip.
/// </summary>
internal static class CropFlip
{
    private const int Border = 4;

    /// <summary>int64 [3, count]: offset down and offset right, 0 to 8 each, and 1 where mirrored.</summary>
    public static Tensor Draws(int count, int seed, int epoch, Device device)
    {
        var stream = new SeededStream(seed, Invariant($"augmentation of epoch {epoch}"));
        var draws = new long[3 * count];
        for (var i = 0; i < count; i++)
        {
            draws[i] = stream.Below(2 * Border + 1);
            draws[count + i] = stream.Below(2 * Border + 1);
            draws[2 * count + i] = stream.Below(2);
        }

        return tensor(draws, [3, count], dtype: int64, device: device);
    }

    /// <summary>Crops and mirrors each image, uint8 [n, C, H, W], by its draws.</summary>
    public static Tensor Apply(Tensor images, Tensor draws)
    {
        using var scope = NewDisposeScope();
        var (n, channels, height, width) = (images.shape[0], images.shape[1], images.shape[2], images.shape[3]);
        var padded = zeros([n, channels, height + 2 * Border, width + 2 * Border], dtype: ScalarType.Byte, device: images.device);
        padded.narrow(2, Border, height).narrow(3, Border, width).copy_(images);

        var right = arange(0, width, dtype: int64, device: images.device);
        var left = arange(width - 1, -1, -1, dtype: int64, device: images.device);
        var mirrored = draws.select(0, 2).unsqueeze(1).eq(1);
        var down = draws.select(0, 0).unsqueeze(1) + arange(0, height, dtype: int64, device: images.device);
        var across = draws.select(0, 1).unsqueeze(1) + where(mirrored, left.unsqueeze(0), right.unsqueeze(0));
        var source = down.unsqueeze(2) * (width + 2 * Border) + across.unsqueeze(1);
        return padded.view(n, channels, -1)
            .gather(2, source.view(n, 1, height * width).expand(n, channels, height * width))
            .view(n, channels, height, width)
            .MoveToOuterDisposeScope();
    }
}

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
        ? throw new ArgumentException(Invariant($"An epoch plan of {Rows.Length} rows needs as many targets and forget marks, but has {Targets.Length} and {IsForget.Length}."), nameof(Rows))
        : BatchSizes.Any(size => size < 1) || BatchSizes.Sum() != Rows.Length
            ? throw new ArgumentException(Invariant($"The batches of an epoch plan must each hold a row and together {Rows.Length}, but they hold {BatchSizes.Sum()}."), nameof(BatchSizes))
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
        var draw = new SeededStream(seed, Invariant($"reweighted retain rows of epoch {epoch}"));
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
