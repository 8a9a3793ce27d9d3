using System.Text.Json.Serialization;
using FaLW.Models;
using FaLW.Training;

namespace FaLW.Unlearning;

/// <summary>
/// L1-sparse: fine-tuning on the retain set under a fading L1 penalty (Jia et al., NeurIPS 2023, arXiv 2304.04934).
/// Idea: a sparser model forgets more easily, so small weights are pulled to zero while the retain set keeps the useful ones.
/// Phases: in epoch e of E the penalty a_e = alpha (1 - e / (E - E0)) times the sum of all |weight| is added to the
/// cross-entropy, and none in the last E0 epochs. No forget sample is ever seen, so no weighting applies.
/// </summary>
/// <remarks>
/// As the public code (OPTML-Group/Unlearn-Sparse): all parameters are penalised, biases and batch-norm ones included, weight decay
/// stays on, and nothing is pruned. Departures: <paramref name="Alpha"/> has no default, because the public code's shared
/// flag of 0.2 is a thousand times too large here; the penalty enters as its gradient, alpha sign(weight), so the losses in the
/// log are those of the retain set alone.
/// </remarks>
/// <param name="Alpha">Strength in the first epoch, not negative; others search 1e-6 to 1e-4.</param>
/// <param name="Epochs">Passes over the retain set.</param>
/// <param name="LearningRate">Base learning rate; others search 1e-3 to 1e-1.</param>
/// <param name="EpochsWithout">E0: epochs at the end without penalty, 0 to <paramref name="Epochs"/>.</param>
public sealed record L1Sparse(double Alpha, int Epochs = 10, double LearningRate = 0.01, int EpochsWithout = 0)
    : GradientUnlearner(Epochs, LearningRate)
{
    /// <inheritdoc/>
    [JsonIgnore]
    public override string Title => "L1-sparse";

    /// <inheritdoc/>
    [JsonIgnore]
    public override bool CanWeigh => false;

    /// <summary>The penalty's factor in an epoch.</summary>
    /// <param name="epoch">The epoch from 0.</param>
    public double Penalty(int epoch) =>
        epoch < Epochs - EpochsWithout ? Alpha * (1 - ((double)epoch / (Epochs - EpochsWithout))) : 0;

    /// <inheritdoc/>
    protected override (Classifier Model, TrainLog Log) Run(UnlearningTask task) => Fit(
        task, RetainSet(task), Objectives.CrossEntropy,
        _ => new L1Rule(this, Data.EpochPlan.Sizes(task.Splits.Retain.Count, BatchSize).Length));

    /// <inheritdoc/>
    protected internal override IEnumerable<string> Faults()
    {
        if (!(Alpha >= 0 && double.IsFinite(Alpha))) yield return FormattableString.Invariant($"alpha must not be negative, but is {Alpha}");
        if (EpochsWithout < 0 || EpochsWithout > Epochs)
            yield return FormattableString.Invariant($"the epochs without penalty must lie in 0 to {Epochs}, but are {EpochsWithout}");
    }
}
