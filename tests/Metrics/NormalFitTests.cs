using FaLW.Metrics;
using FsCheck;
using FsCheck.Fluent;

namespace FaLW.Tests.Metrics;

/// <summary>The fitted normal law and the distance from it, by hand and against published levels.</summary>
public sealed class NormalFitTests
{
    /// <summary>Mean and spread of 0 and 1 are one half each; the law has 0.158655 below 0, where the values have 0 and then one half.</summary>
    [Fact]
    public void The_distance_is_the_largest_step_between_values_and_law()
    {
        var fit = NormalFit.Of([1, 0]);
        Assert.Equal((2, 0.5, 0.5), (fit.Count, fit.Mean, fit.Deviation));
        Assert.Equal(0.341344746, fit.Distance, 8);
        Assert.Equal(0.797884561, fit.Density(0.5), 8);
    }

    /// <summary>Half a spread above 0.9 lies 1: 0.308538 of the law are beyond it.</summary>
    [Fact]
    public void A_law_reaches_outside_where_no_probability_is() =>
        Assert.Equal(0.308537539, new NormalFit(10, 0.9, 0.2, 0, 0).Outside(0, 1), 5);

    [Fact]
    public void Stretching_and_shifting_leave_the_distance_alone() =>
        Prop.ForAll(Gen.Choose(-500, 500).ListOf(12).Where(list => list.Distinct().Count() > 1).ToArbitrary(), values =>
            Math.Abs(NormalFit.Of(values.Select(v => (double)v)).Distance - NormalFit.Of(values.Select(v => 7 + v / 40.0)).Distance) < 1e-9).QuickCheckThrowOnFailure();

    [Fact]
    public void Equal_values_have_no_distance_and_no_value_has_no_law()
    {
        Assert.Equal(double.NaN, NormalFit.Of([0.3, 0.3, 0.3]).Distance);
        Assert.Throws<ArgumentException>(() => NormalFit.Of([]));
    }

    [Fact]
    public void A_long_tail_on_the_left_is_a_negative_skewness() => Assert.True(NormalFit.Of([0.1, 0.8, 0.9, 0.95, 1]).Skewness < -1);

    /// <summary>95 % levels for a mean and spread taken from the sample: 0.895 / (sqrt n - 0.01 + 0.85 / sqrt n), Stephens 1974.</summary>
    [Theory]
    [InlineData(20, 0.1921)]
    [InlineData(50, 0.1246)]
    [InlineData(150, 0.0727)]
    public void Chance_is_what_the_published_levels_say(int count, double level) => Assert.Equal(level, NormalNull.Of(count, seed: 3).Level(), 0.005);

    [Fact]
    public void Chance_is_the_same_for_the_same_seed_and_never_impossible()
    {
        var chance = NormalNull.Of(15, seed: 0, samples: 200);
        Assert.Equal(chance, NormalNull.Of(15, seed: 0, samples: 200));
        Assert.NotEqual(chance, NormalNull.Of(15, seed: 1, samples: 200));
        Assert.Equal((1.0, 1 / 201.0), (chance.PValue(0), chance.PValue(1)));
    }
}
