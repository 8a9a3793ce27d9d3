using FaLW.Data;
using FaLW.Metrics;

namespace FaLW.Tests.Metrics;

public sealed class ScoresTests
{
    [Fact]
    public void The_average_gap_is_the_mean_of_four_absolute_differences() =>
        Assert.Equal((4 + 3 + 2 + 1) / 4.0, new Scores(90, 97, 72, 20).AverageGap(new Scores(86, 100, 70, 21)));

    [Fact]
    public void A_model_has_no_gap_to_itself() => Assert.Equal(0, new Scores(94.79, 100, 94.44, 13.29).AverageGap(new Scores(94.79, 100, 94.44, 13.29)));

    /// <summary>FT of the independent rerun in CIFAR-10, ResNet-18, random 10 %: published gap 4.43.</summary>
    [Fact]
    public void A_published_row_gives_its_published_gap() =>
        Assert.Equal(4.43, new Scores(99.87, 99.92, 94.05, 1.13).AverageGap(new Scores(94.79, 100.00, 94.44, 13.29)), 0.005);

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
        static ClassRow Row(int k, int count, double forget, double test) => new(k, count, forget, 0, 100, test, 0);
        ClassRow[] model = [Row(0, 90, 80, 60), Row(1, 10, 40, 50), Row(2, 4, 10, 70), Row(3, 1, 0, 70)];
        ClassRow[] retrain = [Row(0, 90, 70, 60), Row(1, 10, 60, 60), Row(2, 4, 35, 72), Row(3, 1, 100, 71)];
        var groups = GroupAccuracy.Of(model, retrain, new ClassGroups([0, 1], [2], [3]));
        Assert.Equal(["Head", "Middle", "Tail"], groups.Select(g => g.Name));
        Assert.Equal(76, groups[0].ForgetAccuracy, 10);
        Assert.Equal(7, groups[0].Delta, 10);
        Assert.Equal(-5, groups[0].ClassBalancedDelta, 10);
        Assert.Equal(-5, groups[0].TestDelta, 10);
        Assert.Equal(-25, groups[1].Delta, 10);
        Assert.Equal(-100, groups[2].Delta, 10);
    }

    /// <summary>Head 10 points too high on 9 samples, tail 30 too low on 1, one class without samples: +6 pooled, -10 and 20 by class.</summary>
    [Fact]
    public void The_gap_of_forget_accuracy_in_three_readings()
    {
        static ClassRow Row(int k, int count, double forget) => new(k, count, forget, 0, 100, 0, 0);
        Assert.Equal(
            new ForgetGap(6, -10, 20),
            ForgetGap.Of([Row(0, 9, 80), Row(1, 1, 20), Row(2, 0, double.NaN)], [Row(0, 9, 70), Row(1, 1, 50), Row(2, 0, double.NaN)]));
    }
}
