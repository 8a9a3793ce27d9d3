using FaLW.Data;
using FaLW.Unlearning;
using FaLW.Weighting;
using static TorchSharp.torch;

namespace FaLW.Studies;

/// <summary>
/// Soft Weighted Machine Unlearning (arXiv 2505.18783) where every claim can be checked: logistic regression on a table, or on what a network makes of it, whose training
/// again is exact.
/// </summary>
public sealed class SoftWeightedStudy : IDisposable
{
    /// <summary>Penalty of the training objective on the generated loans, sum of losses + Ridge / 2 |theta|^2.</summary>
    public const double Ridge = 0.1;

    /// <summary>The same on a published table. The weights of two classes share it, so it is scikit-learn's C = 1, with the constant under it too.</summary>
    public const double TableRidge = 2;

    // Generated applicants to train on, as many to validate, as many to test.
    private const int Each = 600;
    private static readonly double[] Deleted = [0.025, 0.05, 0.1, 0.2, 0.3, 0.4, 0.5], Shares = [0.05, 0.1, 0.25, 0.5, 0.75, 1];

    private readonly LinearHead head;
    private readonly HeadCurvature curvature;
    private readonly Func<TabularPart, Tensor, double, Tensor> attack;

    /// <summary>Draws generated applicants for a loan, three times 600, and trains Original.</summary>
    /// <param name="table">How they are generated; null for the defaults.</param>
    public SoftWeightedStudy(LoanTable? table = null) : this(LoanParts(table ?? new LoanTable()), Ridge) { }

    /// <summary>Trains Original on a table.</summary>
    /// <param name="split">Taken over; its parts are disposed with this.</param>
    /// <param name="ridge">Penalty of the training objective, above 0.</param>
    public SoftWeightedStudy(TabularSplit split, double ridge = TableRidge) : this([split.Train, split.Validation, split.Test], ridge) { }

    /// <summary>Trains Original on parts taken over: train, validation, test. The attack makes features [n, d] of people, a model and a radius; null moves the features themselves.</summary>
    internal SoftWeightedStudy(TabularPart[] parts, double ridge, Func<TabularPart, Tensor, double, Tensor>? attack = null)
    {
        (Train, Validation, Test) = (parts[0], parts[1], parts[2]);
        this.attack = attack ?? Attacked;
        head = new LinearHead(Train.Features, Train.Labels, 2, ridge);
        Original = head.Fit().DetachFromDisposeScope();
        curvature = head.At(Original);
        Utility = HeadLosses.CrossEntropy(Validation.Features, Validation.Labels);
        Fairness = Task("demographic parity", part => HeadLosses.DemographicParity(part.Features, part.Group));
        Opportunity = Task("equal opportunity", part => HeadLosses.EqualOpportunity(part.Features, part.Labels, part.Group));
        Robustness = Moved("loss past the boundary", (part, theta) => HeadLosses.PastBoundary(part.Features, theta));
    }

    /// <summary>The people whose weights are asked for.</summary>
    public TabularPart Train { get; }

    /// <summary>The people on whom task and utility are measured.</summary>
    public TabularPart Validation { get; }

    /// <summary>People nobody looks at before the end.</summary>
    public TabularPart Test { get; }

    /// <summary>Mean probability of a yes in group 1 minus that in group 0.</summary>
    public SoftTask Fairness { get; }

    /// <summary>Mean cross-entropy of those with a yes on record, group 0 minus group 1, nats.</summary>
    public SoftTask Opportunity { get; }

    /// <summary>Summed cross-entropy of people moved past Original's boundary, nats: the robustness test of the published code.</summary>
    public SoftTask Robustness { get; }

    /// <summary>Summed cross-entropy, nats.</summary>
    public HeadLoss Utility { get; }

    /// <summary>The model before anything is unlearned: float64 [2, d + 1].</summary>
    internal Tensor Original { get; }

    /// <summary>Summed cross-entropy of people moved against Original by projected gradient ascent, nats.</summary>
    /// <param name="radius">How far each number may move, in standard deviations; columns of words move as numbers do.</param>
    public SoftTask Attack(double radius) => Moved(Invariant($"loss under attack, radius {radius}"), (part, theta) => attack(part, theta, radius));

    /// <summary>The loss on the validation part as a task, for data of which a part is wrong.</summary>
    public SoftTask Cleaning => Task("loss on clean people", part => HeadLosses.CrossEntropy(part.Features, part.Labels));

    /// <summary>Weights of the log-odds of a yes under Original: float64 [d + 1], the constant last; a copy in the caller's dispose scope.</summary>
    public Tensor Weights() => Original.select(0, 1) - Original.select(0, 0);

    /// <summary>The problem of soft weights at Original.</summary>
    public SoftProblem Problem(SoftTask task) => curvature.Problem(task.Loss, Utility);

    /// <summary>Original in numbers.</summary>
    public TableScores Before(SoftTask task) => Scores(task, Original);

    /// <summary>Training people left out in turn.</summary>
    /// <param name="task">The task to measure.</param>
    /// <param name="most">At most so many, evenly spaced.</param>
    public ValueList<InfluenceRow> LeaveOneOut(SoftTask task, int most = int.MaxValue)
    {
        var (problem, before, count) = (Problem(task), (Task: Number(task.Loss, Original), Utility: Number(Utility, Original)), Math.Min(most, Train.Count));
        return Enumerable.Range(0, count).Select(i => (int)((long)i * Train.Count / count)).Select(row =>
        {
            using var scope = NewDisposeScope();
            var alone = problem.Remove(row);
            var theta = Again(alone);
            return new InfluenceRow(row, alone.TaskChange, Number(task.Loss, theta) - before.Task, alone.UtilityChange, Number(Utility, theta) - before.Utility);
        }).ToValueList();
    }

    /// <summary>What soft weights promise, and what they do in one step and when training again.</summary>
    /// <returns>What training again gives is NaN where weights so far below -1 leave it without an optimum.</returns>
    public SchemeRow Row(string scheme, SoftTask task, SoftWeights weights)
    {
        using var scope = NewDisposeScope();
        return new SchemeRow(
            scheme, Promise(Number(task.Loss, Original) + weights.TaskChange), Promise(Number(Utility, Original) + weights.UtilityChange), weights.Largest, weights.Moved,
            Scores(task, Stepped(weights)), AgainOrNone(task, weights));
    }

    /// <summary>The five schemes, asked for the same share of the task loss.</summary>
    /// <param name="task">The task.</param>
    /// <param name="fraction">Share of the task loss to cancel, above 0, at most 1.</param>
    /// <param name="deleted">Share of the people that the hard scheme deletes; null for as many as it takes by influence.</param>
    public ValueList<SchemeRow> Schemes(SoftTask task, double fraction, double? deleted = null)
    {
        var problem = Problem(task);
        var hard = deleted is { } share ? problem.Hard(share) : problem.HardFor(fraction);
        double After(SoftWeights weights)
        {
            using var scope = NewDisposeScope();
            return Number(task.Loss, Stepped(weights));
        }

        return
        [
            Row(Invariant($"hard: delete {100 * hard.Moved:0.##} %"), task, hard),
            Row("2.0: penalty", task, problem.Searched(keepUtility: false, After, fraction)),
            Row("2.1: cancel", task, problem.Cancel(fraction, keepUtility: false)),
            Row("2.2: penalty, keep utility", task, problem.Searched(keepUtility: true, After, fraction)),
            Row("2.3: cancel, keep utility", task, problem.Cancel(fraction, keepUtility: true)),
        ];
    }

    /// <summary>The five schemes have three directions: here each is followed from a small to a large strength.</summary>
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
    public (TableScores Scores, double Largest) SmallSteps(SoftTask task, double fraction, bool keepUtility, int steps)
    {
        using var scope = NewDisposeScope();
        var (theta, largest, goal) = (Original, 0.0, (1 - fraction) * Number(task.Loss, Original));
        for (var left = steps; left > 0; left--)
        {
            using var here = head.At(theta);
            var asked = (Number(task.Loss, theta) - goal) / left;
            var epsilon = keepUtility ? SoftProblem.SmallestNorm(here.Influences(task.Loss, Utility), [asked, 0]) : SoftProblem.SmallestNorm(here.Influences(task.Loss), [asked]);
            theta = here.Updated([.. epsilon]);
            largest = Math.Max(largest, epsilon.AbsoluteMaximum());
        }

        return (Scores(task, theta), largest);
    }

    /// <summary>One influence step from Original: float64 [2, d + 1], in the caller's dispose scope.</summary>
    internal Tensor Stepped(SoftWeights weights) => curvature.Updated(weights.Epsilon);

    /// <summary>A model in numbers; on other features of the same people where it has its own.</summary>
    internal TableScores Scores(SoftTask task, Tensor theta, TabularPart? validation = null, TabularPart? test = null)
    {
        using var noGradient = no_grad();
        using var scope = NewDisposeScope();
        var on = test ?? Test;
        var loss = validation is null ? task.Loss : task.On!(validation);
        var utility = validation is null ? Utility : HeadLosses.CrossEntropy(validation.Features, validation.Labels);
        var decisions = Decisions(on.Features, theta);
        double Share(int group, bool onlyYes) => 100 * Enumerable.Range(0, on.Count).Where(i => on.HostGroups[i] == group && (!onlyYes || on.HostLabels[i])).Average(i => decisions[i] ? 1.0 : 0);
        double Right(Tensor? features) => features is null ? double.NaN : 100 * Decisions(features, theta).Zip(on.HostLabels).Average(pair => pair.First == pair.Second ? 1.0 : 0);
        return new TableScores(
            loss(theta).item<double>(), utility(theta).item<double>(), Math.Abs(Share(1, false) - Share(0, false)), Math.Abs(Share(1, true) - Share(0, true)),
            Right(on.Features), Right(task.Aimed?.Invoke(Original)), Right(task.Aimed?.Invoke(theta)));
    }

    // A promise of nothing is 0, not what rounding leaves of it, which no two processors agree on.
    private static double Promise(double value) => Math.Round(value, 10) + 0.0;

    private static TabularPart[] LoanParts(LoanTable table)
    {
        var applicants = table.Applicants(3 * Each);
        return [.. applicants.Chunk(Each).Select(part => new TabularPart(part.Select(a => new[] { a.Income, a.Savings, a.District }), [.. part.Select(a => a.Approved)], [.. part.Select(a => a.Group)]))];
    }

    private static Tensor Attacked(TabularPart part, Tensor theta, double radius)
    {
        using var scope = NewDisposeScope();
        var width = part.Features.shape[1] - 1;
        Tensor bias = theta.select(1, width), slopes = theta.narrow(1, 0, width).t();
        var moved = HeadLosses.Attacked(x => x.mm(slopes) + bias, part.Features.narrow(1, 0, width), part.Labels, radius);
        return cat([moved, part.Features.narrow(1, width, 1)], 1).MoveToOuterDisposeScope();
    }

    private SoftTask Task(string title, Func<TabularPart, HeadLoss> on) => new(title, on(Validation)) { On = on };

    private SoftTask Moved(string title, Func<TabularPart, Tensor, Tensor> move) =>
        new(title, HeadLosses.CrossEntropy(move(Validation, Original).DetachFromDisposeScope(), Validation.Labels)) { Aimed = theta => move(Test, theta) };

    private Tensor Again(SoftWeights weights) => head.Fit(tensor([.. weights.FineTuning], [Train.Count], dtype: float64), Original);

    private TableScores AgainOrNone(SoftTask task, SoftWeights weights)
    {
        try
        {
            return Scores(task, Again(weights));
        }
        catch (Fault)
        {
            return TableScores.None;
        }
    }

    private static bool[] Decisions(Tensor features, Tensor theta)
    {
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
        foreach (var part in (IDisposable[])[Train, Validation, Test, curvature, head, Original]) part.Dispose();
    }
}

/// <summary>What soft weights are to cancel.</summary>
/// <param name="Title">Its name.</param>
/// <param name="Loss">The task loss on the validation part; 0 is what is wanted.</param>
public sealed record SoftTask(string Title, HeadLoss Loss)
{
    /// <summary>The same loss on other features; null where it is bound to those of Original.</summary>
    internal Func<TabularPart, HeadLoss>? On { get; init; }

    /// <summary>The test part moved against a model; null where nobody is moved.</summary>
    internal Func<Tensor, Tensor>? Aimed { get; init; }
}

/// <summary>A model in numbers. The test part is for reporting only.</summary>
/// <param name="Task">The task loss on the validation part.</param>
/// <param name="Utility">Summed cross-entropy on the validation part, nats.</param>
/// <param name="DecisionGap">|Share of yes in group 1 - in group 0| on the test part, points (demographic parity).</param>
/// <param name="OpportunityGap">The same among those with a yes on record, points (equal opportunity).</param>
/// <param name="Accuracy">Agreement with the decisions on record, test part, percent.</param>
/// <param name="MovedAccuracy">Accuracy on the test part moved against Original, percent; NaN where the task moves nobody.</param>
/// <param name="AimedAccuracy">Accuracy on the test part moved against this very model, percent; NaN where the task moves nobody.</param>
public sealed record TableScores(
    double Task, double Utility, double DecisionGap, double OpportunityGap, double Accuracy, double MovedAccuracy, double AimedAccuracy)
{
    internal static TableScores None { get; } = new(double.NaN, double.NaN, double.NaN, double.NaN, double.NaN, double.NaN, double.NaN);
}

/// <summary>Leaving one person out: what influence foretells and what training again without that person gives.</summary>
/// <param name="Row">Row in the train part.</param>
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
/// <param name="Moved">Mean |epsilon|: of a hard scheme the share that is deleted.</param>
/// <param name="Step">After one influence step.</param>
/// <param name="Again">After training again with weights 1 + epsilon.</param>
public sealed record SchemeRow(string Scheme, double Predicted, double PredictedUtility, double Largest, double Moved, TableScores Step, TableScores Again);

/// <summary>One share of the task loss, asked for in one go and in small steps.</summary>
/// <param name="Fraction">Share of the task loss to cancel.</param>
/// <param name="OneGo">The scheme asked for all of the share at once.</param>
/// <param name="Small">After small influence steps, each with influences of its own.</param>
/// <param name="LargestSmall">The largest |epsilon| of a small step.</param>
public sealed record FractionRow(double Fraction, SchemeRow OneGo, TableScores Small, double LargestSmall);
