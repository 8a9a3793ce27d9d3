using TorchSharp;
using static TorchSharp.torch;

namespace FaLW.Tests.Torch;

/// <summary>Products by hand; decompositions by putting the pieces together again.</summary>
public sealed class LinearAlgebraTests : IDisposable
{
    private readonly DisposeScope scope = NewDisposeScope();
    private readonly Tensor a = tensor(new[,] { { 4.0, 1.0 }, { 1.0, 3.0 } });
    private readonly Tensor x = tensor(new[] { 1.0, 2.0 });

    public void Dispose() => scope.Dispose();

    [Fact]
    public void Products()
    {
        Assert.Equal([6.0, 7.0], Doubles(a.mv(x)));
        Assert.Equal([6.0, 7.0], Doubles(matmul(a, x)));
        Assert.Equal([17.0, 7.0, 7.0, 10.0], Doubles(a.mm(a)));
        Assert.Equal([17.0, 7.0, 7.0, 10.0], Doubles(einsum("ij,jk->ik", a, a)));
        Assert.Equal(5.0, x.dot(x).item<double>());
        Assert.Equal([1.0, 2.0, 2.0, 4.0], Doubles(x.outer(x)));
        Assert.Equal(7.0, a.trace().item<double>());
        Assert.Equal([2L, 2L, 2L], stack([a, a]).bmm(stack([a, a])).shape);
        Assert.Equal([21.0, 8.0, 8.0, 13.0], Doubles(a.addmm(a, a)));
        Assert.Equal([5.0], Doubles(cdist(tensor(new[,] { { 0.0, 0.0 } }), tensor(new[,] { { 3.0, 4.0 } }))));
    }

    [Fact]
    public void Systems()
    {
        Assert.Equal(11.0, det(a).item<double>(), 1e-12);
        Assert.True(a.mv(linalg.solve(A: a, B: x)).allclose(x));
        Assert.True(a.mm(linalg.inv(a)).allclose(eye(2, dtype: float64)));
        Assert.True(linalg.pinv(a).allclose(linalg.inv(a)));
        var tall = tensor(new[,] { { 1.0, 0.0 }, { 1.0, 1.0 }, { 1.0, 2.0 } });
        var line = linalg.lstsq(tall, tensor(new[,] { { 1.0 }, { 3.0 }, { 5.0 } })).Solution;
        Assert.True(line.allclose(tensor(new[,] { { 1.0 }, { 2.0 } })));
    }

    [Fact]
    public void Decompositions()
    {
        var l = linalg.cholesky(a);
        Assert.True(l.mm(l.t()).allclose(a));
        var (values, vectors) = linalg.eigh(a);
        Assert.True(vectors.mm(values.diag()).mm(vectors.t()).allclose(a));
        Assert.Equal((7 - Math.Sqrt(5)) / 2, values[0].item<double>(), 1e-12);
        var (q, r) = linalg.qr(a);
        Assert.True(q.mm(r).allclose(a));
        var (u, s, vh) = linalg.svd(a);
        Assert.True(u.mm(s.diag()).mm(vh).allclose(a));
    }

    private static double[] Doubles(Tensor tensor) => tensor.data<double>().ToArray();
}
