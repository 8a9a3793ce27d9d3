using FaLW.Weighting;
using FsCheck;
using FsCheck.Fluent;

namespace FaLW.Tests.Weighting;

/// <summary>LoReUn by hand: losses log 2, log 4 and 0 are probabilities 1/2, 1/4 and 1.</summary>
public sealed class LossBasedWeightingTests
{
    private static readonly double[] Losses = [Math.Log(2), Math.Log(4), 0];

    [Fact]
    public void The_weight_is_the_power_of_the_probability_over_its_mean()
    {
        Near([6 / 7.0, 3 / 7.0, 12 / 7.0], Of(new(1), Losses));
        Near([4 / 7.0, 1 / 7.0, 16 / 7.0], Of(new(0.5), Losses));
    }

    [Fact]
    public void A_static_weight_reads_the_original_and_a_dynamic_one_the_model()
    {
        Near([4 / 3.0, 2 / 3.0], Of(new(1, LossSource.Static), [5, 0], original: [0, Math.Log(2)]));
        Near([2 / 3.0, 4 / 3.0], Of(new(1), [Math.Log(2), 0], original: [0, 9]));
    }

    /// <summary>The set has probabilities 1/2, 1/2, 1, 1, 1/4: mean 13/20.</summary>
    [Theory]
    [InlineData(LossSource.Dynamic, SetLoss.Latest)]
    [InlineData(LossSource.Static, SetLoss.Original)]
    public void With_the_scope_set_the_mean_is_over_all_forget_samples(LossSource source, SetLoss asked)
    {
        var weighting = new LossBasedWeighting(1, source, WeightScope.Set);
        Assert.Equal(asked, weighting.SetLoss);
        Near([10 / 13.0, 20 / 13.0], Of(weighting, [Math.Log(2), 0], [Math.Log(2), 0], [Math.Log(2), Math.Log(2), 0, 0, Math.Log(4)]));
    }

    [Fact]
    public void Bounds_hold() => Near([6 / 7.0, 0.5, 1.5], Of(new(1) { Floor = 0.5, Ceiling = 1.5 }, Losses));

    [Fact]
    public void It_is_p_to_the_inverse_temperature_with_a_mean_of_one() => ForLosses((losses, temperature) =>
    {
        var powers = new WeightedAscentWeighting(1 / temperature).WeightsOf(() => States.Losses(losses));
        return Same(powers.Select(w => w / powers.Average()), Of(new(temperature), losses));
    });

    [Fact]
    public void A_constant_added_to_every_loss_changes_nothing() => ForLosses((losses, temperature) =>
        Same(Of(new(temperature), losses), Of(new(temperature), [.. losses.Select(loss => loss + 2)])));

    [Fact]
    public void A_small_loss_weighs_more_and_the_mean_is_one() => ForLosses((losses, temperature) =>
    {
        var weights = Of(new(temperature), losses);
        var ordered = losses.Zip(weights).OrderBy(pair => pair.First).Select(pair => pair.Second).ToArray();
        return Math.Abs(weights.Average() - 1) < 1e-9 && ordered.Zip(ordered.Skip(1)).All(pair => pair.First >= pair.Second);
    });

    [Fact]
    public void A_temperature_far_below_the_losses_leaves_a_number() => Near([3, 0, 0], Of(new(1e-3), [700, 701, 702]));

    [Fact]
    public void Settings_out_of_range_are_named()
    {
        Assert.Empty(new LossBasedWeighting(double.PositiveInfinity).Faults());
        Assert.Contains("the temperature must be positive, but is 0", new LossBasedWeighting(0).Faults());
        Assert.Single(new LossBasedWeighting(double.NaN).Faults());
        Assert.Single((new LossBasedWeighting(1) { Floor = -1 }).Faults());
        Assert.Single((new LossBasedWeighting(1) { Floor = 2, Ceiling = 1 }).Faults());
    }

    private static double[] Of(LossBasedWeighting weighting, double[] losses, double[]? original = null, double[]? set = null) =>
        weighting.WeightsOf(() => States.Losses(losses, original, set));

    private static void ForLosses(Func<double[], double, bool> holds) =>
        Prop.ForAll(Gen.Choose(0, 3000).NonEmptyListOf().ToArbitrary(), Gen.Choose(1, 50).ToArbitrary(), (thousandths, tenths) =>
            holds([.. thousandths.Select(t => t / 1e3)], tenths / 10.0)).QuickCheckThrowOnFailure();

    private static bool Same(IEnumerable<double> one, IEnumerable<double> other) => one.Zip(other).All(pair => Math.Abs(pair.First - pair.Second) < 1e-9);

    private static void Near(double[] expected, double[] actual) =>
        Assert.All(expected.Zip(actual), pair => Assert.Equal(pair.First, pair.Second, 1e-12));
}
