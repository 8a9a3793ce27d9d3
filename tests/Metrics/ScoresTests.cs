namespace FaLW.Tests.Metrics;

/// <summary>What the tables say of a model, on made-up probabilities: scores, classes and groups, and whether an image was forgotten, suppressed, kept, or never learned.</summary>
public sealed class ScoresTests
{
    /// <summary>The last: FT of the independent rerun in CIFAR-10, ResNet-18, random 10 %, with its published gap.</summary>
    [Fact]
    public void The_average_gap_is_the_mean_of_four_absolute_differences()
    {
        var retrain = new Scores(94.79, 100, 94.44, 13.29);
        Assert.Equal((4 + 3 + 2 + 1) / 4.0, new Scores(90, 97, 72, 20).AverageGap(new Scores(86, 100, 70, 21)));
        Assert.Equal(0, retrain.AverageGap(retrain));
        Assert.Equal(4.43, new Scores(99.87, 99.92, 94.05, 1.13).AverageGap(retrain), 0.005);
    }

    [Fact]
    public void Accuracy_is_a_percentage_and_nothing_has_none()
    {
        var prediction = Predicted.Of([0.9f, 0.2f, 0.4f, 0.8f], labels: [0, 1, 1, 2], predicted: [0, 1, 0, 2]);
        Assert.Equal(75, prediction.Accuracy);
        Assert.Equal(50, prediction.AccuracyWhere(k => k == 1));
        Assert.Equal(0.3, prediction.ProbabilityWhere(k => k == 1), 7);
        Assert.Equal(double.NaN, prediction.AccuracyWhere(k => k == 7));
        Assert.Equal(double.NaN, prediction.ProbabilityWhere(k => k == 7));
    }

    [Fact]
    public void Class_rows_hold_every_class_also_the_wiped_one()
    {
        var rows = ClassRow.Of(
            Predicted.Of([0.5f, 0.25f, 1f], [0, 0, 1], [0, 1, 1]),
            Predicted.Of([1f], [1], [1]),
            Predicted.Of([0.5f, 0.5f], [0, 1], [1, 1]), classes: 2);
        Assert.Equal(new ClassRow(0, 2, 50, 0.375, double.NaN, 0, 0.5), rows[0]);
        Assert.Equal(new ClassRow(1, 1, 100, 1, 100, 100, 0.5), rows[1]);
    }

    [Fact]
    public void Group_accuracy_is_weighted_by_samples_and_its_balanced_form_by_classes()
    {
        ClassRow[] model = [Row(0, 90, 80, 60), Row(1, 10, 40, 50), Row(2, 4, 10, 70), Row(3, 1, 0, 70)];
        ClassRow[] retrain = [Row(0, 90, 70, 60), Row(1, 10, 60, 60), Row(2, 4, 35, 72), Row(3, 1, 100, 71)];
        var groups = GroupAccuracy.Of(model, retrain, new ClassGroups([0, 1], [2], [3]));
        Assert.Equal(["Head", "Middle", "Tail"], groups.Select(g => g.Name));
        var head = groups[0];
        Assert.Equal([76, 7, -5, -5], new[] { head.ForgetAccuracy, head.Delta, head.ClassBalancedDelta, head.TestDelta }.Select(number => Math.Round(number, 10)));
        Assert.Equal([-25, -100], groups.Skip(1).Select(g => Math.Round(g.Delta, 10)));
    }

    /// <summary>Head 10 points too high on 9 samples, tail 30 too low on 1, one class without samples: +6 pooled, -10 and 20 by class.</summary>
    [Fact]
    public void The_gap_of_forget_accuracy_in_three_readings() => Assert.Equal(
        new ForgetGap(6, -10, 20),
        ForgetGap.Of([Row(0, 9, 80), Row(1, 1, 20), Row(2, 0, double.NaN)], [Row(0, 9, 70), Row(1, 1, 50), Row(2, 0, double.NaN)]));

    /// <summary>Ten classes: 10 + 0.05 * 90 = 14.5. Two: 52.5. A hundred: 1 + 0.05 * 99 = 5.95.</summary>
    [Theory]
    [InlineData(10, 14.4, 14.6)]
    [InlineData(2, 52.4, 52.6)]
    [InlineData(100, 5.9, 6)]
    public void Guessing_is_told_from_knowing(int classes, double guessing, double knowing)
    {
        Assert.True(new Scores(0, guessing, 0, 0).HasCollapsed(classes));
        Assert.False(new Scores(0, knowing, 0, 0).HasCollapsed(classes));
    }

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
        ClassRow[] Rows(double first, double second) => [Row(0, 3, first), Row(1, 1, second), Row(2, 0, double.NaN)];
        var groups = GroupForgetting.Of(Rows(100, 80), Rows(60, 40), Rows(50, 90), new ClassGroups([0, 1], [], [2]));
        Assert.Equal(new GroupForgetting("Head", 95, 55, 60), groups[0]);
        Assert.Equal(("forgotten", "–", "–"), (groups[0].Verdict, groups[1].Verdict, groups[2].Verdict));
    }

    private static ClassRow Row(int k, int count, double forget, double test = 0) => new(k, count, forget, 0, 100, test, 0);
}
