using FaLW.Weighting;
using static TorchSharp.torch;

namespace FaLW.Tests.Weighting;

public sealed class UnseenProfileTests
{
    /// <summary>
    /// Five samples, two classes, logits (a, b): the softmax of two logits is 1 / (1 + e^(other - true)).
    /// Class 0 has 1/2, 3/4, 1/4: mean 1/2, deviation sqrt(1/24). Class 1 has 9/10, 1/2: mean 7/10, deviation 1/5.
    /// </summary>
    [Fact]
    public void Mean_and_spread_of_a_logit_table_worked_by_hand()
    {
        using var scope = NewDisposeScope();
        var logits = tensor(new[] { 0, 0, Math.Log(3), 0, 0, Math.Log(3), 0, Math.Log(9), 1, 1 }, [5, 2], dtype: float64);
        var labels = tensor(new long[] { 0, 0, 0, 1, 1 }, dtype: int64);
        var exponentials = logits.exp();
        var probability = (exponentials / exponentials.sum(1).unsqueeze(1)).gather(1, labels.unsqueeze(1)).squeeze(1);
        var profile = UnseenProfile.Of(probability.to_type(float32), labels, 2);
        Assert.Equal([0.5f, 0.7f], profile.Mean.data<float>().ToArray(), Near);
        Assert.Equal([(float)Math.Sqrt(1 / 24.0), 0.2f], profile.Spread.data<float>().ToArray(), Near);
    }

    [Fact]
    public void Equal_probabilities_have_the_floor_as_spread_and_their_own_value_as_mean()
    {
        using var scope = NewDisposeScope();
        var probability = full(50, 0.3f, dtype: float32);
        var labels = zeros(50, dtype: int64);
        var profile = UnseenProfile.Of(probability, labels, 1);
        Assert.Equal(0.3f, profile.Mean.item<float>());
        Assert.Equal((float)UnseenProfile.Floor, profile.Spread.item<float>());
        Assert.Equal(new float[50], profile.ZScore(probability, labels).data<float>().ToArray());
    }

    [Fact]
    public void The_z_score_counts_spreads_above_the_mean_of_the_own_class()
    {
        using var scope = NewDisposeScope();
        var profile = new UnseenProfile(tensor(new[] { 0.5f, 0.9f }), tensor(new[] { 0.1f, 0.2f }));
        var zScore = profile.ZScore(tensor(new[] { 0.7f, 0.7f }), tensor(new long[] { 0, 1 }, dtype: int64));
        Assert.Equal([2f, -1f], zScore.data<float>().ToArray(), Near);
    }

    [Fact]
    public void A_class_without_unseen_samples_is_named()
    {
        using var scope = NewDisposeScope();
        var fault = Assert.Throws<InvalidOperationException>(() => UnseenProfile.Of(ones(2), tensor(new long[] { 0, 2 }, dtype: int64), 4));
        Assert.Contains("class 1, 3 has none", fault.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void No_gradient_flows_into_a_profile()
    {
        using var scope = NewDisposeScope();
        var probability = full(4, 0.5f, dtype: float32).requires_grad_();
        var profile = UnseenProfile.Of(probability, zeros(4, dtype: int64), 1);
        Assert.False(profile.Mean.requires_grad || profile.Spread.requires_grad);
    }

    /// <summary>Logits -1 and 1: mean 0, deviation 1. A probability of 1 counts as 1 - 1e-6, of logit 13.8.</summary>
    [Fact]
    public void Spreads_of_the_logit_worked_by_hand()
    {
        using var scope = NewDisposeScope();
        var logits = tensor(new[] { -1, 1, 3, 3.5 }, dtype: float64);
        using var unseen = new UnseenClasses(tensor(new long[] { 0, 0, 1, 1 }, dtype: int64), 2);
        var law = unseen.Law(logits.sigmoid(), Spread.GaussianOfLogit);
        var zScore = law.ZScore(tensor(new[] { 2, -0.5, 3.25 }, dtype: float64).sigmoid(), tensor(new long[] { 0, 0, 1 }, dtype: int64));
        Assert.Equal([2f, -0.5f, 0], zScore.to_type(float32).data<float>().ToArray(), Near);
        Assert.Equal(13.8155, law.ZScore(ones(1, dtype: float64), zeros(1, dtype: int64)).item<double>(), 3);
    }

    private static bool Near(float expected, float actual) => Math.Abs(expected - actual) < 1e-6f;
}
