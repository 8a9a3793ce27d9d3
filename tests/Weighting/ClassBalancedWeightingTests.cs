using FaLW.Weighting;
using FsCheck;
using FsCheck.Fluent;

namespace FaLW.Tests.Weighting;

/// <summary>Seven forget samples in classes of 4, 2, 1 and 0, worked by hand.</summary>
public sealed class ClassBalancedWeightingTests
{
    private static readonly double[] Counts = [4, 2, 1, 0];

    [Fact]
    public void Inverse_frequency_is_one_over_the_class_size_with_a_mean_of_one() =>
        Near([7 / 12.0, 7 / 6.0, 7 / 3.0], Of(null, Counts));

    /// <summary>Effective numbers (1 - beta^n) / (1 - beta) at one half: 15/8, 3/2, 1; sum of n over them 67/15.</summary>
    [Fact]
    public void Effective_number_is_equation_2_of_Cui_et_al() =>
        Near([8 / 15.0 * 105 / 67, 2 / 3.0 * 105 / 67, 105 / 67.0], Of(0.5, Counts));

    [Fact]
    public void Beta_leads_from_uniform_to_inverse_frequency()
    {
        Assert.Equal([1, 1, 1], Of(0, Counts));
        Near(Of(null, Counts), Of(1 - 1e-9, Counts), 1e-6);
    }

    [Fact]
    public void The_mean_over_the_set_is_one_and_rarer_classes_never_weigh_less() =>
        Prop.ForAll(Gen.Choose(1, 400).ListOf(6).ToArbitrary(), Gen.Choose(0, 9999).ToArbitrary(), (sizes, beta) =>
        {
            double[] counts = [.. sizes.Select(n => (double)n)];
            var weights = Of(beta / 1e4, counts);
            var byRarity = counts.Zip(weights).OrderBy(pair => pair.First).Select(pair => pair.Second).ToArray();
            return Math.Abs(counts.Zip(weights, (n, w) => n * w).Sum() / counts.Sum() - 1) < 1e-9
                && byRarity.Zip(byRarity.Skip(1)).All(pair => pair.First >= pair.Second - 1e-12)
                && weights.All(w => w > 0 && double.IsFinite(w));
        }).QuickCheckThrowOnFailure();

    [Theory]
    [InlineData(1.0)]
    [InlineData(-0.1)]
    [InlineData(double.NaN)]
    public void Beta_out_of_range_is_named(double beta) => Assert.Contains("beta", Assert.Single(new ClassBalancedWeighting(beta).Faults()), StringComparison.Ordinal);

    private static double[] Of(double? beta, double[] counts) => new ClassBalancedWeighting(beta).WeightsOf(() => States.Classes(
        [.. Enumerable.Range(0, counts.Count(n => n > 0)).Select(k => (long)k)], counts));

    private static void Near(double[] expected, double[] actual, double tolerance = 1e-12) =>
        Assert.All(expected.Zip(actual), pair => Assert.Equal(pair.First, pair.Second, tolerance));
}
