using MathNet.Numerics.Statistics;

namespace FaLW.Tests.Studies;

/// <summary>Soft weights on German Credit, against a script that knows neither the kit nor torch and reads the real file by itself (fixtures/credit.py).</summary>
public sealed class CreditStudyTests : IClassFixture<CreditStudyTests.World>
{
    private static readonly Stored Known = Repository.Stored<Stored>("Studies", "fixtures", "credit.json");
    private readonly SoftWeightedStudy study;

    public CreditStudyTests(World world) => study = world.Study;

    [Fact]
    public void The_people_and_Original_are_those_of_the_script()
    {
        using var scope = NewDisposeScope();
        Near(Known.First, study.Train.Features[0].data<double>().ToArray(), 1e-12);
        Assert.Equal(Known.Flipped, TabularSet.GermanCredit().Split(0, 500, 250, flipped: 0.2).Flipped.Take(10));
        Near(Known.Weights, study.Weights().data<double>().ToArray());
        var before = study.Before(study.Fairness);
        Near([Known.Parity, Known.Utility, .. Known.Gaps], [before.Task, before.Utility, before.DecisionGap, before.OpportunityGap, before.Accuracy]);
        Assert.Equal(Known.Opportunity, study.Before(study.Opportunity).Task, 1e-9);
    }

    /// <summary>For a linear model the worst case in a box is known: every feature moves by the radius against the decision.</summary>
    [Fact]
    public void People_are_moved_as_the_script_moves_them()
    {
        var (past, attacked) = (study.Before(study.Robustness), study.Before(study.Attack(0.05)));
        Near([Known.Past, Known.PastAccuracy, Known.Attacked, Known.AttackedAccuracy], [past.Task, past.MovedAccuracy, attacked.Task, attacked.MovedAccuracy], 1e-7);
        Assert.Equal(attacked.MovedAccuracy, attacked.AimedAccuracy);
        Assert.Equal(Known.Utility, study.Before(study.Attack(0)).Task, 1e-9);
    }

    [Fact]
    public void Every_scheme_does_what_the_script_says()
    {
        foreach (var (task, schemes) in new[] { (study.Fairness, Known.ParitySchemes), (study.Opportunity, Known.OpportunitySchemes) })
        {
            var problem = study.Problem(task);
            SoftWeights[] weights = [problem.HardFor(0.5), problem.Cancel(0.5, keepUtility: false), problem.Cancel(0.5, keepUtility: true)];
            Assert.All(schemes.Zip(weights), pair =>
            {
                var (known, row) = (pair.First, study.Row("", task, pair.Second));
                Near(
                    [known.Largest, known.Moved, known.Step, known.Again, known.AgainUtility, .. known.AgainGaps],
                    [row.Largest, row.Moved, row.Step.Task, row.Again.Task, row.Again.Utility, row.Again.DecisionGap, row.Again.OpportunityGap, row.Again.Accuracy], 1e-6);
            });
        }
    }

    [Fact]
    public void Influence_foretells_training_again_without_one_person()
    {
        var rows = study.LeaveOneOut(study.Fairness, most: 50);
        Assert.Equal(50, rows.Count);
        Assert.True(Correlation.Pearson(rows.Select(r => r.TaskPredicted), rows.Select(r => r.TaskTrue)) > 0.99);
        Assert.True(Correlation.Pearson(rows.Select(r => r.UtilityPredicted), rows.Select(r => r.UtilityTrue)) > 0.99);
    }

    /// <summary>Weights far below -1 leave training again without an optimum: the sentence is a row without numbers, and the step still has its own.</summary>
    [Fact]
    public void Where_training_again_has_no_optimum_there_is_no_number()
    {
        var row = study.Row("far", study.Fairness, new SoftWeights([.. Enumerable.Repeat(-3.0, study.Train.Count)], 0, 0));
        Assert.True(double.IsNaN(row.Again.Task) && double.IsNaN(row.Again.Accuracy));
        Assert.True(double.IsFinite(row.Step.Task));
    }

    /// <summary>Half of the decisions turned round leave nothing to find; a tenth does.</summary>
    [Fact]
    public void Weights_find_decisions_that_were_turned_round()
    {
        var rows = NoiseStudy.Of(TabularSet.GermanCredit(), 400, 200, [0.1, 0.5], seeds: 3);
        Assert.Equal([(0.1, 0), (0.1, 1), (0.1, 2), (0.5, 0), (0.5, 1), (0.5, 2)], rows.Select(r => (r.Share, r.Seed)));
        Assert.InRange(rows.Take(3).Average(row => row.Found), 0.55, 1);
        Assert.All(rows, row => Assert.True(row.Hard.Task < row.Before.Task && row.Soft.Task < row.Before.Task));
        var again = NoiseStudy.Of(TabularSet.GermanCredit(), 400, 200, [0.1], seeds: 1)[0];
        double[] Numbers(NoiseRow row) => [row.Share, row.Seed, row.Found, row.Deleted, .. new[] { row.Before, row.Hard, row.Soft }.SelectMany(PerceptronStudyTests.Numbers)];
        Assert.Equal(Numbers(rows[0]), Numbers(again), (a, b) => a.Equals(b) || Math.Abs(a - b) <= 1e-8 * (1 + Math.Abs(a)));
    }

    private static void Near(IReadOnlyList<double> expected, IReadOnlyList<double> found, double relative = 1e-8) => SoftWeightedStudyTests.Near(expected, found, relative);

    /// <summary>One study for all tests.</summary>
    public sealed class World : IDisposable
    {
        public SoftWeightedStudy Study { get; } = new(TabularSet.GermanCredit().Split(0, 500, 250));

        public void Dispose() => Study.Dispose();
    }

    private sealed record Stored(
        double[] First, int[] Flipped, double[] Weights, double Utility, double[] Gaps, double Parity, double Opportunity, double Past, double PastAccuracy, double Attacked, double AttackedAccuracy,
        StoredScheme[] ParitySchemes, StoredScheme[] OpportunitySchemes);

    private sealed record StoredScheme(double Largest, double Moved, double Step, double Again, double AgainUtility, double[] AgainGaps);
}
