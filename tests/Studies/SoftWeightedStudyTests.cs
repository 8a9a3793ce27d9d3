using MathNet.Numerics.Statistics;

namespace FaLW.Tests.Studies;

/// <summary>Soft weights on generated loans, against a script that knows neither the kit nor torch (fixtures/loans.py), and against training again.</summary>
public sealed class SoftWeightedStudyTests : IClassFixture<SoftWeightedStudyTests.World>
{
    private static readonly Stored Known = Repository.Stored<Stored>("Studies", "fixtures", "loans.json");
    private readonly SoftWeightedStudy study;

    public SoftWeightedStudyTests(World world) => study = world.Study;

    [Fact]
    public void The_applicants_are_those_of_the_script()
    {
        var all = new LoanTable().Applicants(1800);
        Assert.Equal((Known.Approved, Known.Overruled), (all.Count(a => a.Approved), all.Count(a => a.Deserved && !a.Approved)));
        Assert.All(Known.First.Zip(all), pair => Near(
            pair.First, [pair.Second.Group, pair.Second.Income, pair.Second.Savings, pair.Second.District, pair.Second.Deserved ? 1 : 0, pair.Second.Approved ? 1 : 0]));
        Near(Known.First[1][1..4], [.. study.Train.Features[1].data<double>().Take(3)]);
        Assert.Equal(Known.Approved, new[] { study.Train, study.Validation, study.Test }.Sum(part => part.HostLabels.Count(label => label)));
    }

    [Fact]
    public void Original_is_that_of_the_script()
    {
        using var scope = NewDisposeScope();
        var before = study.Before(study.Fairness);
        Near(Known.Weights, study.Weights().data<double>().ToArray());
        Near(
            [Known.Parity, Known.Utility, Known.DecisionGap, Known.Accuracy], [before.Task, before.Utility, before.DecisionGap, before.Accuracy]);
        var moved = study.Before(study.Robustness);
        Near([Known.Robustness, Known.ShiftedAccuracy], [moved.Task, moved.MovedAccuracy], 1e-7);
    }

    /// <summary>The bias that the table promises.</summary>
    [Fact]
    public void The_table_is_biased_towards_group_1()
    {
        Assert.InRange(study.Before(study.Fairness).Task, 0.15, 0.2);
        using var alike = new SoftWeightedStudy(new LoanTable(0, 0, 0));
        Assert.InRange(Math.Abs(alike.Before(alike.Fairness).Task), 0, 0.06);
    }

    [Fact]
    public void Every_scheme_does_what_the_script_says()
    {
        var problem = study.Problem(study.Fairness);
        SchemeRow[] rows =
        [
            study.Row("hard", study.Fairness, problem.Hard(0.05)), study.Row("2.1", study.Fairness, problem.Cancel(0.25, keepUtility: false)),
            study.Row("2.3", study.Fairness, problem.Cancel(0.25, keepUtility: true)), study.Row("2.1, whole", study.Fairness, problem.Cancel(1, keepUtility: false)),
        ];
        // The script's slopes are central differences.
        Assert.All(Known.Schemes.Zip(rows), pair => Near(
            [pair.First.Largest, pair.First.Predicted, pair.First.Step, pair.First.Again, pair.First.StepUtility, pair.First.AgainUtility],
            [pair.Second.Largest, pair.Second.Predicted, pair.Second.Step.Task, pair.Second.Again.Task, pair.Second.Step.Utility, pair.Second.Again.Utility], 1e-5));
        Assert.Equal(Known.SmallSteps, study.SmallSteps(study.Fairness, 1, keepUtility: false, steps: 10).Scores.Task, 1e-6);
    }

    [Fact]
    public void Influence_foretells_training_again_without_one_applicant()
    {
        var rows = study.LeaveOneOut(study.Fairness);
        Near(Known.ParityWithout, [.. Known.LeftOut.Select(row => Known.Parity + rows[row].TaskTrue)]);
        Assert.True(Correlation.Pearson(rows.Select(r => r.TaskPredicted), rows.Select(r => r.TaskTrue)) > 0.99);
        Assert.True(Correlation.Spearman(rows.Select(r => r.UtilityPredicted), rows.Select(r => r.UtilityTrue)) > 0.99);
    }

    [Fact]
    public void A_small_share_is_met_and_the_whole_is_not()
    {
        var rows = study.Fractions(study.Fairness, keepUtility: true, steps: 1);
        Assert.Equal(rows[0].OneGo.Predicted, rows[0].OneGo.Again.Task, 1e-3);
        Assert.InRange(rows[0].OneGo.Again.Utility / Known.Utility, 0.99, 1.01);
        Assert.True(Math.Abs(rows[^1].OneGo.Step.Task) > 0.05);
        Assert.True(rows[^1].OneGo.Again.Utility > 1.1 * Known.Utility);
        Assert.True(study.Problem(study.Fairness).Cancel(1, keepUtility: true).Largest > 1);
        Assert.All(rows, r => Assert.Equal(Known.Utility, r.OneGo.PredictedUtility, 1e-7));
        // One small step is the scheme itself.
        Assert.All(rows, r => Near([r.OneGo.Step.Task, r.OneGo.Largest], [r.Small.Task, r.LargestSmall]));
    }

    [Fact]
    public void Five_schemes_are_three_directions()
    {
        var rows = study.Schemes(study.Fairness, 0.25, 0.05);
        Assert.Equal(5, rows.Count);
        // A searched penalty comes as near to the target as its grid of even ratios allows.
        Assert.All(new[] { rows[1], rows[3] }, r => Assert.Equal(0.75 * Known.Parity, r.Step.Task, 0.11 * 0.25 * Known.Parity));
        double[] free = [.. study.Problem(study.Fairness).Cancel(0.25, keepUtility: false).Epsilon], searched = [.. study.Problem(study.Fairness).Penalised(1, keepUtility: false).Epsilon];
        Assert.Equal(1, Correlation.Pearson(free, searched), 1e-12);
    }

    /// <summary>Scores turn into -0.3 times themselves, so every prediction is turned round: whoever aims anew finds 100 minus the accuracy.</summary>
    [Fact]
    public void The_shift_of_the_robustness_test_turns_every_decision_round() => Assert.All(
        study.Schemes(study.Robustness, 0.1, 0.1).SelectMany(r => new[] { r.Step, r.Again }).Where(scores => double.IsFinite(scores.Accuracy)), scores => Assert.Equal(100 - scores.Accuracy, scores.AimedAccuracy, 1e-9));

    [Fact]
    public void Weights_of_zero_change_nothing()
    {
        var none = study.Row("none", study.Fairness, new SoftWeights(new double[study.Train.Count], 0, 0));
        var before = study.Before(study.Fairness);
        Near([before.Task, before.Utility, before.Task, before.Utility], [none.Step.Task, none.Step.Utility, none.Again.Task, none.Again.Utility]);
    }

    internal static void Near(IReadOnlyList<double> expected, IReadOnlyList<double> found, double relative = 1e-9)
    {
        Assert.Equal(expected.Count, found.Count);
        Assert.All(expected.Zip(found), pair => Assert.Equal(pair.First, pair.Second, relative * (1 + Math.Abs(pair.First))));
    }

    /// <summary>One study for all tests.</summary>
    public sealed class World : IDisposable
    {
        public SoftWeightedStudy Study { get; } = new();

        public void Dispose() => Study.Dispose();
    }

    private sealed record Stored(
        double[][] First, int Approved, int Overruled, double[] Weights, double Parity, double Utility, double Robustness, double DecisionGap, double Accuracy,
        double ShiftedAccuracy, int[] LeftOut, double[] ParityWithout, StoredScheme[] Schemes, double SmallSteps);

    private sealed record StoredScheme(string Scheme, double Largest, double Predicted, double Step, double Again, double StepUtility, double AgainUtility);
}
