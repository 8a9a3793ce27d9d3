using FaLW.Data;
using FaLW.Unlearning;
using static TorchSharp.torch;

namespace FaLW.Studies;

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
