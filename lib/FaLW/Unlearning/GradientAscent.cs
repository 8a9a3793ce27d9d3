using System.Text.Json.Serialization;
using FaLW.Models;
using FaLW.Training;

namespace FaLW.Unlearning;

/// <summary>
/// GA: ascend the cross-entropy of the forget set (Thudi et al. 2022; defaults of SalUn's code); the retain
/// set is never seen. In training mode, as there, batch-norm statistics drift to the forget set; SFRon's
/// code uses evaluation mode and calls it important, so it is an option.
/// </summary>
/// <param name="Epochs">Passes over the forget set.</param>
/// <param name="LearningRate">Base learning rate; others search 1e-5 to 1e-1.</param>
/// <param name="EvaluationMode">Whether batch normalisation keeps its running statistics while ascending.</param>
public sealed record GradientAscent(int Epochs = 5, double LearningRate = 1e-4, bool EvaluationMode = false) : GradientUnlearner(Epochs, LearningRate)
{
    /// <inheritdoc/>
    [JsonIgnore]
    public override string Title => "GA";

    /// <inheritdoc/>
    [JsonIgnore]
    public override bool CanWeighNegatively => true;

    /// <inheritdoc/>
    protected override (Classifier Model, TrainLog Log) Run(UnlearningTask task) =>
        FitWeighted(task, ForgetSet(task), SampleLosses.AwayFromLabels, EvaluationMode);
}
