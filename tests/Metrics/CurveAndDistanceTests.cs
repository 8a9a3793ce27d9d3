using FaLW.Metrics;
using FaLW.Tests.House;
using FsCheck;
using FsCheck.Fluent;

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
    public void The_area_is_the_rank_comparison_of_the_metrics() => Prop.ForAll(Samples(), Samples(), (members, others) =>
        Math.Abs(AttackCurve.Of(members, others).Area - RankComparison.AreaUnderCurve([.. members.Select(m => (float)m)], [.. others.Select(o => (float)o)])) < 1e-12)
        .QuickCheckThrowOnFailure();

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
    public void The_earth_mover_distance_is_a_metric_that_follows_shifts() => Prop.ForAll(Samples(), Samples(), (a, b) =>
    {
        double[] shifted = [.. a.Select(value => value + 3)];
        return Math.Abs(Wasserstein.Distance(a, shifted) - 3) < 1e-9 && Wasserstein.Distance(a, a) < 1e-12
            && Math.Abs(Wasserstein.Distance(a, b) - Wasserstein.Distance(b, a)) < 1e-9
            && Wasserstein.Distance(shifted, b) <= 3 + Wasserstein.Distance(a, b) + 1e-9
            && Wasserstein.Distance(a, b) >= Math.Abs(a.Average() - b.Average()) - 1e-9;
    }).QuickCheckThrowOnFailure();

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
        Assert.Throws<ArgumentException>(() => MarginReport.Of([0], [1], [], 1));
    }

    private static Arbitrary<double[]> Samples() =>
        Gen.Choose(0, 9).Select(value => (double)value).NonEmptyListOf().Select(list => list.ToArray()).ToArbitrary();

    private sealed record Stored(Curve[] Curves, Pair[] Distances, Pair[] Divergences);

    private sealed record Curve(double[] Members, double[] NonMembers, double Area, double Balanced, double AtOnePercent, double AtOneInThousand);

    private sealed record Pair(double[] First, double[] Second, double Distance, double Divergence);
}
