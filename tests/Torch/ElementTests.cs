using static TorchSharp.torch;

namespace FaLW.Tests.Torch;

/// <summary>Elements go out as what they are: asking for another type throws, as in TorchSharp.</summary>
public sealed class ElementTests
{
    [Fact]
    public void Item_demands_the_exact_type()
    {
        using var scope = NewDisposeScope();
        Assert.Equal(2.5f, tensor(2.5f).item<float>());
        Assert.Equal(2.5, tensor(2.5).item<double>());
        Assert.Equal(7L, tensor(7L).item<long>());
        Assert.Equal(7, tensor(7).item<int>());
        Assert.Equal((byte)7, tensor((byte)7).item<byte>());
        Assert.Equal((short)-7, tensor((short)-7).item<short>());
        Assert.Equal((sbyte)-7, tensor((sbyte)-7).item<sbyte>());
        Assert.True(tensor(true).item<bool>());
        Assert.Equal((Half)1.5f, tensor(1.5f).to_type(float16).item<Half>());
        Assert.Throws<ArgumentException>(() => tensor(2.5f).item<double>());
        Assert.Throws<ArgumentException>(() => tensor(7).item<long>());
        Assert.Throws<ArgumentException>(() => tensor(7L).item<int>());
        Assert.Throws<ArgumentException>(() => tensor(1.5f).to_type(bfloat16).item<float>());
    }

    [Fact]
    public void Item_demands_one_element()
    {
        using var scope = NewDisposeScope();
        Assert.Equal(4f, full(1, 1, 4f).item<float>());
        Assert.Throws<ArgumentException>(() => ones(2).item<float>());
        Assert.Throws<ArgumentException>(() => zeros(0).item<float>());
    }

    [Fact]
    public void Large_integers_pass_unchanged()
    {
        using var scope = NewDisposeScope();
        Assert.Equal(long.MaxValue, tensor(long.MaxValue).item<long>());
        Assert.Equal(long.MinValue + 1, (tensor(long.MinValue) + 1).item<long>());
        Assert.Equal(9007199254740993L, full(1, 9007199254740993L).item<long>());
    }

    [Fact]
    public void Data_follows_strides()
    {
        using var scope = NewDisposeScope();
        var t = arange(6, dtype: float32).reshape(2, 3).transpose(0, 1);
        Assert.False(t.is_contiguous());
        Assert.Equal([0f, 3f, 1f, 4f, 2f, 5f], t.data<float>().ToArray());
        Assert.Equal(4f, t.data<float>()[1, 1]);
        Assert.Equal(new[,] { { 0f, 3f }, { 1f, 4f }, { 2f, 5f } }, (float[,])t.data<float>().ToNDArray());
        Assert.Throws<ArgumentException>(() => t.data<double>());
    }

    [Fact]
    public void Data_writes_in_place()
    {
        using var scope = NewDisposeScope();
        var t = zeros(2, 2);
        t.data<float>()[1, 0] = 5f;
        Assert.Equal([0f, 0f, 5f, 0f], t.data<float>().ToArray());
        t.data<float>().CopyFrom([1f, 2f, 3f, 4f]);
        Assert.Equal(10f, t.sum().item<float>());
    }

    [Fact]
    public void Bytes_are_the_memory_itself()
    {
        using var scope = NewDisposeScope();
        var t = tensor(new byte[] { 1, 2, 3 });
        t.bytes[1] = 9;
        Assert.Equal([1, 9, 3], t.data<byte>().ToArray());
        t.bytes = new byte[] { 4, 5, 6 };
        Assert.Equal([4, 5, 6], t.bytes.ToArray());
        Assert.Equal(12, ones(3).bytes.Length);
        Assert.Throws<InvalidOperationException>(() => ones(2, 3).transpose(0, 1).bytes.Length);
        Assert.ThrowsAny<ArgumentException>(() => t.bytes = new byte[2]);
    }

    [Fact]
    public void A_scalar_converts_where_item_does_not()
    {
        using var scope = NewDisposeScope();
        Assert.Equal(3L, (long)tensor(3));
        Assert.Equal(3.0, (double)tensor(3));
        Assert.Equal(2.5f, (float)tensor(2.5));
    }
}
