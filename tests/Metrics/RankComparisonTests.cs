using FaLW.Metrics;
using FsCheck;
using FsCheck.Fluent;

namespace FaLW.Tests.Metrics;

public sealed class RankComparisonTests
{
    [Theory]
    [InlineData(new[] { 3f, 4f }, new[] { 1f, 2f }, 1)]
    [InlineData(new[] { 1f, 2f }, new[] { 3f, 4f }, 0)]
    [InlineData(new[] { 1f, 1f }, new[] { 1f }, 0.5)]
    [InlineData(new[] { 1f, 3f }, new[] { 1f, 2f }, 0.625)]
    public void Areas_worked_by_hand(float[] members, float[] nonMembers, double area) =>
        Assert.Equal(area, RankComparison.AreaUnderCurve(members, nonMembers), 12);

    [Fact]
    public void It_counts_every_pair() => Prop.ForAll(Samples(), Samples(), (members, nonMembers) =>
    {
        var pairs = from m in members from n in nonMembers select m > n ? 1 : m == n ? 0.5 : 0;
        return Math.Abs(RankComparison.AreaUnderCurve(members, nonMembers) - pairs.Average()) < 1e-12;
    }).QuickCheckThrowOnFailure();

    [Fact]
    public void The_best_threshold_beats_every_other() => Prop.ForAll(Samples(), Samples(), (members, nonMembers) =>
    {
        var attack = ThresholdAttack.Fit(members, nonMembers);
        double Accuracy(double threshold) =>
            100.0 * (members.Count(v => v >= threshold) + nonMembers.Count(v => v < threshold)) / (members.Length + nonMembers.Length);
        var candidates = members.Concat(nonMembers).Select(v => (double)v).Append(double.PositiveInfinity);
        return Math.Abs(attack.Accuracy - Accuracy(attack.Threshold)) < 1e-9 && candidates.All(t => Accuracy(t) <= attack.Accuracy + 1e-9);
    }).QuickCheckThrowOnFailure();

    private static Arbitrary<float[]> Samples() =>
        Gen.Choose(0, 9).Select(value => value / 10f).NonEmptyListOf().Select(list => list.ToArray()).ToArbitrary();
}
