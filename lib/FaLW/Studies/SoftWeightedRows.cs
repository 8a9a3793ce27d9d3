using FaLW.Data;
using FaLW.Unlearning;

namespace FaLW.Studies;

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
