using FaLW.Data;
using FaLW.Unlearning;
using FaLW.Weighting;
using MathNet.Numerics.LinearAlgebra;
using static TorchSharp.torch;

namespace FaLW.Studies;

/// <summary>
/// Soft Weighted Machine Unlearning (arXiv 2505.18783) where every claim can be checked: logistic regression on generated loan
/// decisions, 600 applicants each to train, to validate and to test, whose training again is exact and takes milliseconds.
/// </summary>
public sealed class SoftWeightedStudy : IDisposable
{
    /// <summary>Applicants to train on, as many to validate, as many to test.</summary>
    public const int Each = 600;

    /// <summary>Penalty of the training objective, sum of losses + Ridge / 2 |theta|^2.</summary>
    public const double Ridge = 0.1;

    private static readonly double[] Deleted = [0.025, 0.05, 0.075, 0.1, 0.15, 0.2], Shares = [0.05, 0.1, 0.25, 0.5, 0.75, 1];

    private readonly LinearHead head;
    private readonly Tensor original, shifted, shiftedTest;

    /// <summary>Draws the applicants and trains Original.</summary>
    /// <param name="table">How the applicants are generated; null for the defaults.</param>
    public SoftWeightedStudy(LoanTable? table = null)
    {
        var applicants = (table ?? new LoanTable()).Applicants(3 * Each);
        LoanPart Part(int k) => new([.. applicants.Skip(k * Each).Take(Each)]);
        (Train, Validation, Test) = (Part(0), Part(1), Part(2));
        head = new LinearHead(Train.Features, Train.Labels, 2, Ridge);
        original = head.Fit().DetachFromDisposeScope();
        shifted = HeadLosses.PastBoundary(Validation.Features, original).DetachFromDisposeScope();
        shiftedTest = HeadLosses.PastBoundary(Test.Features, original).DetachFromDisposeScope();
        (Fairness, Robustness) = (
            new SoftTask("demographic parity", HeadLosses.DemographicParity(Validation.Features, Validation.Group)),
            new SoftTask("loss past the boundary", HeadLosses.CrossEntropy(shifted, Validation.Labels)));
        Utility = HeadLosses.CrossEntropy(Validation.Features, Validation.Labels);
    }

    /// <summary>The applicants whose weights are asked for.</summary>
    public LoanPart Train { get; }

    /// <summary>The applicants on whom task and utility are measured.</summary>
    public LoanPart Validation { get; }

    /// <summary>Applicants nobody looks at before the end.</summary>
    public LoanPart Test { get; }

    /// <summary>Mean probability of approval in group 1 minus that in group 0.</summary>
    public SoftTask Fairness { get; }

    /// <summary>Summed cross-entropy of applicants moved past Original's boundary, nats.</summary>
    public SoftTask Robustness { get; }

    /// <summary>Summed cross-entropy, nats.</summary>
    public HeadLoss Utility { get; }

    /// <summary>Weights of the log-odds of approval under Original: float64 [4], income, savings, district and constant; a copy in the caller's dispose scope.</summary>
    public Tensor Weights() => original.select(0, 1) - original.select(0, 0);

    /// <summary>The problem of soft weights at Original.</summary>
    /// <param name="task">What is to be cancelled.</param>
    public SoftProblem Problem(SoftTask task) => head.Problem(original, task.Loss, Utility);

    /// <summary>Original in numbers.</summary>
    /// <param name="task">The task to measure.</param>
    public LoanScores Before(SoftTask task) => Scores(task, original);

    /// <summary>The training applicants with soft weights.</summary>
    /// <param name="weights">One epsilon per applicant.</param>
    public ValueList<WeightedApplicant> Weighted(SoftWeights weights) =>
        Train.Applicants.Zip(weights.Epsilon, (applicant, epsilon) => new WeightedApplicant(applicant, epsilon)).ToValueList();

    /// <summary>Every training applicant left out in turn.</summary>
    /// <param name="task">The task to measure.</param>
    public ValueList<InfluenceRow> LeaveOneOut(SoftTask task)
    {
        var (problem, before) = (Problem(task), (Task: Number(task.Loss, original), Utility: Number(Utility, original)));
        return Enumerable.Range(0, Each).Select(row =>
        {
            using var scope = NewDisposeScope();
            var alone = problem.Remove(row);
            var theta = Again(alone);
            return new InfluenceRow(row, alone.TaskChange, Number(task.Loss, theta) - before.Task, alone.UtilityChange, Number(Utility, theta) - before.Utility);
        }).ToValueList();
    }

    /// <summary>What soft weights promise, and what they do in one step and when training again.</summary>
    /// <param name="scheme">The scheme's name.</param>
    /// <param name="task">The task.</param>
    /// <param name="weights">The weights.</param>
    /// <exception cref="Fault">Weights so far below -1 that training again has no optimum.</exception>
    public SchemeRow Row(string scheme, SoftTask task, SoftWeights weights)
    {
        using var scope = NewDisposeScope();
        return new SchemeRow(
            scheme, Promise(Number(task.Loss, original) + weights.TaskChange), Promise(Number(Utility, original) + weights.UtilityChange), weights.Largest,
            Scores(task, head.Updated(original, weights)), Scores(task, Again(weights)));
    }

    /// <summary>The five schemes, asked for the same share of the task loss.</summary>
    /// <param name="task">The task.</param>
    /// <param name="fraction">Share of the task loss to cancel, above 0, at most 1.</param>
    /// <param name="deleted">Share of the applicants that the hard scheme deletes.</param>
    public ValueList<SchemeRow> Schemes(SoftTask task, double fraction, double deleted)
    {
        var problem = Problem(task);
        double After(SoftWeights weights)
        {
            using var scope = NewDisposeScope();
            return Number(task.Loss, head.Updated(original, weights));
        }

        return
        [
            Row(FormattableString.Invariant($"hard: delete {100 * deleted:0.#} %"), task, problem.Hard(deleted)),
            Row("2.0: penalty", task, problem.Searched(keepUtility: false, After, fraction)),
            Row("2.1: cancel", task, problem.Cancel(fraction, keepUtility: false)),
            Row("2.2: penalty, keep utility", task, problem.Searched(keepUtility: true, After, fraction)),
            Row("2.3: cancel, keep utility", task, problem.Cancel(fraction, keepUtility: true)),
        ];
    }

    /// <summary>The five schemes have three directions: here each is followed from a small to a large strength.</summary>
    /// <param name="task">The task.</param>
    public ValueList<SchemeRow> Directions(SoftTask task)
    {
        var problem = Problem(task);
        return
        [
            .. Deleted.Select(share => Row("hard: delete", task, problem.Hard(share))),
            .. Shares.Select(share => Row("2.0, 2.1: along f", task, problem.Cancel(share, keepUtility: false))),
            .. Shares.Select(share => Row("2.2, 2.3: along f, clear of u", task, problem.Cancel(share, keepUtility: true))),
        ];
    }

    /// <summary>Shares of the task loss from 5 to 100 %.</summary>
    /// <param name="task">The task.</param>
    /// <param name="keepUtility">Scheme 2.3, the utility must stay; false is 2.1.</param>
    /// <param name="steps">Small steps, at least 1.</param>
    public ValueList<FractionRow> Fractions(SoftTask task, bool keepUtility, int steps = 10)
    {
        var problem = Problem(task);
        return Shares.Select(share =>
        {
            var (small, largest) = SmallSteps(task, share, keepUtility, steps);
            return new FractionRow(share, Row(keepUtility ? "2.3" : "2.1", task, problem.Cancel(share, keepUtility)), small, largest);
        }).ToValueList();
    }

    /// <summary>Influence steps that share the way, each with influences of its own.</summary>
    /// <param name="task">The task.</param>
    /// <param name="fraction">Share of the task loss to cancel.</param>
    /// <param name="keepUtility">Whether every step must leave the utility to first order.</param>
    /// <param name="steps">How many, at least 1.</param>
    /// <returns>The model after the last, and the largest |epsilon| of a step.</returns>
    public (LoanScores Scores, double Largest) SmallSteps(SoftTask task, double fraction, bool keepUtility, int steps)
    {
        using var scope = NewDisposeScope();
        var (theta, largest, goal) = (original, 0.0, (1 - fraction) * Number(task.Loss, original));
        for (var left = steps; left > 0; left--)
        {
            var influences = head.Influences(theta, task.Loss, Utility);
            Vector<double> Column(int k) => Vector<double>.Build.Dense(influences.select(1, k).contiguous().data<double>().ToArray());
            var asked = (Number(task.Loss, theta) - goal) / left;
            var epsilon = keepUtility ? SoftProblem.SmallestNorm([Column(0), Column(1)], [asked, 0]) : SoftProblem.SmallestNorm([Column(0)], [asked]);
            theta = head.Updated(theta, new SoftWeights([.. epsilon], -asked, 0));
            largest = Math.Max(largest, epsilon.AbsoluteMaximum());
        }

        return (Scores(task, theta), largest);
    }

    // A promise of nothing is 0, not what rounding leaves of it, which no two processors agree on.
    private static double Promise(double value) => Math.Round(value, 10) + 0.0;

    private Tensor Again(SoftWeights weights) => head.Fit(tensor([.. weights.FineTuning], [Each], dtype: float64));

    private LoanScores Scores(SoftTask task, Tensor theta)
    {
        using var scope = NewDisposeScope();
        var decisions = Decisions(Test.Features, theta);
        double Right(bool[] approved, Func<LoanApplicant, bool> truth) => 100.0 * approved.Zip(Test.Applicants).Count(pair => pair.First == truth(pair.Second)) / Each;
        double Approved(int group) => 100 * decisions.Zip(Test.Applicants).Where(pair => pair.Second.Group == group).Average(pair => pair.First ? 1.0 : 0);
        return new LoanScores(
            Number(task.Loss, theta), Number(Utility, theta), Math.Abs(Approved(1) - Approved(0)),
            Right(decisions, a => a.Approved), Right(decisions, a => a.Deserved),
            Right(Decisions(shiftedTest, theta), a => a.Approved), Right(Decisions(HeadLosses.PastBoundary(Test.Features, theta), theta), a => a.Approved));
    }

    private static bool[] Decisions(Tensor features, Tensor theta)
    {
        using var noGradient = no_grad();
        using var scope = NewDisposeScope();
        var scores = features.mm((theta.select(0, 1) - theta.select(0, 0)).unsqueeze(1)).flatten();
        return [.. scores.data<double>().ToArray().Select(score => score > 0)];
    }

    private static double Number(HeadLoss loss, Tensor theta)
    {
        using var noGradient = no_grad();
        using var scope = NewDisposeScope();
        return loss(theta).item<double>();
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        foreach (var part in (IDisposable[])[Train, Validation, Test, head, original, shifted, shiftedTest]) part.Dispose();
    }
}

/// <summary>What soft weights are to cancel.</summary>
/// <param name="Title">Its name.</param>
/// <param name="Loss">The task loss on validation applicants; 0 is what is wanted.</param>
public sealed record SoftTask(string Title, HeadLoss Loss);

/// <summary>A model of the loans in numbers. Test applicants are for reporting only.</summary>
/// <param name="Task">The task loss on validation applicants.</param>
/// <param name="Utility">Summed cross-entropy on validation applicants, nats.</param>
/// <param name="DecisionGap">|Share of approvals in group 1 - in group 0| on test applicants, points.</param>
/// <param name="Accuracy">Agreement with the decisions on record, test applicants, percent.</param>
/// <param name="DeservedAccuracy">Agreement with the decisions without prejudice, test applicants, percent.</param>
/// <param name="ShiftedAccuracy">Accuracy on test applicants moved past the boundary of Original, percent.</param>
/// <param name="AimedAccuracy">Accuracy on test applicants moved past the boundary of this very model, percent.</param>
public sealed record LoanScores(
    double Task, double Utility, double DecisionGap, double Accuracy, double DeservedAccuracy, double ShiftedAccuracy, double AimedAccuracy);

/// <summary>Leaving one applicant out: what influence foretells and what training again without the applicant gives.</summary>
/// <param name="Row">Row among the training applicants.</param>
/// <param name="TaskPredicted">Change of the task loss, predicted.</param>
/// <param name="TaskTrue">Change of the task loss after training again.</param>
/// <param name="UtilityPredicted">Change of the utility loss in nats, predicted.</param>
/// <param name="UtilityTrue">Change of the utility loss in nats after training again.</param>
public sealed record InfluenceRow(int Row, double TaskPredicted, double TaskTrue, double UtilityPredicted, double UtilityTrue);

/// <summary>One scheme of soft weights at one strength.</summary>
/// <param name="Scheme">Its name.</param>
/// <param name="Predicted">The task loss it promises to first order.</param>
/// <param name="PredictedUtility">The utility loss it promises to first order, nats.</param>
/// <param name="Largest">The largest |epsilon|; above 1 a training weight is negative.</param>
/// <param name="Step">After one influence step.</param>
/// <param name="Again">After training again with weights 1 + epsilon.</param>
public sealed record SchemeRow(string Scheme, double Predicted, double PredictedUtility, double Largest, LoanScores Step, LoanScores Again);

/// <summary>One share of the task loss, asked for in one go and in small steps.</summary>
/// <param name="Fraction">Share of the task loss to cancel.</param>
/// <param name="OneGo">The scheme asked for all of the share at once.</param>
/// <param name="Small">After small influence steps, each with influences of its own.</param>
/// <param name="LargestSmall">The largest |epsilon| of a small step.</param>
public sealed record FractionRow(double Fraction, SchemeRow OneGo, LoanScores Small, double LargestSmall);

/// <summary>A training applicant and the soft weight found.</summary>
/// <param name="Applicant">The applicant.</param>
/// <param name="Epsilon">Below 0 the applicant counts less, above 0 more.</param>
public sealed record WeightedApplicant(LoanApplicant Applicant, double Epsilon);

/// <summary>Some applicants for a loan as tensors on the processor.</summary>
public sealed class LoanPart : IDisposable
{
    /// <summary>Makes the tensors.</summary>
    /// <param name="applicants">At least one of each group.</param>
    public LoanPart(ValueList<LoanApplicant> applicants)
    {
        Applicants = applicants;
        Features = tensor([.. applicants.SelectMany(a => new[] { a.Income, a.Savings, a.District, 1 })], [applicants.Count, 4], dtype: float64).DetachFromDisposeScope();
        Labels = tensor([.. applicants.Select(a => a.Approved ? 1L : 0)], [applicants.Count], dtype: int64).DetachFromDisposeScope();
        Group = tensor([.. applicants.Select(a => (long)a.Group)], [applicants.Count], dtype: int64).DetachFromDisposeScope();
    }

    /// <summary>The applicants, one per row.</summary>
    public ValueList<LoanApplicant> Applicants { get; }

    /// <summary>Income, savings, district and a column of ones: float64 [n, 4].</summary>
    public Tensor Features { get; }

    /// <summary>1 where the record says approved: int64 [n].</summary>
    public Tensor Labels { get; }

    /// <summary>0 or 1: int64 [n].</summary>
    public Tensor Group { get; }

    /// <inheritdoc/>
    public void Dispose()
    {
        foreach (var part in (Tensor[])[Features, Labels, Group]) part.Dispose();
    }
}
