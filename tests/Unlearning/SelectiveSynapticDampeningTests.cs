using FaLW.Unlearning;

namespace FaLW.Tests.Unlearning;

/// <summary>Selective synaptic dampening on six weights, against host arithmetic.</summary>
public sealed class SelectiveSynapticDampeningTests
{
    [Theory]
    [InlineData(1.0, 1.0)]
    [InlineData(1.0, 0.3)]
    [InlineData(0.5, 1.0)]
    [InlineData(1.2, 5.0)]
    public void Weights_are_dampened_by_the_ratio_of_the_importances_and_never_raised(double alpha, double lambda)
    {
        using var world = new TinyWorld();
        var (forget, all) = Importances(world);
        double[] expected = [.. world.Weights.Select((weight, i) =>
            forget[i] > alpha * all[i] ? weight * Math.Min(lambda * all[i] / forget[i], 1) : weight)];
        TinyWorld.Near(expected, world.After(new SelectiveSynapticDampening(alpha, lambda, FisherBatch: 1)), 1e-6);
    }

    [Fact]
    public void Some_weights_are_chosen_and_the_others_keep_their_bits()
    {
        using var world = new TinyWorld();
        var (forget, all) = Importances(world);
        var after = world.After(new SelectiveSynapticDampening(1, 0.5, FisherBatch: 1));
        bool[] chosen = [.. forget.Zip(all, (own, whole) => own > whole)];
        Assert.Contains(true, chosen);
        Assert.Contains(false, chosen);
        Assert.All(chosen.Index(), weight => Assert.Equal(weight.Item, after[weight.Index] != world.Weights[weight.Index]));
    }

    /// <summary>One batch of everything: the square of the mean gradient, not the mean of the squares.</summary>
    [Fact]
    public void Larger_batches_average_before_they_square()
    {
        using var world = new TinyWorld();
        int[] everything = [.. world.Splits.Forget, .. world.Splits.Retain];
        double[] forget = [.. world.SumOfGradients(world.Splits.Forget).Select(sum => sum / 3 * sum / 3)];
        double[] all = [.. world.SumOfGradients(everything).Select(sum => sum / 8 * sum / 8)];
        double[] expected = [.. world.Weights.Select((weight, i) => forget[i] > 2 * all[i] ? weight * Math.Min(all[i] / forget[i], 1) : weight)];
        TinyWorld.Near(expected, world.After(new SelectiveSynapticDampening(2, 1, FisherBatch: 8)), 1e-6);
    }

    private static (double[] Forget, double[] All) Importances(TinyWorld world) =>
        (world.MeanOfSquares(world.Splits.Forget), world.MeanOfSquares([.. world.Splits.Forget, .. world.Splits.Retain]));
}
