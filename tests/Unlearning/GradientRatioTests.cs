using FaLW.Unlearning;

namespace FaLW.Tests.Unlearning;

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
        double[] first = [.. world.SumOfGradients([0, 3, 6]).Select(sum => sum / 3)], second = world.Gradient(5), retain = [.. world.SumOfGradients([1, 2, 4, 7]).Select(sum => sum / 4)];
        using var model = new GradientRatio(1, Share: 1, Beta: 0).Unlearn(world.Task with { Splits = splits }).Model;
        TinyWorld.Near(world.Weights.Select((weight, i) => weight + ((first[i] + second[i]) / 2) - retain[i]), TinyWorld.WeightsOf(model), 1e-5);
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
        double[] forget = [.. world.SumOfGradients(world.Splits.Forget).Select(sum => sum / 3)], retain = [.. world.SumOfGradients(world.Splits.Retain).Select(sum => sum / 5)];
        double[] sorted = [.. retain.Select(Math.Abs).Order()];
        var place = percentile / 100 * 5;
        var offset = sorted[(int)place] + ((place % 1) * (sorted[(int)Math.Ceiling(place)] - sorted[(int)place]));
        double[] score = [.. forget.Select((g, i) => Math.Abs(g) / (Math.Abs(retain[i]) + offset))];
        int[] chosen = [.. Enumerable.Range(0, 6).OrderByDescending(i => score[i]).Take((int)(share * 6))];
        double[] step = [.. forget.Zip(retain, (f, r) => f - r)], kept = [Kept(step[..3], retain[..3], beta), Kept(step[3..], retain[3..], beta)];
        return [.. world.Weights.Select((weight, i) => chosen.Contains(i) ? weight + (alpha * step[i] * kept[i / 3]) : weight)];
    }

    private static double Kept(double[] step, double[] retain, double beta) =>
        Math.Max(0, 1 - (beta * Math.Abs(Dot(step, retain) / Math.Sqrt(Dot(step, step) * Dot(retain, retain)))));

    private static double Dot(double[] left, double[] right) => left.Zip(right, (a, b) => a * b).Sum();
}
