using FaLW.Data;
using FaLW.Unlearning;
using FaLW.Weighting;
using static TorchSharp.torch;

namespace FaLW.Studies;

/// <summary>
/// Soft Weighted Machine Unlearning (arXiv 2505.18783) where every claim can be checked: logistic regression on generated loan
/// decisions, 600 applicants each to train, to validate and to test, whose training again is exact and takes milliseconds.
/// </summary>
public sealed partial class SoftWeightedStudy : IDisposable
{
    /// <summary>Applicants to train on, as many to validate, as many to test.</summary>
    public const int Each = 600;

    /// <summary>Penalty of the training objective, sum of losses + Ridge / 2 |theta|^2.</summary>
    public const double Ridge = 0.1;

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

    /// <inheritdoc/>
    public void Dispose()
    {
        foreach (var part in (IDisposable[])[Train, Validation, Test, head, original, shifted, shiftedTest]) part.Dispose();
    }
}
