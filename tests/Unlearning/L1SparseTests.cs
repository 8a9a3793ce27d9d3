using FaLW.Data;
using FaLW.Tests.Models;
using FaLW.Unlearning;

namespace FaLW.Tests.Unlearning;

public sealed class L1SparseTests
{
    /// <summary>By hand: from alpha down in equal parts, zero for the epochs without.</summary>
    [Theory]
    [InlineData(4, 0, new[] { 1, 0.75, 0.5, 0.25 })]
    [InlineData(4, 2, new[] { 1, 0.5, 0, 0 })]
    [InlineData(2, 2, new[] { 0.0, 0 })]
    public void The_penalty_fades_over_the_epochs(int epochs, int without, double[] expected)
    {
        var method = new L1Sparse(1, epochs, EpochsWithout: without);
        Assert.Equal(expected, Enumerable.Range(0, epochs).Select(method.Penalty));
    }

    /// <summary>
    /// Two epochs of one step each on six weights: w - rate (g + a_e sign(w)), the gradient g of the retain loss worked out anew on the host.
    /// </summary>
    [Fact]
    public void Its_gradient_is_the_sign_of_every_weight()
    {
        using var world = new TinyWorld();
        L1Sparse Method(int epochs) => new(0.3, epochs, 0.1) { BatchSize = 8, Momentum = 0, WeightDecay = 0, Augmentation = Augmentation.None };
        var gradient = world.SumOfGradients(world.Splits.Retain);
        TinyWorld.Near(
            world.Weights.Zip(gradient, (w, g) => w - (0.1 * ((g / 5) + (0.3 * Math.Sign(w))))), world.After(Method(1)), 1e-6);

        var plain = world.After(new FineTune(2, 0.1) { BatchSize = 8, Momentum = 0, WeightDecay = 0, Augmentation = Augmentation.None });
        var lastEpochFree = world.After(Method(2) with { EpochsWithout = 2 });
        Assert.Equal(plain, lastEpochFree);
    }

    [Fact]
    public void Steps_of_one_epoch_share_its_strength()
    {
        using var model = new TinyWorld();
        var rule = new L1Rule(new L1Sparse(1, 2), stepsPerEpoch: 2);
        double[] seen = [.. Enumerable.Range(0, 4).Select(_ =>
        {
            foreach (var parameter in model.Original.Parameters) parameter.grad = TorchSharp.torch.zeros_like(parameter);
            rule.BeforeStep(model.Original);
            return Math.Abs(Bits.Numbers(model.Original.Parameters.First().grad!)[0]);
        })];
        Assert.Equal([1, 1, 0.5, 0.5], seen);
    }
}
