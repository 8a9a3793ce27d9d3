using MathNet.Numerics.LinearAlgebra;
using MathNet.Numerics.Statistics;

namespace FaLW.Tests.Unlearning;

/// <summary>Influence unlearning on six weights, against host arithmetic, and its direction on a network that has memorised.</summary>
[Collection(nameof(World))]
public sealed class InfluenceUnlearningTests(World trained)
{
    [Fact]
    public void The_diagonal_step_is_the_gradient_difference_over_the_mean_of_squares()
    {
        using var world = new TinyWorld();
        var fisher = world.MeanOfSquares(world.Splits.Retain);
        TinyWorld.Near(0.7 * Direction(world).PointwiseDivide(fisher + (0.1 * fisher.Average())), world.Moved(new InfluenceUnlearning(0.7, RelativeDamping: 0.1)));
    }

    /// <summary>The four sums of the formula, written out over the retain rows 2, 3, 4, 6, 7.</summary>
    [Theory]
    [InlineData(1000, 5)]
    [InlineData(2, 4)]
    public void The_published_recursion_step_by_step(int count, int used)
    {
        using var world = new TinyWorld();
        Vector<double>[] samples = [.. world.Splits.Retain.Take(used).Select(world.Gradient)];
        var (result, helper) = (Direction(world), samples[0]);
        foreach (var sample in samples[1..])
        {
            var along = helper * sample;
            result -= result * sample / (count + along) * helper;
            helper -= along / (count + along) * helper;
        }

        TinyWorld.Near(5 * result, world.Moved(Published(5, count)));
    }

    /// <summary>The fault that gives it a name of its own: the correction never leaves one sample's gradient.</summary>
    [Fact]
    public void The_published_recursion_leaves_the_raw_difference_along_one_sample_only()
    {
        using var world = new TinyWorld();
        var (correction, first) = ((world.Moved(Published(1000, 1)) / 1000) - Direction(world), world.Gradient(world.Splits.Retain[0]));
        Assert.True(correction.L2Norm() > 1e-3);
        TinyWorld.Near(correction * first / (first * first) * first, correction, 1e-6);
    }

    /// <summary>
    /// Measured: cosine 0.64 at a tenth of the mean, 0.88 at the mean itself. An absolute 0.1, as it was, is some two thousand times the mean here and leaves
    /// the raw difference: it would be another method under this name.
    /// </summary>
    [Fact]
    public void The_step_leaves_the_direction_of_the_raw_gradient_difference()
    {
        var raw = Raw(trained);
        double Cosine(InfluenceUnlearning method)
        {
            var step = Vector<double>.Build.Dense(trained.Unlearned(method, TinyWorld.WeightsOf)) - Vector<double>.Build.Dense(TinyWorld.WeightsOf(trained.Original));
            return raw * step / (raw.L2Norm() * step.L2Norm());
        }

        Assert.InRange(Cosine(new InfluenceUnlearning(1e-3, Samples: 300)), 0.3, 0.8);
        Assert.InRange(Cosine(new InfluenceUnlearning(1, Samples: 300, RelativeDamping: 2000)), 0.98, 1.0001);
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
        var fault = Assert.Throws<DivergedException>(() => world.After(new InfluenceUnlearning(3e38, Samples: 1, RelativeDamping: 1e-12)));
        Assert.Contains("IU diverged", fault.Message, StringComparison.Ordinal);
        Assert.Contains("Try a tenth of alpha", fault.Message, StringComparison.Ordinal);
    }

    private static Vector<double> Raw(World world)
    {
        using var scope = NewDisposeScope();
        using var model = world.Original.Copy();
        var direction = InfluenceUnlearning.Direction(new GradientPass(model, world.Task(), Augmentation.None), world.Splits);
        return Vector<double>.Build.DenseOfEnumerable(direction.SelectMany(Bits.Numbers).Select(value => (double)value));
    }

    private static InfluenceUnlearning Published(double alpha, int count) => new(alpha, InfluenceInverse.PublishedRecursion, count);

    private static Vector<double> Direction(TinyWorld world) =>
        (world.SumOfGradients(world.Splits.Forget) / 8) - (3 / (8 * 5.0) * world.SumOfGradients(world.Splits.Retain));
}

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
        TinyWorld.Near(Dampened(world, Importances(world), alpha, lambda), world.After(new SelectiveSynapticDampening(alpha, lambda, FisherBatch: 1)), 1e-6);
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
        var means = ((world.SumOfGradients(world.Splits.Forget) / 3).PointwisePower(2), (world.SumOfGradients(everything) / 8).PointwisePower(2));
        TinyWorld.Near(Dampened(world, means, 2, 1), world.After(new SelectiveSynapticDampening(2, 1, FisherBatch: 8)), 1e-6);
    }

    private static IEnumerable<double> Dampened(TinyWorld world, (Vector<double> Forget, Vector<double> All) of, double alpha, double lambda) => world.Weights.Select((weight, i) =>
        of.Forget[i] > alpha * of.All[i] ? weight * Math.Min(lambda * of.All[i] / of.Forget[i], 1) : weight);

    private static (Vector<double> Forget, Vector<double> All) Importances(TinyWorld world) =>
        (world.MeanOfSquares(world.Splits.Forget), world.MeanOfSquares([.. world.Splits.Forget, .. world.Splits.Retain]));
}

/// <summary>GRIN+ on six weights, against host arithmetic.</summary>
[Collection(nameof(World))]
public sealed class GradientRatioTests(World trained)
{
    /// <summary>Forget rows 0, 1, 5 are one of each class. A beta of 5 leaves nothing of a step that lies half along the retain gradient.</summary>
    [Theory]
    [InlineData(0.3, 0.5, 0.5, 4)]
    [InlineData(0.3, 0.5, 0, 4)]
    [InlineData(2, 1, 0.9, 50)]
    [InlineData(0.1, 0.2, 5, 100)]
    public void The_chosen_weights_move_along_the_difference_of_the_gradients(double alpha, double share, double beta, double percentile)
    {
        using var world = new TinyWorld();
        var after = world.After(new GradientRatio(alpha, share, beta, percentile));
        TinyWorld.Near(Expected(world, alpha, share, beta, percentile), after, 1e-5);
        Assert.Equal(beta > 1 ? 0 : (int)(share * 6), after.Zip(world.Weights).Count(pair => pair.First != pair.Second));
    }

    /// <summary>N / (C n_c) turns the mean over samples into the mean over classes.</summary>
    [Fact]
    public void Every_class_of_the_forget_set_counts_alike()
    {
        using var world = new TinyWorld();
        var splits = new FaLW.Data.Splits([0, 3, 6, 5], [1, 2, 4, 7], [], [8], world.Images.HostLabels, 8, 3);
        var (first, second, retain) = (world.SumOfGradients([0, 3, 6]) / 3, world.Gradient(5), world.SumOfGradients([1, 2, 4, 7]) / 4);
        using var model = new GradientRatio(1, Share: 1, Beta: 0).Unlearn(world.Task with { Splits = splits }).Model;
        TinyWorld.Near(world.Weights.Zip(((first + second) / 2) - retain, (weight, step) => weight + step), TinyWorld.WeightsOf(model));
    }

    [Fact]
    public void The_weights_that_are_not_chosen_keep_their_bits()
    {
        var (before, after) = (TinyWorld.WeightsOf(trained.Original), trained.Unlearned(new GradientRatio(1), TinyWorld.WeightsOf));
        Assert.InRange(before.Zip(after).Count(pair => pair.First != pair.Second), before.Length / 4, before.Length / 2);
    }

    private static double[] Expected(TinyWorld world, double alpha, double share, double beta, double percentile)
    {
        // One forget sample of each class: the mean over classes is the mean.
        var (forget, retain) = (world.SumOfGradients(world.Splits.Forget) / 3, world.SumOfGradients(world.Splits.Retain) / 5);
        var score = forget.PointwiseAbs().PointwiseDivide(retain.PointwiseAbs() + retain.PointwiseAbs().QuantileCustom(percentile / 100, QuantileDefinition.R7));
        int[] chosen = [.. Enumerable.Range(0, 6).OrderByDescending(i => score[i]).Take((int)(share * 6))];
        var step = forget - retain;
        double Kept(int from)
        {
            var (own, other) = (step.SubVector(from, 3), retain.SubVector(from, 3));
            return Math.Max(0, 1 - (beta * Math.Abs(own * other / (own.L2Norm() * other.L2Norm()))));
        }

        return [.. world.Weights.Select((weight, i) => chosen.Contains(i) ? weight + (alpha * step[i] * Kept(i / 3 * 3)) : weight)];
    }
}
