using static TorchSharp.torch;

namespace FaLW.Tests.Torch;

/// <summary>What an optimizer refuses, and how gradients are limited before a step.</summary>
public sealed class OptimLimitTests
{
    [Fact]
    public void Settings_out_of_range_are_refused()
    {
        using var weight = OptimTests.Weight(1f, null);
        Assert.Throws<ArgumentException>(() => optim.SGD([weight], -1));
        Assert.Throws<ArgumentException>(() => optim.SGD([weight], 0.1, weight_decay: -1));
        Assert.Throws<ArgumentException>(() => optim.SGD([weight], 0.1, nesterov: true));
        Assert.Throws<ArgumentException>(() => optim.Adam([weight], beta1: 1));
        using var optimizer = optim.SGD([weight], 0.1);
        Assert.Throws<ArgumentException>(() => optim.lr_scheduler.OneCycleLR(optimizer, 0.1));
        var schedule = optim.lr_scheduler.OneCycleLR(optimizer, 0.1, total_steps: 2, cycle_momentum: false);
        schedule.step();
        schedule.step();
        Assert.Throws<InvalidOperationException>(schedule.step);
    }

    [Fact]
    public void Gradients_are_clipped_together()
    {
        using var scope = NewDisposeScope();
        var (one, two, none) = (OptimTests.Weight(0f, 3f), OptimTests.Weight(0f, 4f), OptimTests.Weight(0f, null));
        Assert.Equal(5, nn.utils.clip_grad_norm_([one, two, none], 1), 1e-6);
        Assert.Equal(0.6f, one.grad!.item<float>(), 1e-5f);
        Assert.Equal(0.8f, two.grad!.item<float>(), 1e-5f);
        Assert.Equal(0.8, nn.utils.clip_grad_norm_([one, two], 7, double.PositiveInfinity), 1e-5);
        Assert.Equal(0.8f, two.grad!.item<float>(), 1e-5f);
        nn.utils.clip_grad_value_([one, two], 0.7);
        Assert.Equal(0.7f, two.grad!.item<float>(), 1e-5f);
    }
}
