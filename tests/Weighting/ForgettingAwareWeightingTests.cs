using FaLW.Weighting;
using FsCheck;
using FsCheck.Fluent;
using static TorchSharp.torch;

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
    public void A_sample_at_the_mean_of_unseen_data_weighs_one() => Assert.Equal(1, Paper.Weight(0, 11.25));

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
        Prop.ForAll(ArbMap.Default.ArbFor<NormalFloat>(), Gen.Choose(1, 400).ToArbitrary(), (z, percent) =>
        {
            var (value, rarity) = (Math.Clamp(z.Get, -1e8, 1e8), percent / 20.0);
            var weight = Paper.Weight(value, rarity);
            return weight is >= 0 and <= 2
                && Math.Abs(weight + Paper.Weight(-value, rarity) - 2) < 1e-12
                && Paper.Weight(value + 0.5, rarity) >= weight;
        }).QuickCheckThrowOnFailure();

    /// <summary>An agreeing class has the floor as its spread: z is huge, the weight must stay finite.</summary>
    [Fact]
    public void The_floor_of_the_spread_gives_the_limits() =>
        Assert.Equal((2.0, 0.0), (Paper.Weight(1 / UnseenProfile.Floor), Paper.Weight(-1 / UnseenProfile.Floor)));

    [Fact]
    public void An_empty_batch_has_no_weights()
    {
        using var scope = NewDisposeScope();
        Assert.Equal([0L], Paper.Weights(States.Of([], [])).shape);
    }

    [Fact]
    public void It_renews_the_profile_as_often_as_asked_and_uniform_never()
    {
        Assert.Equal(1, Paper.ProfileEvery);
        Assert.Equal(20, (Paper with { RefreshEvery = 20 }).ProfileEvery);
        Assert.Equal(0, new UniformWeighting().ProfileEvery);
        Assert.Equal((0, 64), (Paper.ProfileSlice, (Paper with { Slice = 64 }).ProfileSlice));
        Assert.Equal((Spread.Gaussian, Spread.Quantile), (Paper.ProfileSpread, (Paper with { Spread = Spread.Quantile }).ProfileSpread));
    }

    [Fact]
    public void Settings_out_of_range_are_named()
    {
        Assert.Empty(Paper.Faults());
        Assert.Contains("tau must not be negative, but is -1", (Paper with { Tau = -1 }).Faults());
        Assert.Single((Paper with { Tau = double.NaN }).Faults());
        Assert.Single((Paper with { RefreshEvery = 0 }).Faults());
        Assert.Single((Paper with { Slice = -1 }).Faults());
        Assert.Single((Paper with { UnseenPerClass = -1 }).Faults());
        Assert.Single((Paper with { Alpha = 0 }).Faults());
        Assert.Single((Paper with { Balance = false, Eta = 0 }).Faults());
        Assert.Contains("eta and the balance factor take each other's place; set Balance to false", (Paper with { Eta = 2 }).Faults());
    }
}
