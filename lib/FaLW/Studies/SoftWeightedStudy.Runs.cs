using FaLW.Data;
using FaLW.Unlearning;
using FaLW.Weighting;
using MathNet.Numerics.LinearAlgebra;
using static TorchSharp.torch;

namespace FaLW.Studies;

/// <summary>What is run on the loans: applicants left out, schemes side by side, shares of the task loss.</summary>
public sealed partial class SoftWeightedStudy
{
    private static readonly double[] Deleted = [0.025, 0.05, 0.075, 0.1, 0.15, 0.2], Shares = [0.05, 0.1, 0.25, 0.5, 0.75, 1];

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
}
