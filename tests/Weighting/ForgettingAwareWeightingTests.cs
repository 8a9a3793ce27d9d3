namespace FaLW.Tests.Weighting;

/// <summary>Eq. 5 to 7 of FaLW against numbers computed independently in double precision.</summary>
public sealed class ForgettingAwareWeightingTests
{
    private static readonly ForgettingAwareWeighting Paper = new();

    [Theory]
    [InlineData(13500, 100, 450, 0.15, 0.834773)]
    [InlineData(13500, 100, 135, 0.15, 1.000000)]
    [InlineData(13500, 100, 12, 0.15, 1.437715)]
    [InlineData(13500, 100, 12, 0.10, 1.273841)]
    [InlineData(13500, 100, 12, 0.20, 1.622671)]
    [InlineData(4500, 10, 1536, 0.15, 0.831808)]
    [InlineData(4500, 10, 154, 0.15, 1.174502)]
    public void The_balance_factor_is_equation_6(double forget, double classes, double ofClass, double tau, double expected)
    {
        using var scope = NewDisposeScope();
        var rarity = tensor(new[] { forget / (classes * ofClass) }, dtype: float64);
        Assert.Equal(expected, (Paper with { Tau = tau }).BalanceFactor(rarity).item<double>(), 6);
    }

    [Theory]
    [InlineData(-3, 0.005921161, 0.004945246, 0.003442251)]
    [InlineData(-1, 0.278372567, 0.238405844, 0.172566528)]
    [InlineData(-0.5, 0.603360345, 0.537882843, 0.415453613)]
    [InlineData(-0.1, 0.936855020, 0.900332005, 0.798883636)]
    [InlineData(0, 1, 1, 1)]
    [InlineData(0.1, 1.063144980, 1.099667995, 1.201116364)]
    [InlineData(0.5, 1.396639655, 1.462117157, 1.584546387)]
    [InlineData(1, 1.721627433, 1.761594156, 1.827433472)]
    [InlineData(3, 1.994078839, 1.995054754, 1.996557749)]
    public void The_weight_is_equation_7(double z, double common, double average, double rare)
    {
        Assert.Equal(common, Paper.Weight(z, 13500.0 / (100 * 450)), 9);
        Assert.Equal(average, Paper.Weight(z, 1), 9);
        Assert.Equal(rare, Paper.Weight(z, 13500.0 / (100 * 12)), 9);
    }

    [Fact]
    public void Without_balance_or_with_tau_zero_the_class_does_not_matter()
    {
        Assert.Equal(Paper.Weight(0.5), (Paper with { Balance = false }).Weight(0.5, 11.25));
        Assert.Equal(Paper.Weight(0.5), (Paper with { Tau = 0 }).Weight(0.5, 11.25), 14);
    }

    /// <summary>tanh(1/2) = 0.4621171573: its square root is 0.6797920, its square 0.2135523.</summary>
    [Theory]
    [InlineData(1, 1.4621171573)]
    [InlineData(2, 1.6797920)]
    [InlineData(0.5, 1.2135523)]
    public void A_fixed_temperature_is_equation_5(double eta, double expected)
    {
        var weighting = Paper with { Balance = false, Eta = eta };
        Assert.Equal(expected, weighting.Weight(0.5, rarity: 11.25), 7);
        Assert.Equal(2 - expected, weighting.Weight(-0.5, rarity: 0.1), 7);
    }

    [Fact]
    public void Alpha_over_beta_multiplies_every_weight() => Assert.Equal(0.5 * 1.4621171573, (Paper with { Alpha = 0.5 }).Weight(0.5), 9);

    [Fact]
    public void Weights_lie_between_zero_and_two_rise_with_z_and_mirror_at_zero() =>
        Gen.Select(Gen.OneOf(Gen.Double[-6, 6], Gen.Double[-1e8, 1e8]), Gen.Int[1, 400]).Sample((z, percent) =>
        {
            var rarity = percent / 20.0;
            var weight = Paper.Weight(z, rarity);
            return weight is >= 0 and <= 2
                && Math.Abs(weight + Paper.Weight(-z, rarity) - 2) < 1e-12
                && Paper.Weight(z + 0.5, rarity) >= weight;
        }, iter: 100, threads: 1);

    /// <summary>An agreeing class has the floor as its spread: z is huge, the weight must stay finite.</summary>
    [Fact]
    public void The_floor_of_the_spread_gives_the_limits() =>
        Assert.Equal((2.0, 0.0), (Paper.Weight(1 / UnseenProfile.Floor), Paper.Weight(-1 / UnseenProfile.Floor)));

    [Fact]
    public void It_renews_the_profile_as_often_as_asked_and_uniform_never()
    {
        Assert.Equal(1, Paper.ProfileEvery);
        Assert.Equal(20, (Paper with { RefreshEvery = 20 }).ProfileEvery);
        Assert.Equal(0, new UniformWeighting().ProfileEvery);
        Assert.Equal((0, 64), (Paper.ProfileSlice, (Paper with { Slice = 64 }).ProfileSlice));
        Assert.Equal((Spread.Gaussian, Spread.Quantile), (Paper.ProfileSpread, (Paper with { Spread = Spread.Quantile }).ProfileSpread));
    }
}

/// <summary>How unseen samples lie, worked by hand.</summary>
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

/// <summary>Normal scores of ranks, by hand: quantiles of the standard normal at 1/8, 5/8 and 3/4 are -1.150349, 0.318639 and 0.674490.</summary>
public sealed class UnseenRanksTests
{
    [Theory]
    [InlineData(0.25, 0, 0.318639)]
    [InlineData(0.2, 0, 0)]
    [InlineData(0.9, 0, 1.150349)]
    [InlineData(0.0, 0, -1.150349)]
    [InlineData(0.6, 1, 0.674490)]
    [InlineData(0.5, 1, 0)]
    public void The_score_is_the_normal_quantile_of_the_rank(double probability, long label, double expected)
    {
        using var scope = NewDisposeScope();
        using var unseen = new UnseenClasses(tensor(new long[] { 0, 1, 0, 0 }, dtype: int64), 2);
        var law = unseen.Law(tensor(new[] { 0.3, 0.5, 0.1, 0.2 }, dtype: float64), Spread.Quantile);
        Assert.Equal(expected, law.ZScore(tensor(new[] { probability }, dtype: float64), tensor(new[] { label }, dtype: int64)).item<double>(), 6);
    }

    /// <summary>What makes it free of a law: stretching all probabilities the same way moves no score.</summary>
    [Fact]
    public void Only_the_order_counts() =>
        Gen.Select(Gen.Int[1, 999].Array[20], Gen.Int[1, 999]).Sample((unseen, own) =>
        {
            double Score(Func<double, double> stretch)
            {
                using var scope = NewDisposeScope();
                using var classes = new UnseenClasses(zeros(unseen.Length, dtype: int64), 1);
                var law = classes.Law(tensor([.. unseen.Select(p => stretch(p / 1e3))], dtype: float64), Spread.Quantile);
                return law.ZScore(tensor(new[] { stretch(own / 1e3) }, dtype: float64), zeros(1, dtype: int64)).item<double>();
            }

            return Score(p => p) == Score(p => p * p) && Math.Abs(Score(p => p)) < 2;
        }, iter: 100, threads: 1);
}
