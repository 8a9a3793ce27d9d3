using System.Text.Json.Serialization;
using FaLW.Models;
using FaLW.Training;

namespace FaLW.Unlearning;

/// <summary>
/// RL: train forget samples towards random labels and retain samples towards their own (Golatkar et al.
/// 2020; defaults of SalUn's code). With <see cref="Weighting.ForgettingAwareWeighting"/> this is FaLW
/// (Algorithm 1): one forward pass over a naturally mixed batch, mean over the whole batch.
/// </summary>
/// <param name="Epochs">Passes over the training set.</param>
/// <param name="LearningRate">Base learning rate; others search 1e-3 to 1e-1.</param>
/// <param name="Order">Whether forget and retain samples share batches.</param>
/// <param name="Labels">How often random labels are drawn.</param>
/// <param name="ExcludeTrue">Whether a random label may not be the true one; SalUn's code lets it.</param>
public sealed record RandomLabel(
    int Epochs = 10,
    double LearningRate = 0.013,
    LabelOrder Order = LabelOrder.Mixed,
    LabelDraw Labels = LabelDraw.Epoch,
    bool ExcludeTrue = false) : GradientUnlearner(Epochs, LearningRate)
{
    /// <inheritdoc/>
    [JsonIgnore]
    public override string Title => "RL";

    /// <inheritdoc/>
    protected override (Classifier Model, TrainLog Log) Run(UnlearningTask task) => Run(task, rule: null);

    /// <summary>The method with something around each step.</summary>
    internal (Classifier Model, TrainLog Log) Run(UnlearningTask task, Func<Classifier, StepRule>? rule) =>
        FitWeighted(task, new RandomLabelPlan(this, task).Of, SampleLosses.ToTargets, rule: rule);
}
