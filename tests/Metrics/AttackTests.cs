namespace FaLW.Tests.Metrics;

public sealed class MembershipInferenceTests
{
    private readonly Random draw = new(11);

    [Fact]
    public void A_memorised_forget_set_looks_like_members_and_an_unseen_one_like_non_members()
    {
        var retain = Predicted.Of(Predicted.Uniform(draw, 400, 0.95));
        var test = Predicted.Of(Predicted.Uniform(draw, 200, 0, 0.7));
        var known = MembershipInference.Of(Predicted.Of(Predicted.Uniform(draw, 100, 0.95)), retain, test, seed: 0);
        var forgotten = MembershipInference.Of(Predicted.Of(Predicted.Uniform(draw, 100, 0, 0.7)), retain, test, seed: 0);
        Assert.Equal((0.0, 0.0), (known.SupportVector, known.Threshold));
        Assert.Equal((100.0, 100.0), (forgotten.SupportVector, forgotten.Threshold));
        Assert.Equal((1.0, 100.0, 200), (known.ShadowArea, known.ShadowAccuracy, known.ShadowCount));
        Assert.InRange(forgotten.ForgetArea, 0.35, 0.65);
        Assert.Equal(1, known.ForgetArea);
    }

    [Fact]
    public void Members_and_non_members_are_equally_many_in_every_class()
    {
        var retain = Predicted.Of(Tagged([0, 0, 0, 1, 2, 2], 0.9f), [0, 0, 0, 1, 2, 2]);
        var test = Predicted.Of(Tagged([0, 0, 1, 1, 3, 3], 0.1f), [0, 0, 1, 1, 3, 3]);
        var shadow = ShadowSets.Draw(retain, test, seed: 0);
        Assert.Equal([0, 0, 1], shadow.Members.Select(Class));
        Assert.Equal([0, 0, 1], shadow.NonMembers.Select(Class));
    }

    [Fact]
    public void The_draw_follows_the_seed_alone()
    {
        var retain = Predicted.Of(Predicted.Uniform(draw, 300));
        var test = Predicted.Of(Predicted.Uniform(draw, 100));
        Assert.Equal(ShadowSets.Draw(retain, test, 5).Members, ShadowSets.Draw(retain, test, 5).Members);
        Assert.NotEqual(ShadowSets.Draw(retain, test, 5).Members, ShadowSets.Draw(retain, test, 6).Members);
        Assert.Equal(test.TrueClassProbability.Order(), ShadowSets.Draw(retain, test, 5).NonMembers.Order());
    }

    [Fact]
    public void Without_a_class_on_both_sides_there_is_no_attack()
    {
        var fault = Assert.Throws<Fault>(() => ShadowSets.Draw(Predicted.Of([0.5f], [0]), Predicted.Of([0.5f], [1]), 0));
        Assert.Contains("lower the cap", fault.Message, StringComparison.Ordinal);
    }

    /// <summary>All outputs saturated at 1: like LIBSVM on a decision value of zero, everybody counts as a member.</summary>
    [Fact]
    public void A_tie_counts_as_a_member()
    {
        var one = Predicted.Of([1, 1, 1, 1]);
        Assert.Equal(0, MembershipInference.Of(one, one, one, 0).SupportVector);
    }

    private static float[] Tagged(int[] labels, float fraction) => [.. labels.Select(label => (label + fraction) / 10)];

    private static int Class(float tagged) => (int)(tagged * 10);
}

public sealed class ClassConditionalAttackTests
{
    private static readonly ClassGroups Groups = new([0], [1], [2]);

    /// <summary>
    /// An easy class whose members have 9 and others 8, a hard one with 2 and 1. Both forget samples look unseen; one
    /// threshold for all cannot see it in the easy class.
    /// </summary>
    [Fact]
    public void Class_difficulty_does_not_pass_for_membership()
    {
        Signal retain = new([9, 9, 9, 9, 2, 2], [0, 0, 0, 0, 1, 1]), test = new([8, 8, 8, 8, 1, 1], [0, 0, 0, 0, 1, 1]);
        Signal forget = new([8, 1], [0, 1]);
        var found = ClassConditionalAttack.Of(forget, retain, test, Groups, seed: 0);
        Assert.Equal((100.0, 100.0, 0.5, 100.0, 0), (found.NonMember, found.ClassBalanced, found.Area, found.ShadowAccuracy, found.Unjudged));
        Assert.Equal(5 / 6.0 * 100, ThresholdAttack.Fit(retain.Values, test.Values).Accuracy, 10);
    }

    /// <summary>Head: three of four samples below the threshold of 5; middle: one of one above its; tail: no retained sample is left.</summary>
    [Fact]
    public void Samples_classes_and_groups_by_hand()
    {
        Signal retain = new([5, 5, 5, 5], [0, 0, 1, 1]), test = new([1, 1, 1, 1, 7], [0, 0, 1, 1, 2]);
        Signal forget = new([0, 1, 4, 6, 9, 7], [0, 0, 0, 0, 1, 2]);
        var found = ClassConditionalAttack.Of(forget, retain, test, Groups, seed: 0);
        Assert.Equal((60.0, 37.5, 1), (found.NonMember, found.ClassBalanced, found.Unjudged));
        Assert.Equal((4 * (0 + 0.5 + 1 + 1) / 4 + 1) / 5, found.Area, 12);
        Assert.Equal(new GroupAttack("Head", 4, 75, 0.625), found.Groups[0]);
        Assert.Equal(new GroupAttack("Middle", 1, 0, 1), found.Groups[1]);
        Assert.Equal(new GroupAttack("Tail", 0, double.NaN, double.NaN), found.Groups[2]);
    }

    [Fact]
    public void Known_and_forgotten_tables_are_told_apart_by_every_attack()
    {
        var draw = new Random(4);
        LogitTable Table(int count, double strength)
        {
            int[] labels = [.. Enumerable.Range(0, count).Select(i => i % 3)];
            return new LogitTable(
                [.. labels.SelectMany(label => Enumerable.Range(0, 3).Select(k => (float)(draw.NextDouble() + (k == label ? strength : 0))))], 3, labels);
        }

        var (retain, test) = (Table(300, 8), Table(150, 1));
        var known = PopulationAttacks.Of(Table(90, 8), retain, test, Groups, 0);
        var forgotten = PopulationAttacks.Of(Table(90, 1), retain, test, Groups, 0);
        Assert.Equal(100.0, known.Entropy.Member);
        Assert.InRange(known.Margin.NonMember, 0, 5);
        Assert.InRange(known.ModifiedEntropy.NonMember, 0, 5);
        Assert.Equal((100.0, 100.0), (forgotten.Margin.NonMember, forgotten.ModifiedEntropy.NonMember));
        Assert.InRange(forgotten.Entropy.Member, 0, 5);
        Assert.InRange(forgotten.Margin.Area, 0.35, 0.65);
    }
}

/// <summary>Against scikit-learn's logistic regression on stored numbers (fixtures/logistic.py).</summary>
public sealed class EntropyAttackTests
{
    private static readonly StoredFit[] Stored = Repository.Stored<StoredFit[]>("Metrics", "fixtures", "logistic.json");

    [Fact]
    public void It_fits_as_the_stored_classifier() => Assert.All(Stored, stored =>
    {
        var ours = LogisticRegression.Fit(stored.Members, stored.NonMembers);
        Assert.Equal(stored.Slope, ours.Slope, 1e-4);
        Assert.Equal(stored.Intercept, ours.Intercept, 1e-4);
    });

    /// <summary>At the optimum the slope is the balanced sum of errors times values, and the errors of both sides cancel.</summary>
    [Fact]
    public void The_gradient_vanishes()
    {
        var stored = Stored[0];
        var ours = LogisticRegression.Fit(stored.Members, stored.NonMembers, cost: 2);
        double Error(double x, double y) => y / (1 + Math.Exp(y * ours.Decide(x)));
        double all = stored.Members.Length + stored.NonMembers.Length;
        var (a, b) = (all / stored.Members.Length, all / stored.NonMembers.Length);
        Assert.Equal(0, stored.Members.Sum(x => a * Error(x, 1)) + stored.NonMembers.Sum(x => b * Error(x, -1)), 1e-7);
        Assert.Equal(ours.Slope, stored.Members.Sum(x => a * x * Error(x, 1)) + stored.NonMembers.Sum(x => b * x * Error(x, -1)), 1e-7);
    }

    [Fact]
    public void Remembered_samples_are_members_and_forgotten_ones_are_not()
    {
        var stored = Stored.Single(fit => fit.Name == "memorised");
        var known = EntropyAttack.Of(stored.Members, stored.Members, stored.NonMembers);
        var forgotten = EntropyAttack.Of(stored.NonMembers, stored.Members, stored.NonMembers);
        Assert.InRange(known.Member, 95, 100);
        Assert.InRange(forgotten.Member, 0, 30);
        Assert.Equal((known.Member + 100 - forgotten.Member) / 2, known.ShadowAccuracy, 10);
        Assert.Equal(stored.Slope * -known.Boundary, stored.Intercept, 1e-4);
    }

    [Fact]
    public void An_empty_side_is_refused() => Assert.Throws<ArgumentException>(() => LogisticRegression.Fit([], [1]));

    private sealed record StoredFit(string Name, double[] Members, double[] NonMembers, double Slope, double Intercept);
}

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
    public void It_counts_every_pair() => Gen.Select(Samples, Samples).Sample((members, nonMembers) =>
    {
        var pairs = from m in members from n in nonMembers select m > n ? 1 : m == n ? 0.5 : 0;
        return Math.Abs(RankComparison.AreaUnderCurve(members, nonMembers) - pairs.Average()) < 1e-12;
    }, iter: 100);

    [Fact]
    public void The_best_threshold_beats_every_other() => Gen.Select(Samples, Samples).Sample((members, nonMembers) =>
    {
        var attack = ThresholdAttack.Fit(members, nonMembers);
        double Accuracy(double threshold) =>
            100.0 * (members.Count(v => v >= threshold) + nonMembers.Count(v => v < threshold)) / (members.Length + nonMembers.Length);
        var candidates = members.Concat(nonMembers).Select(v => (double)v).Append(double.PositiveInfinity);
        return Math.Abs(attack.Accuracy - Accuracy(attack.Threshold)) < 1e-9 && candidates.All(t => Accuracy(t) <= attack.Accuracy + 1e-9);
    }, iter: 100);

    private static Gen<float[]> Samples { get; } = Gen.Int[0, 9].Select(value => value / 10f).Array[1, 40];
}
