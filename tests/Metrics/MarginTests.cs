using MathNet.Numerics.Distributions;

namespace FaLW.Tests.Metrics;

/// <summary>Against scikit-learn and scipy on stored numbers (fixtures/audits.py), and against what the words mean.</summary>
public sealed class CurveAndDistanceTests
{
    private static readonly Stored Known = Repository.Stored<Stored>("Metrics", "fixtures", "audits.json");

    [Fact]
    public void Curves_are_the_stored_ones() => Assert.All(Known.Curves, stored =>
    {
        var ours = AttackCurve.Of(stored.Members, stored.NonMembers);
        Assert.Equal(stored.Area, ours.Area, 1e-12);
        Assert.Equal(stored.Balanced, ours.BalancedAccuracy, 1e-12);
        Assert.Equal(stored.AtOnePercent, ours.AtOnePercent, 1e-12);
        Assert.Equal(stored.AtOneInThousand, ours.AtOneInThousand, 1e-12);
    });

    [Fact]
    public void The_area_is_the_rank_comparison_of_the_metrics() => Gen.Select(Samples, Samples).Sample((members, others) =>
        Math.Abs(AttackCurve.Of(members, others).Area - RankComparison.AreaUnderCurve([.. members.Select(m => (float)m)], [.. others.Select(o => (float)o)])) < 1e-12, iter: 100);

    [Fact]
    public void Perfect_and_absent_scores()
    {
        Assert.Equal(new AttackCurve(1, 1, 1, 1, 2, 2), AttackCurve.Of([3, 4], [0, 1]));
        Assert.Equal(new AttackCurve(0.5, 0.5, 0, 0, 2, 2), AttackCurve.Of([7, 7], [7, 7]));
        Assert.Equal(double.NaN, AttackCurve.Of([], [1]).Area);
    }

    [Fact]
    public void Earth_mover_distances_are_the_stored_ones() => Assert.All(Known.Distances, stored =>
        Assert.Equal(stored.Distance, Wasserstein.Distance(stored.First, stored.Second), 1e-12));

    [Fact]
    public void The_earth_mover_distance_is_a_metric_that_follows_shifts() => Gen.Select(Samples, Samples).Sample((a, b) =>
    {
        double[] shifted = [.. a.Select(value => value + 3)];
        return Math.Abs(Wasserstein.Distance(a, shifted) - 3) < 1e-9 && Wasserstein.Distance(a, a) < 1e-12
            && Math.Abs(Wasserstein.Distance(a, b) - Wasserstein.Distance(b, a)) < 1e-9
            && Wasserstein.Distance(shifted, b) <= 3 + Wasserstein.Distance(a, b) + 1e-9
            && Wasserstein.Distance(a, b) >= Math.Abs(a.Average() - b.Average()) - 1e-9;
    }, iter: 100);

    [Fact]
    public void Divergences_of_softmaxes_are_the_stored_ones() => Assert.All(Known.Divergences, stored =>
        Assert.Equal(stored.Divergence, ZeroRetrainForgetting.Divergence(stored.First, stored.Second), 1e-6));

    /// <summary>Class 0 moves by 1 up and by 1 down: no shift, but a distance of 1. Class 2 has no sample. Pooled, {1,3,5} against {2,2,4} is 1.</summary>
    [Fact]
    public void Margins_by_class_by_hand()
    {
        var report = MarginReport.Of([0, 0, 1], [1, 3, 5], [2, 2, 4], classes: 3);
        Assert.Equal([new ClassMargin(0, 2, 0, 1), new ClassMargin(1, 1, 1, 1), new ClassMargin(2, 0, double.NaN, double.NaN)], report.Classes);
        Assert.Equal((1.0, 1.0), (Math.Round(report.ClassBalanced, 12), Math.Round(report.Pooled, 12)));
    }

    private static Gen<double[]> Samples { get; } = Gen.Int[0, 9].Select(value => (double)value).Array[1, 40];

    private sealed record Stored(Curve[] Curves, Pair[] Distances, Pair[] Divergences);

    private sealed record Curve(double[] Members, double[] NonMembers, double Area, double Balanced, double AtOnePercent, double AtOneInThousand);

    private sealed record Pair(double[] First, double[] Second, double Distance, double Divergence);
}

public sealed class MarginDivergenceTests
{
    private readonly Random draw = new(17);

    [Fact]
    public void Divergences_by_hand_run_from_unlearned_to_oracle()
    {
        // One bin holds all of ours and half of theirs; the largest value falls into the last bin: ln 2 but for the floor.
        Assert.Equal(Math.Log(2) + 1e-5 * Math.Log(1e-5 / 0.5), MarginDivergence.Binned([0, 0], [0, 20]), 1e-12);
        Assert.NotEqual(MarginDivergence.Binned([0, 0], [0, 20]), MarginDivergence.Binned([0, 20], [0, 0]), 1e-3);
        // Both deviations are sqrt 2, the means 3 apart: 9 / 2 / 2. Twice the spread about the same mean: ln (1 / 2) + (4 - 1) / 2.
        Assert.Equal(2.25, MarginDivergence.Gaussian([0, 2], [3, 5]), 1e-12);
        Assert.Equal(1.5 - Math.Log(2), MarginDivergence.Gaussian([-2, 2], [-1, 1]), 1e-12);
    }

    [Fact]
    public void Equal_margins_are_not_taken_for_certainty()
    {
        Assert.Equal(0, MarginDivergence.Gaussian([3, 3], [3, 3]));
        Assert.Equal(0, MarginDivergence.Binned([3, 3], [3, 3]));
        Assert.Equal(2, MarginDivergence.Scaled([3.1, 3.1], [3, 3]), 1e-9);
    }

    /// <summary>
    /// What these numbers read where nothing differs, and at a shift of one standard deviation, as a simulation
    /// in numpy found (fixtures/null_levels.py): with few models the binned one is noise.
    /// </summary>
    [Theory]
    [InlineData(20, 0, 3.08, 0.118, 0.391)]
    [InlineData(50, 0, 0.89, 0.041, 0.248)]
    [InlineData(20, 1, 4.0, 0.673, 1.052)]
    public void The_null_level_is_known(int models, double shift, double binned, double gaussian, double scaled)
    {
        (double[] Ours, double[] Theirs)[] samples = [.. Enumerable.Range(0, 400).Select(_ => (Draw(models, 5 + shift), Draw(models, 5)))];
        Assert.Equal(binned, samples.Average(s => MarginDivergence.Binned(s.Ours, s.Theirs)), 0.1 * binned);
        Assert.Equal(gaussian, samples.Average(s => MarginDivergence.Gaussian(s.Ours, s.Theirs)), 0.25 * gaussian);
        Assert.Equal(scaled, samples.Average(s => MarginDivergence.Scaled(s.Ours, s.Theirs)), 0.1 * scaled);
    }

    [Fact]
    public void A_match_prints_its_null_level_and_a_shift_rises_above_it()
    {
        double[][] Models(int count, double mean) => [.. Enumerable.Range(0, count).Select(_ => Draw(60, mean))];
        var retrained = Models(24, 5);
        var same = DistributionMatch.Of(Models(12, 5), retrained);
        var shifted = DistributionMatch.Of(Models(12, 7), retrained);
        Assert.Equal(12, same.Models);
        Assert.Equal(same.Null, shifted.Null);
        Assert.InRange(same.Unlearned.Scaled.Mean / same.Null.Scaled.Mean, 0.8, 1.25);
        Assert.True(shifted.Unlearned.Scaled.Mean > 3 * shifted.Null.Scaled.Mean);
        Assert.True(shifted.Unlearned.Gaussian.Median > 3 * shifted.Null.Gaussian.Median);
        Assert.True(shifted.Unlearned.Scaled.Worst > shifted.Unlearned.Scaled.Median);
        Assert.Contains("at least 4 retrained", Assert.Throws<Fault>(() => DistributionMatch.Of(Models(2, 5), Models(3, 5))).Message, StringComparison.Ordinal);
    }

    private double[] Draw(int count, double mean)
    {
        var values = new double[count];
        Normal.Samples(draw, values, mean, 1);
        return values;
    }
}
