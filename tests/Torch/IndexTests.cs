using TorchSharp;
using static TorchSharp.torch;

namespace FaLW.Tests.Torch;

/// <summary>Elements chosen by place, by list or by mask, read and written.</summary>
public sealed class IndexTests : IDisposable
{
    private readonly DisposeScope scope = NewDisposeScope();
    private readonly Tensor t = arange(12, dtype: int64).reshape(3, 4);

    public void Dispose() => scope.Dispose();

    [Fact]
    public void Numbers_and_slices()
    {
        Assert.Equal(6L, t[1, 2].item<long>());
        Assert.Equal([4L, 5L, 6L, 7L], Longs(t[1]));
        Assert.Equal([8L, 9L, 10L, 11L], Longs(t[-1]));
        Assert.Equal([1L, 5L, 9L], Longs(t[TensorIndex.Ellipsis, 1]));
        Assert.Equal([2L, 3L, 6L, 7L], Longs(t[..2, 2..]));
        Assert.Equal([3L, 7L, 11L], Longs(t[TensorIndex.Colon, TensorIndex.Single(-1)]));
        Assert.Equal([0L, 2L, 8L, 10L], Longs(t[TensorIndex.Slice(step: 2), TensorIndex.Slice(start: 0, stop: 4, step: 2)]));
        Assert.Equal([3L, 1L, 4L], t[TensorIndex.Colon, TensorIndex.None].shape);
        Assert.Equal([4L, 5L], Longs(t[1..^1, ..^2]));
    }

    [Fact]
    public void Lists_and_masks()
    {
        var rows = tensor(new[] { 2L, 0L });
        Assert.Equal([8L, 9L, 10L, 11L, 0L, 1L, 2L, 3L], Longs(t[rows]));
        Assert.Equal([9L, 3L], Longs(t[rows, tensor(new[] { 1L, 3L })]));
        Assert.Equal([10L, 11L], Longs(t[t > 9]));
        Assert.Equal([8L, 0L], Longs(t[TensorIndex.Tensor(rows), TensorIndex.Single(0)]));
        Assert.Equal([8L, 9L, 10L, 11L, 0L, 1L, 2L, 3L], Longs(t.index_select(dim: 0, index: rows)));
        Assert.Equal([10L, 11L], Longs(t.masked_select(mask: t > 9)));
        Assert.Equal([0L, 5L, 10L], Longs(t.gather(dim: 1, index: arange(3, dtype: int64).unsqueeze(1))));
        Assert.Equal([1L, 11L], Longs(t.take(tensor(new[] { 1L, 11L }))));
    }

    [Fact]
    public void Places_are_written()
    {
        t[0, 0] = 100;
        t[1] = tensor(new[] { 1L, 1L, 1L, 1L });
        t[t > 99] = -1;
        t[2, 1..3] = tensor(new[] { 7L, 8L });
        Assert.Equal([-1L, 1L, 2L, 3L, 1L, 1L, 1L, 1L, 8L, 7L, 8L, 11L], Longs(t));
        t.index_put_(0, t == 1);
        Assert.Equal(5L, (t == 0).sum().item<long>());
    }

    [Fact]
    public void Lists_are_written()
    {
        var index = tensor(new[] { 0L, 2L, 2L });
        var source = tensor(new[] { 1f, 2f, 3f });
        Assert.Equal([1f, 0f, 5f], Floats(zeros(3).index_add(0, index, source, alpha: 1)));
        Assert.Equal([1f, 0f, 5f], Floats(zeros(3).scatter_add(dim: 0, index: index, src: source)));
        Assert.Equal([1f, 0f, 2f], Floats(zeros(3).scatter_(0, index[..2], source[..2])));
        Assert.Equal([1f, 0f, 2f], Floats(zeros(3).index_copy_(0, index[..2], source[..2])));
        Assert.Equal([9f, 0f, 9f], Floats(zeros(3).index_fill_(0, index, 9)));
        Assert.Equal([9f, 0f, 9f], Floats(zeros(3).masked_fill(tensor(new[] { true, false, true }), 9)));
        Assert.Equal([1f, 0f, 2f], Floats(zeros(3).masked_scatter_(tensor(new[] { true, false, true }), source)));
    }

    [Fact]
    public void A_condition_chooses()
    {
        var even = t % 2 == 0;
        Assert.Equal([0L, -1L, 2L, -1L], Longs(where(even, t, full_like(t, -1))[0]));
        Assert.Equal([0L, -1L, 2L, -1L], Longs(t.where(condition: even, y: full_like(t, -1))[0]));
        var places = where(t > 9);
        Assert.Equal([2L, 2L], Longs(places[0]));
        Assert.Equal([2L, 3L], Longs(places[1]));
        Assert.Equal([2L, 2L, 2L, 3L], Longs((t > 9).nonzero()));
        Assert.Throws<ArgumentException>(() => t.where(t, t));
    }

    [Fact]
    public void Parts_are_views()
    {
        t.narrow(dim: 1, start: 1, length: 2).zero_();
        t.select(dim: 0, index: 2).fill_(7);
        t.slice(dim: 0, start: 0, finish: 3, step: 2)[0, 0] = 5;
        Assert.Equal([5L, 0L, 0L, 3L, 4L, 0L, 0L, 7L, 7L, 7L, 7L, 7L], Longs(t));
    }

    private static long[] Longs(Tensor tensor) => tensor.data<long>().ToArray();

    private static float[] Floats(Tensor tensor) => tensor.data<float>().ToArray();
}
