using FaLW.Weighting;
using static TorchSharp.torch;

namespace FaLW.Tests.Weighting;

/// <summary>The controls: weights that differ in size alone, and weights whose size is taken away.</summary>
public sealed class ConstantWeightingTests
{
    [Fact]
    public void Every_sample_weighs_the_same_and_every_epoch_has_its_own_weight()
    {
        Assert.Equal([1.4, 1.4, 1.4], new ConstantWeighting(1.4).WeightsOf(() => States.Losses([0, 3, 80])));
        var course = new ConstantTwin(new ForgettingAwareWeighting()).With([1.5, 1.25, 1.1]);
        Assert.Equal([1.5, 1.25, 1.1, 1.1], Enumerable.Range(0, 4).Select(epoch => course.WeightsOf(() => States.Losses([2]) with { Epoch = epoch })[0]));
    }

    [Fact]
    public void A_weight_that_cannot_be_one_and_a_twin_of_nothing_are_told()
    {
        Assert.Contains("finite", Assert.Single(new ConstantWeighting(double.NaN).Faults()), StringComparison.Ordinal);
        Assert.Contains("Uniform", Assert.Single(new ConstantTwin(new UniformWeighting()).Faults()), StringComparison.Ordinal);
        Assert.Contains("tau", Assert.Single(new ConstantTwin(new ForgettingAwareWeighting(-1)).Faults()), StringComparison.Ordinal);
        Assert.Empty(new ConstantTwin(new ForgettingAwareWeighting()).Faults());
        Assert.Contains("lab", Assert.Throws<InvalidOperationException>(() => new ConstantTwin(new ForgettingAwareWeighting()).WeightsOf(() => States.Losses([1]))).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Only_a_weight_below_zero_needs_a_loss_that_can_be_turned_round()
    {
        Assert.False(new ConstantWeighting(0).IsSigned);
        Assert.True(new ConstantWeighting(-0.1).IsSigned);
        Assert.True(new ConstantTwin(new SoftWeighting(Signed: true)).IsSigned);
    }

    /// <summary>p = 1/2, 1, 1/4: p² is 1/4, 1, 1/16 with a mean of 7/16; p⁵(1 − p) is 1/64, 0, 3/4096; NPO at p0 = 1/4 is 4/3, 8/5, 1.</summary>
    [Fact]
    public void Normalised_weights_are_the_published_ones_over_the_mean_of_their_batch()
    {
        double[] losses = [Math.Log(2), 0, Math.Log(4)];
        Near([4 / 7.0, 16 / 7.0, 1 / 7.0], new WeightedAscentWeighting(2) { Normalised = true }, losses);
        Near([3 * 64 / 67.0, 0, 3 * 3 / 67.0], new SaturationImportanceWeighting { Normalised = true }, losses);
        Near([60 / 59.0, 72 / 59.0, 45 / 59.0], new NegativePreferenceWeighting { Normalised = true }, losses, [Math.Log(4), Math.Log(4), Math.Log(4)]);
        Near([.. new LossBasedWeighting(0.5).WeightsOf(() => States.Losses(losses))], new WeightedAscentWeighting(2) { Normalised = true }, losses);
    }

    /// <summary>exp(−5 · 60) is zero in float32; what is left of a batch still has a mean of 1.</summary>
    [Fact]
    public void A_batch_that_underflows_keeps_its_mean_and_one_without_any_weight_is_uniform()
    {
        static double[] Of(params float[] losses)
        {
            using var scope = NewDisposeScope();
            var (loss, nothing) = (tensor(losses), full(losses.Length, double.NaN));
            var state = new ForgetState(zeros(losses.Length, dtype: int64), loss.neg().exp(), loss, nothing, nothing, nothing, nothing, nothing, nothing);
            return new SaturationImportanceWeighting { Normalised = true }.Weights(state).to_type(float64).data<double>().ToArray();
        }

        Assert.Equal([2 / (1 + Math.Exp(-5)), 2 / (1 + Math.Exp(5))], Of(60, 61), (a, b) => Math.Abs(a - b) < 1e-9);
        Assert.Equal([1, 1], Of(0, 0));
    }

    private static void Near(double[] expected, LossWeighting weighting, double[] losses, double[]? original = null) =>
        Assert.Equal(expected, weighting.WeightsOf(() => States.Losses(losses, original)), (a, b) => Math.Abs(a - b) < 1e-12);
}
