using FaLW.Weighting;
using static TorchSharp.torch;

namespace FaLW.Tests.Weighting;

/// <summary>What holds for all of them.</summary>
public sealed class EveryWeightingTests
{
    public static TheoryData<LossWeighting> All => IdentityTests.All;

    [Theory]
    [MemberData(nameof(All))]
    public void Weights_are_finite_and_not_negative_and_some_are_positive(LossWeighting weighting)
    {
        using var scope = NewDisposeScope();
        var weights = weighting.Weights(Some(64)).to_type(float64).data<double>().ToArray();
        Assert.Equal(64, weights.Length);
        Assert.All(weights, weight => Assert.InRange(weight, 0, double.MaxValue));
        Assert.Contains(weights, weight => weight > 0);
        Assert.Empty(weighting.Faults());
    }

    [Theory]
    [MemberData(nameof(All))]
    public void A_batch_without_forget_samples_has_no_weights(LossWeighting weighting)
    {
        using var scope = NewDisposeScope();
        Assert.Equal([0L], weighting.Weights(Some(0)).shape);
    }

    // In the precision of training; the first sample is certain to the last bit, the second hopeless.
    private static ForgetState Some(int count)
    {
        float[] losses = [.. Enumerable.Range(0, count).Select(i => i switch { 0 => 0, 1 => 80, _ => (float)Math.Abs(3 * Math.Sin(i)) })];
        long[] labels = [.. Enumerable.Range(0, count).Select(i => (long)(i % 4))];
        var loss = tensor(losses);
        return new ForgetState(
            tensor(labels, dtype: int64), loss.neg().exp(), loss, loss - 1, loss * 0 + 2, (loss * -0.5).exp(),
            tensor(new double[] { 30, 20, 10, 4 }, dtype: float64), tensor(new float[] { 0, 1, 2, 80 }), (loss * 5).sin());
    }
}
