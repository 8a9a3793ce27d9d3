using FaLW.Data;
using FaLW.Experiments;
using FaLW.Metrics;

namespace FaLW.Tests.Metrics;

public sealed class RelativeMembershipTests
{
    private static readonly ReferencedMargins Population = Margins([0, 0, 1], [0.5, 0.9, 0.99], [0.5, 0.9, 0.01]);

    /// <summary>
    /// With a = 0.3 a reference of 0.5 estimates 0.65 x 0.5 + 0.35 = 0.675. Ratios of the population of class 0: 0.7407 and 0.9 / 0.935 = 0.9626.
    /// Ratios of the samples: 0.9 / 0.675 = 1.33 beats both, 0.6 / 0.675 = 0.889 the first, 0.5 / 0.675 ties with it.
    /// </summary>
    [Fact]
    public void Scores_by_hand()
    {
        var samples = Margins([0, 0, 0], [0.9, 0.6, 0.5], [0.5, 0.5, 0.5]);
        Assert.Equal([1, 0.5, 0.25], RelativeMembership.Scores(samples, Population));
        Assert.Equal([0.5, 0, 0], RelativeMembership.Scores(samples, Population, gamma: 1.5));
    }

    [Fact]
    public void References_are_averaged()
    {
        var samples = new ReferencedMargins([0], [Log(0.9)], [[Log(0.6)], [Log(0.2)]]);
        var population = new ReferencedMargins([0, 0], [Log(0.9), Log(0.9)], [[Log(0.39), Log(0.41)], [Log(0.39), Log(0.41)]]);
        Assert.Equal([0.5], RelativeMembership.Scores(samples, population));
    }

    [Fact]
    public void Without_reference_or_population_there_is_a_sentence()
    {
        Assert.Throws<Fault>(() => RelativeMembership.Scores(new ReferencedMargins([0], [0], []), new ReferencedMargins([0], [0], [])));
        Assert.Contains("class 7", Assert.Throws<Fault>(() => RelativeMembership.Scores(Margins([7], [0.5], [0.5]), Population)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Forgotten_is_compared_with_unseen_in_all_and_by_group()
    {
        var forget = Margins([0, 1], [0.99, 0.1], [0.2, 0.9]);
        var unseen = Margins([0, 1], [0.2, 0.99], [0.9, 0.01]);
        var audit = RelativeMembership.Of(forget, unseen, Population, new ClassGroups([0], [], [1]));
        Assert.Equal(0.5, audit.MeanScore);
        Assert.Equal([1, double.NaN, 0], audit.Groups.Select(group => group.Curve.Area));
        Assert.Equal((2, 2), (audit.Curve.Members, audit.Curve.NonMembers));
    }

    /// <summary>The unseen images are what FaLW fits its forget samples to: an audit that used them would find nothing by construction.</summary>
    [Fact]
    public void Non_members_and_population_are_halves_of_the_test_images_class_by_class()
    {
        int[] labels = [.. Enumerable.Range(0, 60).Select(i => i % 3)], test = [.. Enumerable.Range(39, 21)];
        var (first, second) = EnsembleAudit.Halves(test, labels, seed: 4);
        Assert.Equal(test, first.Concat(second).Order());
        Assert.All([0, 1, 2], k => Assert.Equal((3, 4), (first.Count(row => labels[row] == k), second.Count(row => labels[row] == k))));
        Assert.Equal(first, EnsembleAudit.Halves(test, labels, seed: 4).First);
        Assert.NotEqual(first, EnsembleAudit.Halves(test, labels, seed: 5).First);
    }

    private static ReferencedMargins Margins(int[] labels, double[] target, double[] reference) =>
        new(labels, [.. target.Select(Log)], [[.. reference.Select(Log)]]);

    private static double Log(double p) => Math.Log(p / (1 - p));
}
