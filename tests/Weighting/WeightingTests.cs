using static FaLW.Tests.Shared.States;

namespace FaLW.Tests.Weighting;

/// <summary>What holds for all weightings, and each by hand, against another formula or against the gradient of the loss it stands for.</summary>
public sealed class WeightingTests
{
    // Probabilities 1/2, 1 and 1/4.
    private static readonly double[] Halves = [Math.Log(2), 0, Math.Log(4)], Losses = [0.3, 1.2, 0.05, 2.5, 0.7], Counts = [4, 2, 1, 0];

    public static TheoryData<LossWeighting> All => IdentityTests.All;

    /// <summary>Each with one setting out of its range.</summary>
    public static TheoryData<LossWeighting, string> Broken => new()
    {
        { new LossBasedWeighting(0), "the temperature must be positive, but is 0" }, { new LossBasedWeighting(double.NaN), "temperature" },
        { new LossBasedWeighting(1) { Floor = -1 }, "smallest" }, { new LossBasedWeighting(1) { Floor = 2, Ceiling = 1 }, "largest" },
        { new WeightedAscentWeighting(-1), "beta" }, { new NegativePreferenceWeighting(0), "beta" },
        { new SaturationImportanceWeighting(-1), "beta1" }, { new SaturationImportanceWeighting(1, double.NaN), "beta2" },
        { new BalDroGroupWeighting(0), "share" }, { new BalDroGroupWeighting(1.5), "share" }, { new BalDroDualWeighting(0), "beta" },
        { new ClassBalancedWeighting(1), "beta" }, { new ClassBalancedWeighting(-0.1), "beta" }, { new ClassBalancedWeighting(double.NaN), "beta" },
        { new ConstantWeighting(double.NaN), "finite" }, { new ConstantTwin(new UniformWeighting()), "Uniform" }, { new ConstantTwin(new ForgettingAwareWeighting(-1)), "tau" },
        { new SoftWeighting(WeightDecay: 0), "the weight decay must be positive, but is 0" },
        { new ForgettingAwareWeighting(-1), "tau must not be negative, but is -1" }, { new ForgettingAwareWeighting(double.NaN), "tau" },
        { new ForgettingAwareWeighting(RefreshEvery: 0), "at least 1" }, { new ForgettingAwareWeighting { Slice = -1 }, "slice" },
        { new ForgettingAwareWeighting { UnseenPerClass = -1 }, "unseen" }, { new ForgettingAwareWeighting { Alpha = 0 }, "alpha over beta" },
        { new ForgettingAwareWeighting(Balance: false) { Eta = 0 }, "eta" }, { new ForgettingAwareWeighting { Eta = 2 }, "eta and the balance factor take each other's place; set Balance to false" },
    };

    [Theory]
    [MemberData(nameof(All))]
    public void Weights_are_finite_and_not_negative_and_some_are_positive_and_an_empty_batch_has_none(LossWeighting weighting)
    {
        var weights = weighting.WeightsOf(() => Some(64));
        Assert.Equal(64, weights.Length);
        Assert.All(weights, weight => Assert.InRange(weight, 0, double.MaxValue));
        Assert.Contains(weights, weight => weight > 0);
        Assert.Empty(weighting.Faults());
        Assert.Empty(weighting.WeightsOf(() => Some(0)));
    }

    [Theory]
    [MemberData(nameof(Broken))]
    public void A_setting_out_of_range_is_named(LossWeighting weighting, string part) => Assert.Contains(part, Assert.Single(weighting.Faults()), StringComparison.Ordinal);

    [Fact]
    public void Every_sample_weighs_the_same_and_every_epoch_has_its_own_weight()
    {
        Assert.Equal([1.4, 1.4, 1.4], new ConstantWeighting(1.4).WeightsOf([0, 3, 80]));
        var course = new ConstantTwin(new ForgettingAwareWeighting()).With([1.5, 1.25, 1.1]);
        Assert.Equal([1.5, 1.25, 1.1, 1.1], Enumerable.Range(0, 4).Select(epoch => course.WeightsOf(() => States.Losses([2]) with { Epoch = epoch })[0]));
        Assert.Empty(course.Faults());
        Assert.Contains("lab", Assert.Throws<InvalidOperationException>(() => new ConstantTwin(new ForgettingAwareWeighting()).WeightsOf([1])).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Only_a_weight_below_zero_needs_a_loss_that_can_be_turned_round()
    {
        Assert.False(new ConstantWeighting(0).IsSigned);
        Assert.True(new ConstantWeighting(-0.1).IsSigned);
        Assert.True(new ConstantTwin(new SoftWeighting(Signed: true)).IsSigned);
    }

    /// <summary>Seven forget samples in classes of 4, 2, 1 and 0. Effective numbers (1 - beta^n) / (1 - beta) at one half: 15/8, 3/2, 1; sum of n over them 67/15.</summary>
    [Fact]
    public void Class_weights_are_one_over_the_size_or_equation_2_of_Cui_et_al_and_beta_leads_from_uniform_to_the_first()
    {
        Near([7 / 12.0, 7 / 6.0, 7 / 3.0], OfClasses(null, Counts));
        Near([8 / 15.0 * 105 / 67, 2 / 3.0 * 105 / 67, 105 / 67.0], OfClasses(0.5, Counts));
        Assert.Equal([1, 1, 1], OfClasses(0, Counts));
        Near(OfClasses(null, Counts), OfClasses(1 - 1e-9, Counts), 1e-6);
    }

    [Fact]
    public void The_mean_over_the_set_is_one_and_rarer_classes_never_weigh_less() =>
        Gen.Select(Gen.Int[1, 400].Array[6], Gen.Int[0, 9999]).Sample((sizes, beta) =>
        {
            double[] counts = [.. sizes.Select(n => (double)n)];
            var weights = OfClasses(beta / 1e4, counts);
            var byRarity = counts.Zip(weights).OrderBy(pair => pair.First).Select(pair => pair.Second).ToArray();
            return Math.Abs(counts.Zip(weights, (n, w) => n * w).Sum() / counts.Sum() - 1) < 1e-9
                && byRarity.Zip(byRarity.Skip(1)).All(pair => pair.First >= pair.Second - 1e-12)
                && weights.All(w => w > 0 && double.IsFinite(w));
        }, iter: 100, threads: 1);

    [Fact]
    public void LoReUn_is_the_power_of_the_probability_over_its_mean_within_its_bounds()
    {
        Near([6 / 7.0, 12 / 7.0, 3 / 7.0], new LossBasedWeighting(1).WeightsOf(Halves));
        Near([4 / 7.0, 16 / 7.0, 1 / 7.0], new LossBasedWeighting(0.5).WeightsOf(Halves));
        Near([6 / 7.0, 1.5, 0.5], new LossBasedWeighting(1) { Floor = 0.5, Ceiling = 1.5 }.WeightsOf(Halves));
        Near([3, 0, 0], new LossBasedWeighting(1e-3).WeightsOf([700, 701, 702]));
        Assert.Empty(new LossBasedWeighting(double.PositiveInfinity).Faults());
    }

    [Fact]
    public void A_static_weight_reads_the_original_and_a_dynamic_one_the_model()
    {
        Near([4 / 3.0, 2 / 3.0], new LossBasedWeighting(1, LossSource.Static).WeightsOf([5, 0], original: [0, Math.Log(2)]));
        Near([2 / 3.0, 4 / 3.0], new LossBasedWeighting(1).WeightsOf([Math.Log(2), 0], original: [0, 9]));
    }

    /// <summary>The set has probabilities 1/2, 1/2, 1, 1, 1/4: mean 13/20.</summary>
    [Theory]
    [InlineData(LossSource.Dynamic, SetLoss.Latest)]
    [InlineData(LossSource.Static, SetLoss.Original)]
    public void With_the_scope_set_the_mean_is_over_all_forget_samples(LossSource source, SetLoss asked)
    {
        var weighting = new LossBasedWeighting(1, source, WeightScope.Set);
        Assert.Equal(asked, weighting.SetLoss);
        Near([10 / 13.0, 20 / 13.0], weighting.WeightsOf([Math.Log(2), 0], [Math.Log(2), 0], [Math.Log(2), Math.Log(2), 0, 0, Math.Log(4)]));
    }

    [Fact]
    public void LoReUn_falls_with_the_loss_has_a_mean_of_one_does_not_see_a_shift_and_is_p_to_the_inverse_temperature() =>
        Gen.Select(Gen.Int[0, 3000].Array[1, 40], Gen.Int[1, 50]).Sample((thousandths, tenths) =>
        {
            double[] losses = [.. thousandths.Select(t => t / 1e3)];
            var weights = new LossBasedWeighting(tenths / 10.0).WeightsOf(losses);
            var powers = new WeightedAscentWeighting(10.0 / tenths).WeightsOf(losses);
            var ordered = losses.Zip(weights).OrderBy(pair => pair.First).Select(pair => pair.Second).ToArray();
            Near(powers.Select(w => w / powers.Average()), weights, 1e-9);
            Near(weights, new LossBasedWeighting(tenths / 10.0).WeightsOf([.. losses.Select(loss => loss + 2)]), 1e-9);
            return Math.Abs(weights.Average() - 1) < 1e-9 && ordered.Zip(ordered.Skip(1)).All(pair => pair.First >= pair.Second);
        }, iter: 100, threads: 1);

    [Fact]
    public void Published_weights_by_hand()
    {
        Near([0.25, 1, 1 / 16.0], new WeightedAscentWeighting(2).WeightsOf(Halves));
        Near([1 / 64.0, 0, 3.0 / 4096], new SaturationImportanceWeighting().WeightsOf(Halves));
        Near([0.4e-18], new SaturationImportanceWeighting(5, 2).WeightsOf([Math.Sqrt(0.4) * 1e-9]), 1e-26);
        // One at the original probability, fading below it.
        Near([1, 0.4, 2 / 1.25], new NegativePreferenceWeighting().WeightsOf([Math.Log(4), Math.Log(10), 0], [Math.Log(4), Math.Log(2.5), Math.Log(4)]));
    }

    /// <summary>p² is 1/4, 1, 1/16 with a mean of 7/16; p⁵(1 − p) is 1/64, 0, 3/4096; NPO at p0 = 1/4 is 4/3, 8/5, 1.</summary>
    [Fact]
    public void Normalised_weights_are_the_published_ones_over_the_mean_of_their_batch()
    {
        Near([4 / 7.0, 16 / 7.0, 1 / 7.0], new WeightedAscentWeighting(2) { Normalised = true }.WeightsOf(Halves));
        Near([3 * 64 / 67.0, 0, 3 * 3 / 67.0], new SaturationImportanceWeighting { Normalised = true }.WeightsOf(Halves));
        Near([60 / 59.0, 72 / 59.0, 45 / 59.0], new NegativePreferenceWeighting { Normalised = true }.WeightsOf(Halves, [Math.Log(4), Math.Log(4), Math.Log(4)]));
    }

    /// <summary>exp(−5 · 60) is zero in float32; what is left of a batch still has a mean of 1.</summary>
    [Fact]
    public void A_batch_that_underflows_keeps_its_mean_and_one_without_any_weight_is_uniform()
    {
        static double[] Of(params float[] losses) => new SaturationImportanceWeighting { Normalised = true }.WeightsOf(() => States.Losses(new double[losses.Length]) with { Loss = tensor(losses) });
        Near([2 / (1 + Math.Exp(-5)), 2 / (1 + Math.Exp(5))], Of(60, 61), 1e-9);
        Assert.Equal([1, 1], Of(0, 0));
    }

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
        Near([2.5, 0, 2.5, 0, 0], new BalDroGroupWeighting().WeightsOf(Losses));
        Near([0, 0, 5, 0, 0], new BalDroGroupWeighting(0.01).WeightsOf(Losses));
        Near([1.25, 1.25, 1.25, 0, 1.25], new BalDroGroupWeighting(0.8).WeightsOf(Losses));
    }

    /// <summary>In the loss L = -cross-entropy, so that a gradient towards log p is one towards L.</summary>
    [Theory]
    [InlineData(DualSign.WorstCase, 1)]
    [InlineData(DualSign.AsReleased, -1)]
    public void The_dual_is_the_gradient_of_its_bound(DualSign sign, int factor) => IsGradient(
        new BalDroDualWeighting(0.5, sign),
        (loss, _) => (loss * (-factor / 0.5)).exp().mean().log() * (factor * 0.5) * Losses.Length);

    [Fact]
    public void The_two_signs_of_the_dual_lean_opposite_ways_and_its_worst_case_is_LoReUn()
    {
        var (worst, released) = (new BalDroDualWeighting().WeightsOf(Losses), new BalDroDualWeighting(1, DualSign.AsReleased).WeightsOf(Losses));
        Assert.Equal((2, 3), (Array.IndexOf(worst, worst.Max()), Array.IndexOf(released, released.Max())));
        Assert.Equal(new LossBasedWeighting(0.5).WeightsOf(Losses), new BalDroDualWeighting(0.5).WeightsOf(Losses));
    }

    // Weights on gradient ascent are what the loss's gradient towards log p = -cross-entropy is.
    private static void IsGradient(LossWeighting weighting, Func<Tensor, Tensor, Tensor> total)
    {
        double[] original = [0.1, 0.2, 0.3, 0.4, 0.5];
        using var scope = NewDisposeScope();
        var loss = tensor(Losses, dtype: float64).requires_grad_();
        total(loss, tensor(original, dtype: float64)).backward();
        Near(loss.grad!.neg().data<double>().ToArray(), weighting.WeightsOf(Losses, original));
    }

    private static double[] OfClasses(double? beta, double[] counts) => new ClassBalancedWeighting(beta).WeightsOf(() => Classes(
        [.. Enumerable.Range(0, counts.Count(n => n > 0)).Select(k => (long)k)], counts));

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
