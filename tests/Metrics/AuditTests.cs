using MathNet.Numerics.Distributions;

namespace FaLW.Tests.Metrics;

public sealed class LikelihoodRatioTests
{
    private static readonly ClassGroups Groups = new([0], [1], [2]);

    /// <summary>
    /// Nothing was memorised, but models of one shadow agree on a sample (they share an Original). Only a fit that leaves the whole
    /// shadow out finds nothing; left out one by one, siblings betray each other and the attack "succeeds".
    /// </summary>
    [Fact]
    public void Siblings_do_not_betray_each_other()
    {
        var honest = LikelihoodRatio.Of(Targets(siblings: 3, effect: 0), Groups);
        Assert.InRange(honest.Curve.Area, 0.45, 0.55);
        var fooled = LikelihoodRatio.Of(Targets(siblings: 3, effect: 0).Select(Scattered), Groups);
        Assert.True(fooled.Curve.Area > 0.58, $"{fooled.Curve}");
    }

    [Fact]
    public void What_is_remembered_is_found()
    {
        var found = LikelihoodRatio.Of(Targets(siblings: 1, effect: 3), Groups);
        Assert.InRange(found.Curve.Area, 0.9, 1);
        Assert.True(found.Curve.AtOnePercent > 0.2, $"{found.Curve}");
        Assert.Equal(["Head", "Middle", "Tail"], found.Groups.Select(group => group.Name));
        Assert.Equal(found.Curve.Members, found.Groups.Sum(group => group.Curve.Members));
    }

    /// <summary>Forgotten 0, 2; unseen -4, -2, 0. Forgotten 2, the second, is judged without itself and without the second unseen: means 0 and -2, pooled deviations sqrt 2 and 2.</summary>
    [Fact]
    public void A_score_by_hand()
    {
        var target = new LikelihoodTarget(0, [new(1, 0), new(2, 2)], [new(3, -4), new(4, -2), new(5, 0)]);
        double Score(Observation observation) => LikelihoodRatio.Score(target, observation, (Math.Sqrt(2), 2), own: 8);
        double Log(double m, double mean, double deviation) => Normal.PDFLn(mean, deviation, m);
        Assert.Equal(Log(2, 0, Math.Sqrt(2)) - Log(2, -2, 2), Score(target.Forgotten[1]), 1e-12);
        Assert.Equal(Log(-4, 2, Math.Sqrt(2)) - Log(-4, -1, 2), Score(target.Unseen[0]), 1e-12);
    }

    [Fact]
    public void Enough_observations_are_fitted_with_their_own_deviation()
    {
        var target = new LikelihoodTarget(0, [new(1, 0), new(2, 2), new(3, 7)], [new(4, 0), new(5, 1), new(6, 9)]);
        Assert.Equal(Normal.PDFLn(1, Math.Sqrt(2), 7) - Normal.PDFLn(0.5, Math.Sqrt(0.5), 7), LikelihoodRatio.Score(target, target.Forgotten[2], (100, 1), own: 2), 1e-12);
    }

    [Fact]
    public void Samples_seen_by_one_shadow_take_no_part() =>
        Assert.Equal(0, LikelihoodRatio.Of([new LikelihoodTarget(0, [new(1, 0), new(1, 1)], [new(2, 0), new(3, 1)])], Groups).Targets);

    private static LikelihoodTarget Scattered(LikelihoodTarget target) => target with
    {
        Forgotten = [.. target.Forgotten.Select((o, i) => new Observation(i, o.Margin))],
        Unseen = [.. target.Unseen.Select((o, i) => new Observation(1000 + i, o.Margin))],
    };

    private static List<LikelihoodTarget> Targets(int siblings, double effect)
    {
        var draw = new Random(5);
        double Noise() => Normal.Sample(draw, 0, 1);
        Observation[] Shadows(int from, int count, double shift) => [.. Enumerable.Range(from, count).SelectMany(shadow =>
        {
            var shared = Noise();
            return Enumerable.Range(0, siblings).Select(_ => new Observation(shadow, shift + shared + 0.3 * Noise()));
        })];
        return [.. Enumerable.Range(0, 300).Select(i => new LikelihoodTarget(i % 3, Shadows(0, 4, effect), Shadows(10, 6, 0)))];
    }
}

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

public sealed class OtherAuditsTests
{
    private static readonly RelearnCurve Slow = new([new(0, 40), new(5, 60), new(10, 96)]), Fast = new([new(0, 60), new(5, 97), new(10, 96)]);

    [Fact]
    public void A_relearn_curve_by_hand()
    {
        Assert.Equal((40.0, 96.0), (Slow.Start, Slow.End));
        Assert.Equal([10, 5, 0], new[] { Slow.StepsTo(95), Fast.StepsTo(95), Fast.StepsTo(60) });
        Assert.Null(Slow.StepsTo(99));
        Assert.Equal(5.01 / 10.01, Fast.AnamnesisIndex(Slow, 95), 12);
        Assert.Equal(1, Slow.AnamnesisIndex(Slow, 95));
        Assert.Equal(double.NaN, Fast.AnamnesisIndex(Slow, 99));
    }

    /// <summary>Softmaxes (1, 0) and (1/2, 1/2): m = (3/4, 1/4); half of log2 (4/3), plus a quarter of log2 (2/3) and of log2 2.</summary>
    [Fact]
    public void Zero_retrain_forgetting_by_hand()
    {
        var divergence = Math.Log2(4 / 3.0) / 2 + Math.Log2(2 / 3.0) / 4 + 0.25;
        LogitTable sure = new([100, 0], 2, [0]), open = new([3, 3], 2, [0]);
        Assert.Equal(1 - divergence, ZeroRetrainForgetting.Of(sure, [open, open, open, open, open]), 1e-9);
        Assert.Equal(1 - 4 * divergence / 5, ZeroRetrainForgetting.Of(sure, [open, open, open, open, sure]), 1e-9);
        Assert.Equal(1, ZeroRetrainForgetting.Of(open, [open, open, open, open, open]), 1e-12);
        Assert.Contains("at least 5", Assert.Throws<Fault>(() => ZeroRetrainForgetting.Of(open, [open])).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Disjoint_distributions_are_one_bit_apart_whatever_the_number_of_classes() =>
        Assert.Equal(1, ZeroRetrainForgetting.Divergence([0.5, 0.5, 0, 0, 0], [0, 0, 0.2, 0.4, 0.4]), 1e-12);

    [Fact]
    public void Confusion_is_counted_between_the_two_classes_only() =>
        Assert.Equal(40, new InterclassConfusion(0, 1, 1).Confusion([0, 0, 0, 1, 1, 2, 2], [1, 0, 2, 0, 1, 0, 1]), 1e-12);

    [Fact]
    public void Labels_are_exchanged_for_the_drawn_rows_alone()
    {
        var raw = new Synthetic().Read("");
        var test = new InterclassConfusion(2, 5, 7);
        var rows = test.Draw(raw.Labels, raw.TrainCount, seed: 0);
        var confused = test.Confused(raw, rows);
        Assert.Equal((7, 7), (rows.Count(row => raw.Labels[row] == 2), rows.Count(row => raw.Labels[row] == 5)));
        Assert.All(rows, row => Assert.Equal(7 - raw.Labels[row], confused.Labels[row]));
        Assert.Equal(rows, Enumerable.Range(0, raw.Labels.Length).Where(row => raw.Labels[row] != confused.Labels[row]));
        Assert.Equal(rows, test.Draw(raw.Labels, raw.TrainCount, seed: 0));
        Assert.NotEqual(rows, test.Draw(raw.Labels, raw.TrainCount, seed: 1));
        Assert.Throws<Fault>(() => new InterclassConfusion(2, 5, 101).Draw(raw.Labels, raw.TrainCount, 0));
        Assert.Throws<Fault>(() => new InterclassConfusion(2, 2, 5).Draw(raw.Labels, raw.TrainCount, 0));
    }
}
