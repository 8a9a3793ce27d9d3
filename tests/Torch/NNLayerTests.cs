using TorchSharp.Modules;
using static TorchSharp.torch;
using static TorchSharp.torch.nn;
using F = TorchSharp.torch.nn.functional;

namespace FaLW.Tests.Torch;

/// <summary>What the parity numbers cannot show: chance, defaults, refusals, who frees what.</summary>
public sealed class NNLayerTests
{
    [Fact]
    public void A_sequence_frees_what_passes_between_its_steps()
    {
        using var scope = NewDisposeScope();
        using var net = Sequential(Linear(2, 2), ReLU(), Identity(), Linear(2, 2), ReLU(inplace: true), Linear(2, 1));
        var x = ones(3, 2);
        var before = scope.DisposablesCount;
        var y = net.call(x);
        Assert.Equal(before + 1, scope.DisposablesCount);
        Assert.False(x.IsInvalid);
        y.sum().backward();
        Assert.NotNull(net.get_parameter("0.weight")!.grad);
    }

    [Fact]
    public void A_sequence_can_be_named_cut_and_empty()
    {
        using var scope = NewDisposeScope();
        using var net = Sequential(("one", Linear(2, 2)), ("two", ReLU())).append("three", Linear(2, 2)).append(Tanh());
        Assert.Equal(["one", "two", "three", "3"], net.named_children().Select(c => c.name));
        Assert.Equal(4, net.Count);
        Assert.IsType<ReLU>(net[1]);
        Assert.Equal(["two", "three"], net[(1, 3)].named_children().Select(c => c.name));
        Assert.Equal(["three", "3"], net[2..].named_children().Select(c => c.name));
        var x = ones(1);
        var same = Sequential().call(x);
        Assert.NotSame(x, same);
        Assert.True(x.Equals(same));
        IEnumerable<Module<Tensor, Tensor>> modules = [Linear(1, 1), ReLU()];
        Assert.Equal(2, Sequential(modules).Count);
    }

    [Fact]
    public void Dropout_drops_its_share_and_scales_the_rest()
    {
        using var scope = NewDisposeScope();
        manual_seed(1);
        var x = ones(10_000);
        var y = Dropout(0.25).call(x);
        Assert.InRange(y.eq(0).to_type(ScalarType.Float32).mean().item<float>(), 0.23f, 0.27f);
        Assert.Equal(4f / 3f, y.max().item<float>(), 1e-6f);
        Assert.True(F.dropout(x, 0.25, training: false).Equals(x));
        Assert.True(F.dropout(x, 1.0, inplace: true).eq(0).all().item<bool>());
        Assert.True(x.eq(0).all().item<bool>());
    }

    [Fact]
    public void Divergence_takes_log_probabilities_by_default()
    {
        using var scope = NewDisposeScope();
        var x = F.log_softmax(randn(4, 3), 1);
        var y = F.log_softmax(randn(4, 3), 1);
        var mean = F.kl_div(x, y, reduction: Reduction.Sum);
        Assert.Equal((y.exp() * (y - x)).sum().item<float>(), mean.item<float>(), 1e-5f);
        Assert.True(mean.allclose(F.kl_div(x, y.exp(), log_target: false, reduction: Reduction.Sum), rtol: 1e-4));
        Assert.True(F.kl_div(x, y).allclose(mean / 12, rtol: 1e-4));
        Assert.True(KLDivLoss().call(x, y).allclose(mean / 12, rtol: 1e-4));
    }

    [Fact]
    public void Loss_modules_are_their_functions()
    {
        using var scope = NewDisposeScope();
        var logits = randn(4, 3);
        var target = tensor(new long[] { 0, 2, 1, 2 }, dtype: ScalarType.Int64);
        Assert.True(CrossEntropyLoss().call(logits, target).Equals(F.cross_entropy(logits, target)));
        Assert.True(CrossEntropyLoss(ignore_index: 2, reduction: Reduction.Sum).call(logits, target)
            .Equals(F.cross_entropy(logits, target, ignore_index: 2, reduction: Reduction.Sum)));
        Assert.True(MSELoss(Reduction.Sum).call(logits, logits + 1).allclose(tensor(12f)));
        Assert.Equal([0L, 1L, 2L], new[] { Reduction.None, Reduction.Mean, Reduction.Sum }.Select(r => (long)r));
    }

    [Fact]
    public void Layers_say_what_does_not_fit()
    {
        using var scope = NewDisposeScope();
        using var convolution = Conv2d(3, 4, 3);
        Assert.Contains("3 channels", Assert.Throws<ArgumentException>(() => convolution.call(ones(1, 2, 8, 8))).Message, StringComparison.Ordinal);
        Assert.Throws<ArgumentException>(() => BatchNorm2d(3).call(ones(2, 3)));
        Assert.Throws<ArgumentException>(() => Conv2d(1, 1, 3, TorchSharp.Padding.Same, stride: 2));
        Assert.Throws<ArgumentException>(() => F.one_hot(ones(2), 3));
        Assert.ThrowsAny<Exception>(() => Linear(3, 2).call(ones(1, 4)));
    }

    [Fact]
    public void First_weights_stay_in_their_bounds()
    {
        using var scope = NewDisposeScope();
        manual_seed(2);
        var weight = empty(64, 32, 3, 3);
        var bound = Math.Sqrt(6.0 / (32 * 9));
        Within(init.kaiming_uniform_(weight, nonlinearity: init.NonlinearityType.ReLU), bound, bound / Math.Sqrt(3));
        bound = Math.Sqrt(6.0 / ((32 * 9) + (64 * 9)));
        Within(init.xavier_uniform_(weight), bound, bound / Math.Sqrt(3));
        var deviation = Math.Sqrt(2.0 / (64 * 9));
        Within(init.kaiming_normal_(weight, mode: init.FanInOut.FanOut, nonlinearity: init.NonlinearityType.ReLU), 6 * deviation, deviation);
        Assert.Equal(5.0 / 3, init.calculate_gain(init.NonlinearityType.Tanh));
        Assert.Equal(Math.Sqrt(2 / 1.04), init.calculate_gain(init.NonlinearityType.LeakyReLU, 0.2));
        Assert.Throws<ArgumentException>(() => init.kaiming_normal_(empty(3)));
        Assert.Equal(2f, init.constant_(empty(1, requires_grad: true), 2).item<float>());
    }

    private static void Within(Tensor weight, double bound, double deviation)
    {
        Assert.InRange(weight.abs().max().item<float>(), 0, bound);
        Assert.InRange(weight.std().item<float>(), 0.98 * deviation, 1.02 * deviation);
    }
}
