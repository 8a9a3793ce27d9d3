using FaLW.Data;
using FaLW.Metrics;
using FaLW.Models;

namespace FaLW.Tests.Metrics;

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
