using FaLW.Training;
using FaLW.Unlearning;

namespace FaLW.Tests.Unlearning;

/// <summary>Influence unlearning on six weights, against host arithmetic.</summary>
public sealed class InfluenceUnlearningTests
{
    [Fact]
    public void The_diagonal_step_is_the_gradient_difference_over_the_mean_of_squares()
    {
        using var world = new TinyWorld();
        var fisher = world.MeanOfSquares(world.Splits.Retain);
        var expected = world.Weights.Select((weight, i) => weight + (0.7 * Direction(world)[i] / (fisher[i] + 0.1)));
        TinyWorld.Near(expected, world.After(new InfluenceUnlearning(0.7, Damping: 0.1)));
    }

    /// <summary>The four sums of the formula, written out over the retain rows 2, 3, 4, 6, 7.</summary>
    [Theory]
    [InlineData(1000, 5)]
    [InlineData(2, 4)]
    public void The_published_recursion_step_by_step(int count, int used)
    {
        using var world = new TinyWorld();
        double[][] samples = [.. world.Splits.Retain.Take(used).Select(world.Gradient)];
        var (result, helper) = (Direction(world), samples[0]);
        foreach (var sample in samples[1..])
        {
            var along = Dot(helper, sample);
            var share = Dot(result, sample) / (count + along);
            result = [.. result.Zip(helper, (k, o) => k - (share * o))];
            helper = [.. helper.Select(o => o - (along / (count + along) * o))];
        }

        var expected = world.Weights.Zip(result, (weight, step) => weight + (5 * step));
        TinyWorld.Near(expected, world.After(Published(5, count)));
    }

    /// <summary>The fault that gives it a name of its own: the correction never leaves one sample's gradient.</summary>
    [Fact]
    public void The_published_recursion_leaves_the_raw_difference_along_one_sample_only()
    {
        using var world = new TinyWorld();
        var after = world.After(Published(1000, 1));
        double[] correction = [.. after.Select((weight, i) => ((weight - world.Weights[i]) / 1000) - Direction(world)[i])];
        var first = world.Gradient(world.Splits.Retain[0]);
        var parallel = Dot(correction, first) / Dot(first, first);
        Assert.True(Math.Sqrt(Dot(correction, correction)) > 1e-3);
        TinyWorld.Near(first.Select(value => parallel * value), correction, 1e-6);
    }

    /// <summary>Where the whole loss has its minimum, the direction is the forget gradient over the number of retain samples.</summary>
    [Fact]
    public void Either_inverse_starts_in_the_same_direction()
    {
        using var world = new TinyWorld();
        // Dampening so strong that curvature does not matter leaves direction / damping.
        var plain = world.After(new InfluenceUnlearning(1e6, Damping: 1e6)).Zip(world.Weights, (after, before) => after - before);
        TinyWorld.Near(Direction(world), plain, 1e-5);
    }

    [Fact]
    public void Fewer_samples_give_another_curvature_and_the_same_seed_the_same_one()
    {
        using var world = new TinyWorld();
        var two = new InfluenceUnlearning(0.7, Samples: 2);
        Assert.Equal(world.After(two), world.After(two));
        Assert.NotEqual(world.After(two), world.After(two with { Samples = 5 }));
    }

    [Fact]
    public void A_step_out_of_the_real_numbers_ends_in_a_sentence()
    {
        using var world = new TinyWorld();
        var fault = Assert.Throws<DivergedException>(() => world.After(new InfluenceUnlearning(3e38, Samples: 1, Damping: 1e-12)));
        Assert.Contains("IU diverged", fault.Message, StringComparison.Ordinal);
        Assert.Contains("Try a tenth of alpha", fault.Message, StringComparison.Ordinal);
    }

    private static InfluenceUnlearning Published(double alpha, int count) => new(alpha, InfluenceInverse.PublishedRecursion, count);

    private static double[] Direction(TinyWorld world)
    {
        var (forget, retain) = (world.SumOfGradients(world.Splits.Forget), world.SumOfGradients(world.Splits.Retain));
        return [.. forget.Zip(retain, (f, r) => (f / 8) - (3 / (8 * 5.0) * r))];
    }

    private static double Dot(double[] left, double[] right) => left.Zip(right, (a, b) => a * b).Sum();
}
