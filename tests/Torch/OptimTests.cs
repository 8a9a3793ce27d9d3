using TorchSharp;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace FaLW.Tests.Torch;

/// <summary>What an optimizer promises beyond its numbers.</summary>
public sealed class OptimTests
{
    [Fact]
    public void Clearing_gradients_zeroes_them_so_decay_and_momentum_go_on()
    {
        using var scope = NewDisposeScope();
        var weight = Weight(2f, gradient: 1f);
        using var optimizer = optim.SGD([weight], 0.5, momentum: 0.5, weight_decay: 0.1);
        optimizer.step();
        Assert.Equal(2f - (0.5f * 1.2f), weight.item<float>(), 1e-6f);
        optimizer.zero_grad();
        Assert.Equal(0f, weight.grad!.item<float>());
        optimizer.step();
        Assert.Equal(1.4f - (0.5f * ((0.5f * 1.2f) + 0.14f)), weight.item<float>(), 1e-6f);
    }

    [Fact]
    public void Maximizing_turns_weight_decay_too()
    {
        using var scope = NewDisposeScope();
        var weight = Weight(2f, gradient: 1f);
        using var optimizer = optim.SGD([weight], 0.5, weight_decay: 0.1, maximize: true);
        optimizer.step();
        Assert.Equal(2f + (0.5f * 1.2f), weight.item<float>(), 1e-6f);
    }

    [Fact]
    public void Groups_have_settings_of_their_own_and_take_the_rest_from_the_optimizer()
    {
        using var scope = NewDisposeScope();
        var (fast, slow) = (Weight(1f, 1f), Weight(1f, 1f));
        using var optimizer = optim.SGD([new SGD.ParamGroup([fast], lr: 0.1)], 0.3, weight_decay: 1);
        optimizer.add_param_group(new SGD.ParamGroup { Parameters = [slow] });
        optimizer.step();
        Assert.Equal(0.9f, fast.item<float>(), 1e-6f);
        Assert.Equal(1 - (0.3f * 2), slow.item<float>(), 1e-6f);
        foreach (var group in optimizer.ParamGroups) group.LearningRate = 0;
        optimizer.step();
        Assert.Equal(0.9f, fast.item<float>(), 1e-6f);
        Assert.Equal([0.1, 0.3], optimizer.ParamGroups.Select(g => g.InitialLearningRate));
        Assert.Equal([fast, slow], optimizer.parameters(), ReferenceEqualityComparer.Instance);
    }

    [Fact]
    public void Steps_leave_nothing_behind()
    {
        using var net = nn.Sequential(nn.Linear(4, 4), nn.BatchNorm1d(4));
        foreach (var make in new Func<OptimizerHelper>[]
            { () => optim.SGD(net.parameters(), 0.1, momentum: 0.9, weight_decay: 0.1, nesterov: true), () => optim.AdamW(net.parameters(), amsgrad: true) })
        {
            var start = Tensor.TotalCount;
            using (var optimizer = make())
            {
                Step(net, optimizer);
                var before = Tensor.TotalCount;
                for (var i = 0; i < 3; i++) Step(net, optimizer);
                Assert.Equal(before, Tensor.TotalCount);
            }
            Assert.Equal(start, Tensor.TotalCount);
        }
    }

    [Fact]
    public void A_closure_makes_the_loss_with_gradients_on()
    {
        using var scope = NewDisposeScope();
        var weight = Weight(3f, null);
        using var optimizer = optim.Adam([weight], 0.1);
        using var still = no_grad();
        var loss = optimizer.step(() =>
        {
            var square = weight * weight;
            square.backward();
            return square;
        });
        Assert.Equal(9f, loss!.item<float>());
        Assert.Equal(2.9f, weight.item<float>(), 1e-5f);
        Assert.Null(optimizer.step());
    }

    [Fact]
    public void State_can_be_carried_over()
    {
        using var scope = NewDisposeScope();
        var (one, two) = (Weight(1f, 0.5f), Weight(1f, 0.5f));
        using var first = optim.SGD([one], 0.1, momentum: 0.9);
        first.step();
        using var second = optim.SGD([two], 0.7, momentum: 0.1);
        second.load_state_dict(first.state_dict());
        using (no_grad()) two.copy_(one);
        first.step();
        second.step();
        Assert.Equal(one.item<float>(), two.item<float>());
        Assert.True(first.state_dict().State[0].ApproximatelyEquals(second.state_dict().State[0]));
        using var other = optim.SGD([Weight(1f, null), Weight(1f, null)], 0.1);
        Assert.Throws<ArgumentException>(() => other.load_state_dict(first.state_dict()));
    }

    [Fact]
    public void A_moved_module_needs_a_new_optimizer()
    {
        using var scope = NewDisposeScope();
        using var net = nn.Linear(2, 1);
        using var optimizer = optim.SGD(net.parameters(), 0.1);
        net.to(ScalarType.Float64);
        Assert.ThrowsAny<Exception>(() => optimizer.step());
    }

    private static void Step(nn.Module<Tensor, Tensor> net, optim.Optimizer optimizer)
    {
        using var scope = NewDisposeScope();
        net.call(ones(3, 4)).sum().backward();
        optimizer.step();
        net.zero_grad();
    }

    internal static Parameter Weight(float value, float? gradient)
    {
        var weight = new Parameter(tensor(value));
        if (gradient is { } number) weight.grad = tensor(number);
        return weight;
    }
}
