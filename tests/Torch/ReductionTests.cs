using TorchSharp;
using static TorchSharp.torch;

namespace FaLW.Tests.Torch;

/// <summary>Summaries of [[1, 2, 3], [4, 5, 6]], worked out by hand.</summary>
public sealed class ReductionTests : IDisposable
{
    private readonly DisposeScope scope = NewDisposeScope();
    private readonly Tensor t = arange(1, 7, dtype: float32).reshape(2, 3);

    public void Dispose() => scope.Dispose();

    [Fact]
    public void Sums()
    {
        Assert.Equal(21f, t.sum().item<float>());
        Assert.Equal([5f, 7f, 9f], Floats(t.sum(dim: 0)));
        Assert.Equal([6f, 15f], Floats(t.sum([1])));
        Assert.Equal([2L, 1L], t.sum(dim: 1, keepdim: true).shape);
        Assert.Equal(21.0, t.sum(dim0: 0, dim1: 1, type: float64).item<double>());
        Assert.Equal(720f, t.prod().item<float>());
        Assert.Equal([1f, 3f, 6f, 4f, 9f, 15f], Floats(t.cumsum(dim: 1)));
        Assert.Equal(int64, tensor(new[] { true, true }).sum().dtype);
    }

    [Fact]
    public void Means_and_deviations()
    {
        Assert.Equal(3.5f, t.mean().item<float>());
        Assert.Equal([2f, 5f], Floats(t.mean(dimensions: [1])));
        Assert.Equal([2L, 1L], t.mean([1L], keepdim: true).shape);
        Assert.Equal([1f, 1f], Floats(t.var(1)));
        Assert.True(t.var([1L], unbiased: false).allclose(full(2, 2.0 / 3)));
        Assert.Equal(Math.Sqrt(3.5), t.std().item<float>(), 1e-6);
        Assert.Equal(Math.Sqrt(35.0 / 12), t.std(unbiased: false).item<float>(), 1e-6);
        Assert.Equal([2L, 1L], t.std(new long[] { 1 }, unbiased: true, keepdim: true).shape);
    }

    [Fact]
    public void Norms()
    {
        Assert.Equal(Math.Sqrt(91), t.norm().item<float>(), 1e-5);
        Assert.Equal(21f, t.norm(p: 1f).item<float>());
        Assert.Equal([6f, 15f], Floats(t.norm(1, keepdim: false, p: 1f)));
        Assert.Equal(Math.Sqrt(14), linalg.vector_norm(t, dims: [1])[0].item<float>(), 1e-5);
    }

    [Fact]
    public void Exponentials_are_stable()
    {
        var large = tensor(new[] { 1000f, 1000f });
        Assert.Equal(1000 + Math.Log(2), large.logsumexp(dim: 0).item<float>(), 1e-3);
        Assert.Equal([0.5f, 0.5f], Floats(large.softmax(dim: 0)));
        Assert.Equal(-Math.Log(2), large.log_softmax(dim: 0)[0].item<float>(), 1e-6);
        Assert.Equal(float64, softmax(large, 0, dtype: float64).dtype);
    }

    [Fact]
    public void Truths()
    {
        Assert.True(t.gt(0).all().item<bool>());
        Assert.Equal([false, true], t.gt(3).all(dim: 1).data<bool>().ToArray());
        Assert.True((t == 5).any().item<bool>());
        Assert.Equal([false, true], (t == 5).any(dim: 1, keepdim: false).data<bool>().ToArray());
        Assert.Equal(4L, count_nonzero(t.gt(2)).item<long>());
    }

    [Fact]
    public void Counts()
    {
        var labels = tensor(new[] { 0L, 2L, 2L, 3L });
        Assert.Equal([1L, 0L, 2L, 1L, 0L], bincount(labels, minlength: 5).data<long>().ToArray());
        Assert.Equal([0.5, 0, 3, 4], bincount(labels, weights: tensor(new[] { 0.5, 1.0, 2.0, 4.0 })).data<double>().ToArray());
        Assert.Equal([1f, 2f, 1f], Floats(histc(labels.to_type(float32), bins: 3, min: 0, max: 3).sub(tensor(new[] { 0f, -2f, 2f }))));
    }

    [Fact]
    public void Covariances_and_differences()
    {
        var rows = tensor(new[,] { { 1.0, 2.0, 3.0 }, { 2.0, 4.0, 6.0 } });
        Assert.True(cov(rows).allclose(tensor(new[,] { { 1.0, 2.0 }, { 2.0, 4.0 } })));
        Assert.True(corrcoef(rows).allclose(ones(2, 2, dtype: float64)));
        Assert.Equal([1.0, 1.0, 2.0, 2.0], diff(rows).data<double>().ToArray());
        Assert.Equal(18.0, rows.nansum().item<double>());
        Assert.Equal([0L, 2L], bucketize(tensor(new[] { 0.5, 3.0 }), tensor(new[] { 1.0, 2.0 })).data<long>().ToArray());
    }

    private static float[] Floats(Tensor tensor) => tensor.data<float>().ToArray();
}
