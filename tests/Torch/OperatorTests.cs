using static TorchSharp.torch;

namespace FaLW.Tests.Torch;

/// <summary>Operators on either side, against closed forms.</summary>
public sealed class OperatorTests
{
    [Fact]
    public void A_number_stands_on_either_side()
    {
        using var scope = NewDisposeScope();
        var t = tensor(new[] { 1f, 2f, 4f });
        Assert.Equal([3f, 4f, 6f], (t + 2).data<float>().ToArray());
        Assert.Equal([3f, 4f, 6f], (2 + t).data<float>().ToArray());
        Assert.Equal([-1f, 0f, 2f], (t - 2.0).data<float>().ToArray());
        Assert.Equal([1f, 0f, -2f], (2f - t).data<float>().ToArray());
        Assert.Equal([2f, 4f, 8f], (t * 2L).data<float>().ToArray());
        Assert.Equal([2f, 4f, 8f], (2L * t).data<float>().ToArray());
        Assert.Equal([0.5f, 1f, 2f], (t / 2).data<float>().ToArray());
        Assert.Equal([4f, 2f, 1f], (4 / t).data<float>().ToArray());
        Assert.Equal([1f, 2f, 1f], (t % 3).data<float>().ToArray());
        Assert.Equal([-1f, -2f, -4f], (-t).data<float>().ToArray());
    }

    [Fact]
    public void A_comparison_compares_elements()
    {
        using var scope = NewDisposeScope();
        var t = tensor(new[] { 1L, 2L, 3L });
        Assert.Equal([false, true, true], (t > 1).data<bool>().ToArray());
        Assert.Equal([false, true, true], (1 < t).data<bool>().ToArray());
        Assert.Equal([true, true, false], (t <= 2).data<bool>().ToArray());
        Assert.Equal([false, true, false], ((t >= 2) & (t != 3)).data<bool>().ToArray());
        Assert.Equal([true, false, true], (~(t == 2)).data<bool>().ToArray());
    }

    [Fact]
    public void Division_keeps_a_remainder_or_rounds()
    {
        using var scope = NewDisposeScope();
        var t = tensor(new[] { -7L, 7L });
        Assert.Equal([-3.5f, 3.5f], t.div(2).data<float>().ToArray());
        Assert.Equal([-3L, 3L], t.div(2, rounding_mode: RoundingMode.trunc).data<long>().ToArray());
        Assert.Equal([-4L, 3L], t.div(2, rounding_mode: RoundingMode.floor).data<long>().ToArray());
        Assert.Equal([-4L, 3L], t.floor_divide(2).data<long>().ToArray());
    }
}
