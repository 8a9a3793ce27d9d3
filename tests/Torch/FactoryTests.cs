using static TorchSharp.torch;

namespace FaLW.Tests.Torch;

/// <summary>New tensors: what they hold, of which type, and the names of the arguments that say so.</summary>
public sealed class FactoryTests
{
    [Fact]
    public void Sizes_come_as_numbers_or_as_a_list()
    {
        using var scope = NewDisposeScope();
        Assert.Equal([3L], zeros(size: 3).shape);
        Assert.Equal([2L, 3L], ones(rows: 2, columns: 3).shape);
        Assert.Equal([1L, 2L, 3L], empty(dim0: 1, dim1: 2, dim2: 3).shape);
        Assert.Equal([1L, 2L, 3L, 4L], rand(1L, 2L, 3L, 4L).shape);
        Assert.Equal([2L, 1L, 2L, 1L, 2L], randn(size: [2, 1, 2, 1, 2]).shape);
        Assert.Equal([2L, 2L], full(new long[] { 2, 2 }, 7).shape);
        Assert.Equal([], zeros([]).shape);
    }

    [Fact]
    public void Types_are_the_default_one_unless_said()
    {
        using var scope = NewDisposeScope();
        Assert.Equal(float32, zeros(2).dtype);
        Assert.Equal(int64, full(2, 7).dtype);
        Assert.Equal(float32, full(2, 7.0).dtype);
        Assert.Equal(int64, arange(3).dtype);
        Assert.Equal(float32, arange(0, 1, 0.5).dtype);
        Assert.Equal(int64, randint(10, new long[] { 2 }).dtype);
        Assert.Equal(int64, randperm(3).dtype);
        Assert.Equal(float64, ones(2, dtype: float64, device: CPU, requires_grad: false).dtype);
        Assert.Equal(uint8, zeros_like(tensor(new byte[] { 1 })).dtype);
        Assert.Equal(bfloat16, ones(2, dtype: bfloat16).dtype);
    }

    [Fact]
    public void The_default_type_can_be_changed()
    {
        using var scope = NewDisposeScope();
        Assert.Equal(float32, get_default_dtype());
        set_default_dtype(float64);
        try { Assert.Equal(float64, zeros(2).dtype); }
        finally { set_default_dtype(float32); }
    }

    [Fact]
    public void Counted_tensors_count()
    {
        using var scope = NewDisposeScope();
        Assert.Equal([2L, 4L], arange(start: 2, stop: 6, step: 2, dtype: int64).data<long>().ToArray());
        Assert.Equal([0f, 0.5f, 1f], linspace(start: 0, end: 1, steps: 3, dtype: float32).data<float>().ToArray());
        Assert.Equal([1f, 0f, 0f, 1f], eye(rows: 2).data<float>().ToArray());
        Assert.Equal([1.0, 10.0, 100.0], logspace(0, 2, 3, dtype: float64).data<double>().ToArray());
    }

    [Fact]
    public void A_tensor_owns_a_copy_of_its_array()
    {
        using var scope = NewDisposeScope();
        var array = new[] { 1f, 2f, 3f, 4f };
        var t = tensor(rawArray: array, dimensions: [2, 2]);
        array[0] = 99f;
        Assert.Equal(1f, t[0, 0].item<float>());
    }

    [Fact]
    public void Arrays_of_every_kind_become_tensors()
    {
        using var scope = NewDisposeScope();
        Assert.Equal(int32, tensor(new[] { 1, 2 }).dtype);
        Assert.Equal(float32, tensor(new[] { 1, 2 }, dtype: float32).dtype);
        Assert.Equal([2L, 2L], tensor(new[,] { { 1.0, 2.0 }, { 3.0, 4.0 } }).shape);
        var cube = new long[1, 2, 2];
        cube[0, 1, 0] = 5;
        Assert.Equal([1L, 2L, 2L], from_array(cube).shape);
        Assert.Equal([0L, 0L, 5L, 0L], from_array(cube).data<long>().ToArray());
        Assert.Equal([true, false], tensor(new[] { true, false }).data<bool>().ToArray());
        Assert.Equal([2L, 3L], tensor(new List<float> { 1, 2, 3, 4, 5, 6 }, rows: 2, columns: 3).shape);
        Assert.Equal([3f, 4f], frombuffer(new[] { 1f, 2f, 3f, 4f }, dtype: float32, count: 2, offset: 2).data<float>().ToArray());
        Assert.Equal([-1.0], as_tensor(new sbyte[] { -1 }, dtype: float64).data<double>().ToArray());
        Assert.Throws<ArgumentException>(() => tensor(new[] { 1f }, dimensions: [2, 2]));
    }

    [Fact]
    public void Tensors_like_another_take_its_shape_and_type()
    {
        using var scope = NewDisposeScope();
        var t = ones(2, 3, dtype: float64);
        Assert.Equal(float64, full_like(t, 3).dtype);
        Assert.Equal([2L, 3L], rand_like(t).shape);
        Assert.Equal(float32, randn_like(t, dtype: float32).dtype);
        Assert.Equal(6.0, ones_like(t).sum().item<double>());
        Assert.Equal([2L, 3L], empty_like(t).shape);
    }
}
