using FaLW.Data;
using FaLW.Metrics;

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

    [Fact]
    public void The_variant_is_stated() => Assert.Contains("C = 3", MembershipInference.Variant, StringComparison.Ordinal);

    private static float[] Tagged(int[] labels, float fraction) => [.. labels.Select(label => (label + fraction) / 10)];

    private static int Class(float tagged) => (int)(tagged * 10);
}
