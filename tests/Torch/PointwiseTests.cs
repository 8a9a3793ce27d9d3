using static TorchSharp.torch;

namespace FaLW.Tests.Torch;

/// <summary>Functions of one element against .NET's own mathematics, and in-place forms against the others.</summary>
public sealed class PointwiseTests
{
    private static readonly double[] Positive = [0.05, 0.3, 0.5, 0.75, 0.99];
    private static readonly double[] Real = [-2.7, -1.5, -0.4, 0, 0.6, 1.5, 3.2];

    public static TheoryData<string> Names => [.. Functions.Keys];

    private static Dictionary<string, Case> Functions { get; } = new(StringComparer.Ordinal)
    {
        ["abs"] = new(t => t.abs(), Math.Abs, Real),
        ["neg"] = new(t => t.neg(), x => -x, Real),
        ["exp"] = new(t => t.exp(), Math.Exp, Real),
        ["expm1"] = new(t => t.expm1(), x => Math.Exp(x) - 1, Real),
        ["log"] = new(t => t.log(), Math.Log, Positive),
        ["log2"] = new(t => t.log2(), Math.Log2, Positive),
        ["log10"] = new(t => t.log10(), Math.Log10, Positive),
        ["log1p"] = new(t => t.log1p(), x => Math.Log(1 + x), Positive),
        ["sqrt"] = new(t => t.sqrt(), Math.Sqrt, Positive),
        ["rsqrt"] = new(t => t.rsqrt(), x => 1 / Math.Sqrt(x), Positive),
        ["reciprocal"] = new(t => t.reciprocal(), x => 1 / x, Positive),
        ["square"] = new(t => t.square(), x => x * x, Real),
        ["ceil"] = new(t => t.ceil(), Math.Ceiling, Real),
        ["floor"] = new(t => t.floor(), Math.Floor, Real),
        ["trunc"] = new(t => t.trunc(), Math.Truncate, Real),
        ["round"] = new(t => t.round(), x => Math.Round(x, MidpointRounding.ToEven), Real),
        ["sin"] = new(t => t.sin(), Math.Sin, Real),
        ["cos"] = new(t => t.cos(), Math.Cos, Real),
        ["tan"] = new(t => t.tan(), Math.Tan, Real),
        ["asin"] = new(t => t.asin(), Math.Asin, Positive),
        ["acos"] = new(t => t.acos(), Math.Acos, Positive),
        ["atan"] = new(t => t.atan(), Math.Atan, Real),
        ["sinh"] = new(t => t.sinh(), Math.Sinh, Real),
        ["cosh"] = new(t => t.cosh(), Math.Cosh, Real),
        ["tanh"] = new(t => t.tanh(), Math.Tanh, Real),
        ["sigmoid"] = new(t => t.sigmoid(), x => 1 / (1 + Math.Exp(-x)), Real),
        ["relu"] = new(t => t.relu(), x => Math.Max(x, 0), Real),
        ["log_sigmoid"] = new(t => t.log_sigmoid(), x => -Math.Log(1 + Math.Exp(-x)), Real),
        ["sign"] = new(t => t.sign(), x => Math.Sign(x), Real),
        ["erf(erfinv)"] = new(t => t.erfinv().erf(), x => x, Positive),
        ["ndtr(ndtri)"] = new(t => special.ndtr(special.ndtri(t)), x => x, Positive),
        ["logit"] = new(t => logit(t), x => Math.Log(x / (1 - x)), Positive),
        ["bounded logit"] = new(t => t.logit(eps: 0.1), x => Math.Log(Math.Clamp(x, 0.1, 0.9)) - Math.Log(1 - Math.Clamp(x, 0.1, 0.9)), Positive),
        ["clamp"] = new(t => t.clamp(min: -1, max: 2), x => Math.Clamp(x, -1, 2), Real),
        ["clamp from below"] = new(t => clamp(t, min: 0.5), x => Math.Max(x, 0.5), Real),
        ["clamp from above"] = new(t => t.clamp_max(1), x => Math.Min(x, 1), Real),
        ["pow"] = new(t => t.pow(exponent: 2.5), x => Math.Pow(x, 2.5), Positive),
        ["xlogy"] = new(t => xlogy(t, t), x => x * Math.Log(x), Positive),
        ["atan2"] = new(t => atan2(t, ones_like(t)), Math.Atan, Real),
        ["logaddexp"] = new(t => logaddexp(t, zeros_like(t)), x => Math.Log(Math.Exp(x) + 1), Real),
        ["lerp"] = new(t => t.lerp(end: ones_like(t), weight: full_like(t, 0.25)), x => x + (0.25 * (1 - x)), Real),
        ["addcmul"] = new(t => t.addcmul(tensor1: t, tensor2: t, value: 3), x => x + (3 * x * x), Real),
        ["addcdiv"] = new(t => t.addcdiv(tensor1: ones_like(t), tensor2: t, value: 2), x => x + (2 / x), Positive),
    };

    [Theory]
    [MemberData(nameof(Names))]
    public void It_agrees_with_mathematics(string name)
    {
        using var scope = NewDisposeScope();
        var one = Functions[name];
        var values = one.Ours(tensor(one.At, dtype: float64)).data<double>().ToArray();
        Assert.All(one.At.Zip(values), pair => Assert.Equal(one.Truth(pair.First), pair.Second, 1e-9));
    }

    [Fact]
    public void In_place_forms_change_the_tensor_and_return_it()
    {
        using var scope = NewDisposeScope();
        var t = tensor(new[] { 0.25, 0.5 });
        Assert.Same(t, t.exp_().log_().sqrt_().add_(1).sub_(0.5).mul_(2).div_(4).neg_().abs_());
        Assert.True(t.allclose(tensor(new[] { 0.5, (Math.Sqrt(0.5) + 0.5) / 2 })));
        Assert.Equal([2.0, 2.0], t.fill_(2).data<double>().ToArray());
        Assert.Equal([0.0, 0.0], t.zero_().data<double>().ToArray());
        Assert.Equal([3.0, 3.0], t.add_(tensor(new[] { 1.0, 1.0 }), alpha: 3).data<double>().ToArray());
        Assert.Equal([1.0, 1.0], t.clamp_(min: 0, max: 1).data<double>().ToArray());
        Assert.Equal([1.5, 1.5], t.lerp_(full_like(t, 2), full_like(t, 0.5)).data<double>().ToArray());
        Assert.Equal([2.5, 2.5], t.addcmul_(ones_like(t), full_like(t, 0.5), value: 2).data<double>().ToArray());
        Assert.Equal([6.25, 6.25], t.pow_(2).data<double>().ToArray());
    }

    [Fact]
    public void What_is_not_a_number_is_recognised()
    {
        using var scope = NewDisposeScope();
        var t = tensor(new[] { 1f, float.NaN, float.PositiveInfinity });
        Assert.Equal([false, true, false], t.isnan().data<bool>().ToArray());
        Assert.Equal([false, false, true], t.isinf().data<bool>().ToArray());
        Assert.Equal([true, false, false], isfinite(t).data<bool>().ToArray());
        Assert.Equal([1f, 0f, 9f], t.nan_to_num(nan: 0, posinf: 9).data<float>().ToArray());
        Assert.False(t.allclose(t));
        Assert.True(t.allclose(t, equal_nan: true));
    }

    [Fact]
    public void Elements_of_two_tensors_meet()
    {
        using var scope = NewDisposeScope();
        var a = tensor(new[] { 1f, 5f, 3f });
        var b = tensor(new[] { 4f, 2f, 3f });
        Assert.Equal([4f, 5f, 3f], maximum(a, b).data<float>().ToArray());
        Assert.Equal([1f, 2f, 3f], a.minimum(b).data<float>().ToArray());
        Assert.Equal([false, false, true], a.eq(b).data<bool>().ToArray());
        Assert.Equal([true, false, false], a.lt(b).logical_and(a.ne(3)).data<bool>().ToArray());
        Assert.Equal([false, true, true], isin(a, tensor(new[] { 3f, 5f })).data<bool>().ToArray());
    }

    private sealed record Case(Func<Tensor, Tensor> Ours, Func<double, double> Truth, double[] At);
}
