using static TorchSharp.torch;

namespace FaLW.Data;

/// <summary>
/// Cuts an epoch into batches on the device. The plan and the augmentation draws are uploaded once; after
/// that nothing waits for the host.
/// </summary>
public sealed class Batches : IDisposable
{
    private readonly ImageSet images;
    private readonly Tensor rows, targets, isForget, forgetPositions;
    private readonly Tensor? draws;

    private Batches(ImageSet images, EpochPlan plan, Augmentation augmentation, int seed, int epoch)
    {
        this.images = images;
        rows = OnDevice(plan.Rows.Select(row => (long)row).ToArray());
        targets = OnDevice(plan.Targets);
        isForget = tensor(plan.IsForget, [plan.IsForget.Length], device: images.Device).DetachFromDisposeScope();
        forgetPositions = OnDevice([.. ForgetPositions(plan)]);
        draws = augmentation == Augmentation.None ? null : CropFlip.Draws(plan.Rows.Length, seed, epoch, images.Device).DetachFromDisposeScope();
    }

    /// <summary>
    /// The batches of one epoch in order. A batch's tensors belong to the sequence and live until the
    /// next batch is asked for, whatever dispose scope is open.
    /// </summary>
    /// <param name="images">The image set, on the device to train on.</param>
    /// <param name="plan">Rows, targets and batch sizes.</param>
    /// <param name="augmentation">How images are varied.</param>
    /// <param name="seed">Seed of the augmentation; equal seeds and epochs give equal images.</param>
    /// <param name="epoch">Number of the epoch; each has draws of its own.</param>
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
                Release(batch);
            }

            start += size;
            forgotten += forget;
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        foreach (var part in (Tensor?[])[rows, targets, isForget, forgetPositions, draws]) part?.Dispose();
    }

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

    private static void Release(Batch batch)
    {
        foreach (var part in (Tensor[])[batch.Images, batch.Labels, batch.Targets, batch.IsForget, batch.Rows, batch.ForgetPositions]) part.Dispose();
    }

    private static IEnumerable<long> ForgetPositions(EpochPlan plan)
    {
        var start = 0;
        foreach (var size in plan.BatchSizes)
        {
            for (var i = 0; i < size; i++)
                if (plan.IsForget[start + i]) yield return i;
            start += size;
        }
    }

    private Tensor OnDevice(long[] values) => tensor(values, [values.Length], dtype: int64, device: images.Device).DetachFromDisposeScope();
}
