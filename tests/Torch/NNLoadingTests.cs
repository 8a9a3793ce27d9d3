using static TorchSharp.torch;
using static TorchSharp.torch.utils.data;

namespace FaLW.Tests.Torch;

/// <summary>Data sets and loaders, as ad-hoc notebooks use them.</summary>
public sealed class NNLoadingTests
{
    [Fact]
    public void Batches_come_in_order_the_last_one_shorter()
    {
        using var loader = DataLoader(new Squares(5), 2);
        Assert.Equal(3, loader.Count);
        var seen = new List<float[]>();
        foreach (var batch in loader) seen.Add(batch["square"].data<float>().ToArray());
        Assert.Equal([[0f, 1f], [4f, 9f], [16f]], seen);
        using var even = DataLoader(new Squares(5), 2, drop_last: true);
        Assert.Equal(2, even.Count);
        Assert.Equal([1, 1], even.Select(_ => 1));
    }

    [Fact]
    public void A_batch_is_freed_when_the_next_one_comes()
    {
        var before = Tensor.TotalCount;
        using (var loader = DataLoader(new Squares(6), 2))
        {
            Tensor? last = null;
            foreach (var batch in loader)
            {
                Assert.True(last?.IsInvalid ?? true);
                last = batch["square"];
                Assert.False(last.IsInvalid);
            }
            Assert.True(last!.IsInvalid);
        }
        Assert.Equal(before, Tensor.TotalCount);
    }

    [Fact]
    public void Shuffling_keeps_every_sample_and_a_seed_repeats_it()
    {
        float[] Order(int? seed)
        {
            using var loader = DataLoader(new Squares(50), 7, shuffle: true, seed: seed);
            var order = new List<float>();
            foreach (var batch in loader) order.AddRange(batch["square"].data<float>().ToArray());
            return [.. order];
        }
        Assert.Equal(Order(3), Order(3));
        Assert.NotEqual(Order(3), Order(4));
        Assert.Equal(Enumerable.Range(0, 50).Select(i => (float)(i * i)), Order(null).Order());
    }

    [Fact]
    public void Rows_of_tensors_are_samples()
    {
        using var scope = NewDisposeScope();
        var (x, y) = (arange(0, 6, dtype: ScalarType.Float32).reshape(3, 2), arange(0, 3, dtype: ScalarType.Int64));
        using var loader = DataLoader(TensorDataset(x, y), 3, [2L, 0L, 1L]);
        foreach (var batch in loader)
        {
            Assert.Equal([4f, 5f, 0f, 1f, 2f, 3f], batch[0].data<float>().ToArray());
            Assert.Equal([2L, 0L, 1L], batch[1].data<long>().ToArray());
        }
        Assert.Throws<ArgumentException>(() => TensorDataset(x, ones(4)));
    }

    private sealed class Squares(int count) : Dataset
    {
        public override long Count => count;

        public override Dictionary<string, Tensor> GetTensor(long index) =>
            new(StringComparer.Ordinal) { ["square"] = tensor((float)(index * index)) };
    }
}
