namespace FaLW.Tests.Studies;

/// <summary>Soft weights in a network: the last layer is the linear study, and every method is tried hard and soft.</summary>
public sealed class PerceptronStudyTests
{
    [Fact]
    public void Hard_and_soft_weights_promise_the_same_and_every_method_carries_both()
    {
        using var study = new PerceptronStudy(TabularSet.GermanCredit().Split(0, 150, 100));
        var (head, task) = (study.Head, study.Head.Fairness);
        var rows = study.PlugIns(task, 0.5, keepUtility: true);
        string[] methods = ["influence step", "GA", "FT", "SSD", "SCRUB"];
        Assert.Equal([.. methods.Select(m => (m, false)), .. methods.Select(m => (m, true))], rows.Select(r => (r.Method, r.IsSoft)));
        var step = rows.Single(r => r.IsSoft && r.Method == "influence step");
        Near([step with { Scores = head.Row("", task, head.Problem(task).Cancel(0.5, keepUtility: true)).Step }], [step], 1e-9);
        var (before, goal) = (head.Before(task).Task, head.Before(task).Task / 2);
        // The learning rate is searched: whoever can move the task at all comes nearer to what was asked.
        Assert.All(rows.Where(r => r.Method is "FT" or "SCRUB"), row => Assert.True(Math.Abs(row.Scores.Task - goal) < Math.Abs(before - goal), $"{row}"));
        Assert.All(rows, row => Assert.InRange(row.Scores.Accuracy, 20, 100));
        using var again = new PerceptronStudy(TabularSet.GermanCredit().Split(0, 150, 100));
        // Sums of double precision end otherwise where a tensor lies otherwise in memory.
        Near(rows, again.PlugIns(again.Head.Fairness, 0.5, keepUtility: true), 1e-6);
    }

    internal static double[] Numbers(TableScores scores) =>
        [scores.Task, scores.Utility, scores.DecisionGap, scores.OpportunityGap, scores.Accuracy, scores.MovedAccuracy, scores.AimedAccuracy];

    private static void Near(IReadOnlyList<PlugInRow> expected, IReadOnlyList<PlugInRow> found, double tolerance)
    {
        Assert.Equal(expected.Select(row => (row.Method, row.IsSoft, row.Seed)), found.Select(row => (row.Method, row.IsSoft, row.Seed)));
        foreach (var (one, other) in expected.Zip(found))
            Assert.Equal([one.Moved, .. Numbers(one.Scores)], [other.Moved, .. Numbers(other.Scores)], (a, b) => a.Equals(b) || Math.Abs(a - b) <= tolerance);
    }

    [Fact]
    public void An_attack_goes_through_the_network()
    {
        using var study = new PerceptronStudy(TabularSet.GermanCredit().Split(1, 150, 100));
        double Loss(double radius) => study.Head.Before(study.Head.Attack(radius)).Task;
        // The network computes in float32, the study in float64.
        Assert.Equal(study.Head.Before(study.Head.Fairness).Utility, Loss(0), 1e-3);
        Assert.True(Loss(0) < Loss(0.05) && Loss(0.05) < Loss(0.2));
    }
}
