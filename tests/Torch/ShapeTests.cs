using TorchSharp;
using static TorchSharp.torch;

namespace FaLW.Tests.Torch;

/// <summary>The same elements in another arrangement.</summary>
public sealed class ShapeTests : IDisposable
{
    private readonly DisposeScope scope = NewDisposeScope();
    private readonly Tensor t = arange(6, dtype: int64).reshape(2, 3);

    public void Dispose() => scope.Dispose();

    [Fact]
    public void A_tensor_tells_what_it_is()
    {
        Assert.Equal([2L, 3L], t.shape);
        Assert.Equal([3L, 1L], t.stride());
        Assert.Equal((2L, 2L, 6L, 6L, 8L), (t.ndim, t.dim(), t.numel(), t.NumberOfElements, t.ElementSize));
        Assert.Equal((3L, 3L), (t.size(1), t.size(-1)));
        Assert.Equal("[2x3], type = Int64, device = cpu", t.ToString());
        Assert.True(t.is_cpu() && t.is_contiguous() && !t.is_floating_point() && t.is_integral());
    }

    [Fact]
    public void Views_share_memory()
    {
        t.view(6)[5] = 50;
        t.flatten()[0] = 10;
        t.T[1, 0] = 11;
        t.unsqueeze(0).squeeze(0).expand(2, 3)[1, 1] = 44;
        Assert.Equal([10L, 11L, 2L, 3L, 44L, 50L], Longs(t));
    }

    [Fact]
    public void Dimensions_move()
    {
        Assert.Equal([3L, 2L], t.transpose(dim0: 0, dim1: 1).shape);
        Assert.Equal([0L, 3L, 1L, 4L, 2L, 5L], Longs(t.permute(1, 0)));
        Assert.Equal([1L, 2L, 3L], t.unsqueeze(dim: 0).shape);
        Assert.Equal([2L, 3L], t.unsqueeze(1).squeeze().shape);
        Assert.Equal([3L, 1L, 2L], t.unsqueeze(2).movedim([1], [0]).movedim([2], [1]).shape);
        Assert.Equal([4L, 2L, 3L], t.expand(4, -1, -1).shape);
        Assert.Equal([2L, 1L, 3L], t.unflatten(0, 2, 1).shape);
        Assert.Equal([2L, 3L, 4L], broadcast_to(ones(3, 1), 2, 3, 4).shape);
    }

    [Fact]
    public void Elements_turn_and_repeat()
    {
        Assert.Equal([2L, 1L, 0L, 5L, 4L, 3L], Longs(t.flip(1)));
        Assert.Equal([2L, 0L, 1L, 5L, 3L, 4L], Longs(t.roll(1, dims: 1)));
        Assert.Equal([5L, 0L, 1L, 2L, 3L, 4L], Longs(t.roll(1)));
        Assert.Equal([4L, 3L], t.repeat(2, 1).shape);
        Assert.Equal([0L, 0L, 1L, 1L], Longs(arange(2, dtype: int64).repeat_interleave(2)));
        Assert.Equal([0L, 1L, 2L, 0L, 4L, 5L], Longs(t.triu()));
        Assert.Equal([0L, 0L, 0L, 3L, 4L, 0L], Longs(t.tril()));
        Assert.Equal([0L, 4L], Longs(t.diagonal()));
    }

    [Fact]
    public void Pieces_join_and_part()
    {
        Assert.Equal([4L, 3L], cat([t, t], dim: 0).shape);
        Assert.Equal([2L, 2L, 3L], stack([t, t], dim: 0).shape);
        Assert.Equal([[2L, 2L], [2L, 1L]], t.chunk(2, dim: 1).Select(p => p.shape));
        Assert.Equal([[2L, 1L], [2L, 2L]], t.split(new long[] { 1, 2 }, dim: 1).Select(p => p.shape));
        Assert.Equal([[0L, 1L, 2L], [3L, 4L, 5L]], t.unbind().Select(Longs));
        var grid = meshgrid([arange(2, dtype: int64), arange(3, dtype: int64)], indexing: "ij");
        Assert.Equal([0L, 0L, 0L, 1L, 1L, 1L], Longs(grid[0]));
    }

    [Fact]
    public void The_layout_can_change_under_the_same_shape()
    {
        var images = randn(2, 3, 4, 5);
        var last = images.permute(0, 2, 3, 1).contiguous().permute(0, 3, 1, 2);
        Assert.Equal(images.shape, last.shape);
        Assert.Equal([60L, 1L, 15L, 3L], last.stride());
        Assert.True(images.Equals(last));
        Assert.True(last.contiguous().is_contiguous());
    }

    private static long[] Longs(Tensor tensor) => tensor.data<long>().ToArray();
}
