using FaLW.Data;
using FaLW.Metrics;

namespace FaLW.Tests.Metrics;

/// <summary>Whether an image was forgotten, suppressed, kept, or never learned, on made-up probabilities.</summary>
public sealed class UnseenStandingTests
{
    private static readonly float[] Twenty = [.. Enumerable.Range(1, 20).Select(i => i / 20f)];

    /// <summary>Above 10 of 20 (and level with none), level with the fifth, below all.</summary>
    [Fact]
    public void The_area_is_the_share_of_unseen_images_that_are_less_probable()
    {
        var standing = UnseenStanding.Of(Predicted.Of([0.52f, 0.25f, 0.01f]), Predicted.Of(Twenty));
        Assert.Equal((10 / 20.0 + 4.5 / 20 + 0) / 3, standing.Area, 12);
        Assert.Equal(1 / 3.0, standing.Below, 12);
    }

    [Fact]
    public void Samples_are_compared_within_their_class_and_a_class_without_unseen_images_is_not_judged()
    {
        var forget = Predicted.Of([0.5f, 0.5f, 0.9f], [0, 1, 2]);
        Assert.Equal(new UnseenStanding(0.5, 0.5), UnseenStanding.Of(forget, Predicted.Of([0.1f, 0.9f], [0, 1])));
        Assert.True(double.IsNaN(UnseenStanding.Of(forget, Predicted.Of([0.1f], [3])).Area));
    }

    [Fact]
    public void Without_a_number_nothing_is_suppressed()
    {
        var standing = UnseenStanding.Of(Predicted.Of([0.5f], [0]), Predicted.Of([0.5f], [3]));
        Assert.True(double.IsNaN(standing.Area));
        Assert.False(UnseenStanding.IsSuppressed(standing, 100, 50));
        Assert.False(UnseenStanding.IsSuppressed(new UnseenStanding(0, 1), double.NaN, 50));
    }

    [Theory]
    [InlineData(0.29, 60, 60, true)]
    [InlineData(0.29, 55, 60, true)]
    [InlineData(0.29, 54, 60, false)]
    [InlineData(0.3, 60, 60, false)]
    [InlineData(0.5, 99, 60, false)]
    public void It_is_suppression_where_the_images_are_still_named_but_stand_below_the_unseen(double area, double accuracy, double retrain, bool expected) =>
        Assert.Equal(expected, UnseenStanding.IsSuppressed(new UnseenStanding(area, 0), accuracy, retrain));

    [Theory]
    [InlineData(100, 60, 61, "forgotten")]
    [InlineData(100, 60, 20, "forgotten")]
    [InlineData(100, 60, 80, "forgotten")]
    [InlineData(100, 60, 81, "kept")]
    [InlineData(62, 60, 60, "never learned")]
    [InlineData(5, 0, 0, "never learned")]
    [InlineData(30, 60, 10, "never learned")]
    [InlineData(double.NaN, 60, 10, "–")]
    [InlineData(100, 60, double.NaN, "–")]
    public void Never_learned_is_told_from_forgotten(double original, double retrain, double model, string verdict) =>
        Assert.Equal(verdict, new GroupForgetting("Tail", original, retrain, model).Verdict);

    [Fact]
    public void A_group_pools_its_forget_samples()
    {
        ClassRow[] Rows(double first, double second) => [new(0, 3, first, 0.5, 100, 60, 0.5), new(1, 1, second, 0.5, 100, 60, 0.5), new(2, 0, double.NaN, double.NaN, 100, 60, 0.5)];
        var groups = GroupForgetting.Of(Rows(100, 80), Rows(60, 40), Rows(50, 90), new ClassGroups([0, 1], [], [2]));
        Assert.Equal(new GroupForgetting("Head", 95, 55, 60), groups[0]);
        Assert.Equal(("forgotten", "–", "–"), (groups[0].Verdict, groups[1].Verdict, groups[2].Verdict));
    }
}
