using FaLW.Weighting;
using FsCheck;
using FsCheck.Fluent;
using static TorchSharp.torch;

namespace FaLW.Tests.Weighting;

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
        Prop.ForAll(Gen.Choose(1, 999).ListOf(20).ToArbitrary(), Gen.Choose(1, 999).ToArbitrary(), (unseen, own) =>
        {
            double Score(Func<double, double> stretch)
            {
                using var scope = NewDisposeScope();
                using var classes = new UnseenClasses(zeros(unseen.Count, dtype: int64), 1);
                var law = classes.Law(tensor([.. unseen.Select(p => stretch(p / 1e3))], dtype: float64), Spread.Quantile);
                return law.ZScore(tensor(new[] { stretch(own / 1e3) }, dtype: float64), zeros(1, dtype: int64)).item<double>();
            }

            return Score(p => p) == Score(p => p * p) && Math.Abs(Score(p => p)) < 2;
        }).QuickCheckThrowOnFailure();
}
