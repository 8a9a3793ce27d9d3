namespace FaLW.Tests.Metrics;

public sealed class StatisticsTests
{
    /// <summary>Tables of Student's t: 2.776 for 4 degrees of freedom and 95 %; the deviation of 1..5 is sqrt(2.5).</summary>
    [Fact]
    public void The_interval_is_the_one_of_the_tables()
    {
        var estimate = Statistics.Over([1, 2, 3, 4, 5]);
        Assert.Equal(3, estimate.Mean);
        Assert.Equal(Math.Sqrt(2.5), estimate.Deviation, 12);
        Assert.Equal(2.776445105 * Math.Sqrt(2.5) / Math.Sqrt(5), estimate.HalfWidth, 8);
        Assert.Equal(5, estimate.Count);
    }

    [Fact]
    public void Another_confidence_gives_another_interval() =>
        Assert.Equal(4.604094871 * Math.Sqrt(0.5), Statistics.Over([1, 2, 3, 4, 5], 0.99).HalfWidth, 7);

    [Fact]
    public void One_run_has_a_mean_but_no_interval_and_no_run_has_neither()
    {
        var (one, none) = (Statistics.Over([0.7]), Statistics.Over([]));
        Assert.Equal((0.7, double.NaN, double.NaN, double.NaN), (one.Mean, one.HalfWidth, one.Deviation, none.Mean));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(double.NaN)]
    public void A_confidence_outside_its_range_is_refused(double confidence) =>
        Assert.Throws<ArgumentOutOfRangeException>(() => Statistics.Over([1, 2], confidence));
}

/// <summary>Statistics over paired seeds, against scipy on stored numbers (fixtures/paired.py) and against hand computations.</summary>
public sealed class PairedTests
{
    private static readonly Stored Known = Repository.Stored<Stored>("Metrics", "fixtures", "paired.json");

    [Fact]
    public void The_test_gives_the_stored_chances() =>
        Assert.All(Known.Comparisons, stored => Assert.Equal(stored.Student, PairedTest.Of(stored.First, stored.Second).Student, 1e-9));

    [Fact]
    public void Without_any_difference_nothing_is_shown()
    {
        Assert.Equal(1, PairedTest.Of([1, 2], [1, 2]).Student);
        Assert.True(double.IsNaN(PairedTest.Of([1], [2]).Student));
    }

    /// <summary>Worked by hand: 0.01 x 4, 0.02 x 3, then 0.03 x 2 = 0.06 is not below 0.06, and 0.5.</summary>
    [Fact]
    public void Holm_by_hand()
    {
        Assert.Equal([0.06, 0.04, 0.5, 0.06], Holm.Adjusted([0.03, 0.01, 0.5, 0.02]).Select(p => Math.Round(p, 12)));
        Assert.Equal([double.NaN, 0.02], Holm.Adjusted([double.NaN, 0.02]));
    }

    [Fact]
    public void Holm_lies_between_no_correction_and_Bonferroni() => Chances.Sample(chances =>
    {
        var adjusted = Holm.Adjusted(chances);
        var order = Enumerable.Range(0, chances.Length).OrderBy(i => chances[i]).Select(i => adjusted[i]).ToArray();
        return adjusted.Zip(chances).All(p => p.First >= p.Second && p.First <= Math.Min(1, chances.Length * p.Second) + 1e-12) && order.SequenceEqual(order.Order());
    }, iter: 100);

    [Fact]
    public void The_detectable_difference_is_the_stored_one() => Assert.All(Known.Detectable, stored =>
        Assert.Equal(stored.Difference * 2.5, DetectableDifference.Of(2.5, stored.Pairs, stored.Confidence, stored.Power), 1e-6));

    /// <summary>
    /// 3 pairs have 2 degrees of freedom, where chi-squared is exponential: its 20 % quantile is -2 ln 0.8. For 5 and 10 pairs the printed tables say
    /// 1.649 and 5.380 (e.g. Abramowitz and Stegun, table 26.8).
    /// </summary>
    [Theory]
    [InlineData(3, 0.446287102628, 1e-9)]
    [InlineData(5, 1.649, 1e-3)]
    [InlineData(10, 5.380, 1e-3)]
    public void A_deviation_that_was_estimated_from_few_pairs_counts_for_more(int pairs, double quantile, double relative)
    {
        var expected = DetectableDifference.Of(2.5, pairs) * Math.Sqrt((pairs - 1) / quantile);
        Assert.Equal(1, DetectableDifference.OfSample(2.5, pairs) / expected, relative);
        Assert.True(DetectableDifference.OfSample(2.5, pairs) > DetectableDifference.OfSample(2.5, pairs, assurance: 0.5));
    }

    /// <summary>So often is the true difference found where the estimate s of every study decides what counts as detectable: in four of five studies at least 80 % power.</summary>
    [Fact]
    public void Four_studies_of_five_promise_no_more_than_they_keep()
    {
        var (stream, kept, studies) = (new SeededStream(5, "studies"), 0, 400);
        for (var study = 0; study < studies; study++)
        {
            double[] pairs = [.. Enumerable.Range(0, 4).Select(_ => stream.Normal())];
            if (DetectableDifference.OfSample(FaLW.Metrics.Statistics.Over(pairs).Deviation, 4) >= DetectableDifference.Of(1, 4)) kept++;
        }

        // Binomial with 0.8: 3.9 standard errors are 0.078.
        Assert.InRange((double)kept / studies, 0.72, 0.88);
    }

    [Fact]
    public void Without_a_true_difference_the_power_is_the_level() => Assert.Equal(0.05, DetectableDifference.Power(0, 4, 2.776445105), 1e-9);

    [Fact]
    public void Impossible_demands_are_refused()
    {
        Assert.True(double.IsNaN(DetectableDifference.Of(1, 1)));
        Assert.Throws<ArgumentOutOfRangeException>(() => DetectableDifference.Of(1, 5, power: 0.05));
        Assert.Throws<ArgumentOutOfRangeException>(() => DetectableDifference.Of(1, 5, confidence: 1));
    }

    private static Gen<double[]> Chances { get; } = Gen.Int[0, 1000].Select(value => value / 1000.0).Array[1, 40];

    private sealed record Stored(Comparison[] Comparisons, Detection[] Detectable);

    private sealed record Comparison(double[] First, double[] Second, double Student);

    private sealed record Detection(int Pairs, double Confidence, double Power, double Difference);
}

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
        Gen.Int[-500, 500].Array[12].Where(list => list.Distinct().Count() > 1).Sample(values =>
            Math.Abs(NormalFit.Of(values.Select(v => (double)v)).Distance - NormalFit.Of(values.Select(v => 7 + v / 40.0)).Distance) < 1e-9, iter: 100);

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
