using FaLW.Weighting;
using static TorchSharp.torch;

namespace FaLW.Tests.Weighting;

/// <summary>The weights made for gradient ascent, by hand and against the gradient of the loss they stand for.</summary>
public sealed class AscentWeightingTests
{
    private static readonly double[] Losses = [0.3, 1.2, 0.05, 2.5, 0.7];

    [Fact]
    public void Weighted_ascent_is_a_power_of_the_probability() =>
        Near([0.25, 1, 1 / 16.0], new WeightedAscentWeighting(2), [Math.Log(2), 0, Math.Log(4)]);

    [Fact]
    public void Saturation_and_importance_multiply()
    {
        Near([1 / 64.0, 0, 3.0 / 4096], new SaturationImportanceWeighting(), [Math.Log(2), 0, Math.Log(4)]);
        Assert.Equal(0.4e-18, new SaturationImportanceWeighting(5, 2).WeightsOf(() => States.Losses([Math.Sqrt(0.4) * 1e-9]))[0], 1e-26);
    }

    [Fact]
    public void Negative_preference_weighs_one_at_the_original_probability_and_fades_below_it() =>
        Near([1, 0.4, 2 / 1.25], new NegativePreferenceWeighting(), [Math.Log(4), Math.Log(10), 0], [Math.Log(4), Math.Log(2.5), Math.Log(4)]);

    [Theory]
    [InlineData(0.1)]
    [InlineData(1.0)]
    [InlineData(5.0)]
    public void Negative_preference_is_the_gradient_of_its_loss(double beta) => IsGradient(
        new NegativePreferenceWeighting(beta),
        (loss, original) => ((original - loss) * beta).exp().add(1).log().sum() * (2 / beta));

    [Fact]
    public void The_group_keeps_the_lowest_losses_and_averages_over_them()
    {
        Near([2.5, 0, 2.5, 0, 0], new BalDroGroupWeighting(), Losses);
        Near([0, 0, 5, 0, 0], new BalDroGroupWeighting(0.01), Losses);
        Near([1.25, 1.25, 1.25, 0, 1.25], new BalDroGroupWeighting(0.8), Losses);
    }

    /// <summary>In the loss L = -cross-entropy, so that a gradient towards log p is one towards L.</summary>
    [Theory]
    [InlineData(DualSign.WorstCase, 1)]
    [InlineData(DualSign.AsReleased, -1)]
    public void The_dual_is_the_gradient_of_its_bound(DualSign sign, int factor) => IsGradient(
        new BalDroDualWeighting(0.5, sign),
        (loss, _) => (loss * (-factor / 0.5)).exp().mean().log() * (factor * 0.5) * Losses.Length);

    [Fact]
    public void The_two_signs_lean_opposite_ways()
    {
        var (worst, released) = (Of(new BalDroDualWeighting(), Losses), Of(new BalDroDualWeighting(1, DualSign.AsReleased), Losses));
        Assert.Equal(2, Array.IndexOf(worst, worst.Max()));
        Assert.Equal(3, Array.IndexOf(released, released.Max()));
    }

    [Fact]
    public void The_worst_case_of_the_dual_is_LoReUn() =>
        Assert.Equal(Of(new LossBasedWeighting(0.5), Losses), Of(new BalDroDualWeighting(0.5), Losses));

    [Fact]
    public void Settings_out_of_range_are_named() => Assert.All(
        new LossWeighting[]
        {
            new WeightedAscentWeighting(-1), new NegativePreferenceWeighting(0), new SaturationImportanceWeighting(-1), new SaturationImportanceWeighting(1, double.NaN),
            new BalDroGroupWeighting(0), new BalDroGroupWeighting(1.5), new BalDroDualWeighting(0),
        },
        weighting => Assert.Single(weighting.Faults()));

    // Weights on gradient ascent are what the loss's gradient towards log p = -cross-entropy is.
    private static void IsGradient(LossWeighting weighting, Func<Tensor, Tensor, Tensor> total)
    {
        double[] original = [0.1, 0.2, 0.3, 0.4, 0.5];
        using var scope = NewDisposeScope();
        var loss = tensor(Losses, dtype: float64).requires_grad_();
        total(loss, tensor(original, dtype: float64)).backward();
        Near(loss.grad!.neg().data<double>().ToArray(), weighting, Losses, original);
    }

    private static double[] Of(LossWeighting weighting, double[] losses, double[]? original = null) => weighting.WeightsOf(() => States.Losses(losses, original));

    private static void Near(double[] expected, LossWeighting weighting, double[] losses, double[]? original = null) =>
        Assert.All(expected.Zip(Of(weighting, losses, original)), pair => Assert.Equal(pair.First, pair.Second, 1e-12));
}
