using System.Collections;
using static TorchSharp.torch;
using static TorchSharp.torch.utils.data;

namespace TorchSharp.Modules;

/// <summary>
/// Batches of a data set. Everything happens on the calling thread: `num_worker` is accepted and has no effect, because tensors
/// on the device and batched tensor code need no workers.
/// </summary>
public class DataLoader<T, S> : IEnumerable<S>, IDisposable
{
    public DataLoader(Dataset<T> dataset, int batchSize, Func<IEnumerable<T>, Device, S> collate_fn, IEnumerable<long> shuffler,
        Device? device = null, int num_worker = 1, bool drop_last = false, bool disposeBatch = true, bool disposeDataset = true)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(batchSize);
        (this.dataset, batch_size, this.collate_fn, sampler) = (dataset, batchSize, collate_fn, shuffler);
        (Device, num_workers, this.drop_last) = (device ?? CPU, Math.Max(num_worker, 1), drop_last);
        (DisposeBatch, DisposeDataset) = (disposeBatch, disposeDataset);
    }

    public DataLoader(Dataset<T> dataset, int batchSize, Func<IEnumerable<T>, Device, S> collate_fn, bool shuffle = false,
        Device? device = null, int? seed = null, int num_worker = 1, bool drop_last = false, bool disposeBatch = true,
        bool disposeDataset = true)
        : this(dataset, batchSize, collate_fn, Order.Of(dataset.Count, shuffle, seed), device, num_worker, drop_last, disposeBatch, disposeDataset)
    {
    }

    public Dataset<T> dataset { get; }

    public int batch_size { get; }

    public bool drop_last { get; }

    public IEnumerable<long> sampler { get; }

    public int num_workers { get; }

    public Func<IEnumerable<T>, Device, S> collate_fn { get; }

    public Device Device { get; }

    /// <summary>Whether a batch is freed when the next one is asked for.</summary>
    public bool DisposeBatch { get; }

    public bool DisposeDataset { get; }

    public long Count => drop_last ? dataset.Count / batch_size : (dataset.Count + batch_size - 1) / batch_size;

    public IEnumerator<S> GetEnumerator()
    {
        foreach (var rows in sampler.Chunk(batch_size))
        {
            if (drop_last && rows.Length < batch_size) yield break;
            var batch = Collate(rows, out var made);
            try
            {
                yield return batch;
            }
            finally
            {
                if (DisposeBatch) foreach (var tensor in made) tensor.Dispose();
            }
        }
    }

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

    public void Dispose()
    {
        Dispose(true);
        GC.SuppressFinalize(this);
    }

    protected virtual void Dispose(bool disposing)
    {
        if (disposing && DisposeDataset) dataset.Dispose();
    }

    /// <summary>The batch belongs to no scope; what its samples needed is gone.</summary>
    private S Collate(long[] rows, out IReadOnlyList<IDisposable> made)
    {
        using var samples = NewDisposeScope();
        T[] items = [.. rows.Select(dataset.GetTensor)];
        using var collating = NewDisposeScope();
        var batch = collate_fn(items, Device);
        made = collating.DisposablesView;
        collating.Detach(made);
        return batch;
    }
}
