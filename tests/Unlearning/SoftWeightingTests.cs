using FaLW.Tests.Models;
using FaLW.Unlearning;
using FaLW.Weighting;

namespace FaLW.Tests.Unlearning;

/// <summary>Soft weights on the memorised world: solved once, scaled, and of the sign that forgets.</summary>
[Collection(nameof(World))]
public sealed class SoftWeightingTests(World world)
{
    /// <summary>Left free, what is too well known is forgotten; to keep the retain loss, some samples must be learned instead.</summary>
    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void Epsilons_have_a_mean_size_of_one_and_forget(bool keepUtility)
    {
        var epsilon = BridgeProblem.Epsilon(world.Task(new SoftWeighting(keepUtility)));
        Assert.Equal(world.Splits.Forget.Count, epsilon.Length);
        Assert.Equal(1, epsilon.Average(Math.Abs), 1e-5);
        Assert.Contains(epsilon, e => e < 0);
        if (keepUtility) Assert.Contains(epsilon, e => e > 0);
        else Assert.True(epsilon.Sum() < 0);
    }

    [Fact]
    public void Every_sample_keeps_its_weight_through_the_run()
    {
        var weighting = new SoftWeighting();
        var (model, log) = World.RandomLabels.Unlearn(world.Task(weighting));
        model.Dispose();
        var epsilon = BridgeProblem.Epsilon(world.Task(weighting));
        Assert.All(epsilon.Zip(log.LastWeights), pair => Assert.Equal(Math.Max(-pair.First, 0), pair.Second, 1e-3));
        Assert.Equal(log.Weights[0].Mean, log.Weights[1].Mean, 1e-5);
    }

    [Fact]
    public void Signed_weights_go_to_gradient_ascent_alone()
    {
        var signed = new SoftWeighting(Signed: true);
        Assert.Null(Pairing.Objection(new GradientAscent(), signed));
        Assert.Contains("its unsigned form", Pairing.Objection(new RandomLabel(), signed), StringComparison.Ordinal);
        Assert.Null(Pairing.Objection(new RandomLabel(), new SoftWeighting()));
        Assert.NotEqual(
            world.Unlearned(new GradientAscent(1, 1e-4) { BatchSize = 64 }, Bits.Of, signed), world.Unlearned(new GradientAscent(1, 1e-4) { BatchSize = 64 }, Bits.Of, new SoftWeighting()));
    }
}
