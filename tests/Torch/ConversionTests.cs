using TorchSharp;
using static TorchSharp.torch;

namespace FaLW.Tests.Torch;

/// <summary>Between types and devices.</summary>
public sealed class ConversionTests
{
    [Fact]
    public void Types_convert_by_every_spelling()
    {
        using var scope = NewDisposeScope();
        var t = tensor(new[] { 1.75f, -2.5f });
        Assert.Equal([1L, -2L], t.to_type(int64).data<long>().ToArray());
        Assert.Equal([1L, -2L], t.to(type: ScalarType.Int64).data<long>().ToArray());
        Assert.Equal([1L, -2L], t.@long().data<long>().ToArray());
        Assert.Equal([1.75, -2.5], t.to(ScalarType.Float64, CPU).data<double>().ToArray());
        Assert.Equal([1.75, -2.5], t.to(ones(1, dtype: float64)).data<double>().ToArray());
        Assert.Equal(int32, t.type_as(ones(1, dtype: int32)).dtype);
        Assert.Equal(bfloat16, t.bfloat16().dtype);
        Assert.Equal([1.75f, -2.5f], t.bfloat16().@float().data<float>().ToArray());
        Assert.Equal([1.75f, -2.5f], t.half().to_type(float32).data<float>().ToArray());
    }

    [Fact]
    public void A_conversion_to_the_same_shares_memory_unless_a_copy_is_asked_for()
    {
        using var scope = NewDisposeScope();
        var t = ones(2);
        var same = t.to(float32);
        var copy = t.to(float32, copy: true);
        Assert.NotSame(t, same);
        t.fill_(5);
        Assert.Equal([5f, 5f], same.data<float>().ToArray());
        Assert.Equal([1f, 1f], copy.data<float>().ToArray());
    }

    [Fact]
    public void The_source_can_be_disposed_on_the_way()
    {
        using var scope = NewDisposeScope();
        var t = ones(2);
        var result = t.to(float64, disposeAfter: true);
        Assert.True(t.IsInvalid);
        Assert.Equal(2.0, result.sum().item<double>());
    }

    [Fact]
    public void Devices_are_told_apart()
    {
        using var scope = NewDisposeScope();
        var t = ones(2).to("cpu").to(CPU).to(DeviceType.CPU).cpu();
        Assert.Equal((DeviceType.CPU, "cpu"), (t.device.type, t.device.ToString()));
        Assert.Equal("cuda:1", new Device("cuda:1").ToString());
        Assert.Equal((DeviceType.CUDA, 2), (new Device(DeviceType.CUDA, 2).type, new Device("cuda", 2).index));
        Assert.Throws<ArgumentException>(() => t.cuda(CPU));
    }

    [Fact]
    public void Copying_converts_and_broadcasts()
    {
        using var scope = NewDisposeScope();
        var t = zeros(2, 2);
        Assert.Same(t, t.copy_(source: tensor(new[] { 1L, 2L }), nonBlocking: false));
        Assert.Equal([1f, 2f, 1f, 2f], t.data<float>().ToArray());
    }

    [Fact]
    public void Numbers_become_tensors_where_one_is_expected()
    {
        using var scope = NewDisposeScope();
        Tensor number = 2.5f;
        Tensor list = new[] { 1L, 2L };
        Assert.Equal(2.5f, number.item<float>());
        Assert.Equal([1L, 2L], list.data<long>().ToArray());
    }

    [Fact]
    public void Threads_and_version_are_known()
    {
        var before = get_num_threads();
        set_num_threads(2);
        Assert.Equal(2, get_num_threads());
        set_num_threads(before);
        Assert.Matches(@"^\d+\.\d+\.\d+", __version__);
    }
}
