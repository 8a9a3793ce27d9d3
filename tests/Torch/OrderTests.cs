using TorchSharp;
using static TorchSharp.torch;

namespace FaLW.Tests.Torch;

/// <summary>Largest, smallest, sorted, distinct.</summary>
public sealed class OrderTests : IDisposable
{
    private readonly DisposeScope scope = NewDisposeScope();
    private readonly Tensor t = tensor(new[] { 3f, 1f, 2f, 9f, 7f, 8f }, dimensions: [2, 3]);

    public void Dispose() => scope.Dispose();

    [Fact]
    public void Extremes_and_where_they_are()
    {
        Assert.Equal((9f, 1f), (t.max().item<float>(), t.min().item<float>()));
        var (values, indexes) = t.max(dim: 1);
        Assert.Equal([3f, 9f], values.data<float>().ToArray());
        Assert.Equal([0L, 0L], indexes.data<long>().ToArray());
        Assert.Equal([1f, 7f], t.min(1, keepdim: true).values.data<float>().ToArray());
        Assert.Equal([1L, 1L], t.argmin(dim: 1).data<long>().ToArray());
        Assert.Equal(3L, t.argmax().item<long>());
        Assert.Equal([9f, 7f, 8f], t.amax(0).data<float>().ToArray());
    }

    [Fact]
    public void Sorting_and_the_best_few()
    {
        var (values, indices) = t.sort(dim: 1, descending: true);
        Assert.Equal([3f, 2f, 1f, 9f, 8f, 7f], values.data<float>().ToArray());
        Assert.Equal([0L, 2L, 1L, 0L, 2L, 1L], indices.data<long>().ToArray());
        Assert.Equal([1L, 2L, 0L, 1L, 2L, 0L], t.argsort(dim: 1).data<long>().ToArray());
        Assert.Equal([1f, 2f, 7f, 8f], t.topk(2, dim: 1, largest: false).values.data<float>().ToArray());
        Assert.Equal([2f, 8f], t.kthvalue(2, dim: 1).values.data<float>().ToArray());
        Assert.Equal(3f, t.median().item<float>());
    }

    [Fact]
    public void A_stable_sort_keeps_ties_in_order()
    {
        var ties = zeros(100, dtype: int64);
        Assert.True(ties.sort(stable: true).Indices.Equals(arange(100, dtype: int64)));
    }

    [Fact]
    public void Quantiles_interpolate()
    {
        var q = quantile(arange(5, dtype: float64), tensor(new[] { 0.0, 0.25, 0.9 }), dim: 0);
        Assert.True(q.allclose(tensor(new[] { 0.0, 1.0, 3.6 })));
    }

    [Fact]
    public void Distinct_elements_and_their_counts()
    {
        var (output, inverse, counts) = tensor(new[] { 5L, 3L, 5L, 5L }).unique(sorted: true, return_inverse: true, return_counts: true);
        Assert.Equal([3L, 5L], output.data<long>().ToArray());
        Assert.Equal([1L, 0L, 1L, 1L], inverse!.data<long>().ToArray());
        Assert.Equal([1L, 3L], counts!.data<long>().ToArray());
        Assert.Equal([1L, 3L], searchsorted(tensor(new[] { 1f, 2f, 4f }), tensor(new[] { 2f, 9f })).data<long>().ToArray());
    }
}
