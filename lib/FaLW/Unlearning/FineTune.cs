using System.Text.Json.Serialization;
using FaLW.Models;
using FaLW.Training;

namespace FaLW.Unlearning;

/// <summary>
/// FT: keep training on the retain set and let the rest fade (Warnecke et al. 2021; defaults of SalUn's
/// code). No loss on forget samples, so no weighting applies.
/// </summary>
/// <param name="Epochs">Passes over the retain set.</param>
/// <param name="LearningRate">Base learning rate; others search 1e-3 to 1e-1.</param>
public sealed record FineTune(int Epochs = 10, double LearningRate = 0.01) : GradientUnlearner(Epochs, LearningRate)
{
    /// <inheritdoc/>
    [JsonIgnore]
    public override string Title => "FT";

    /// <inheritdoc/>
    [JsonIgnore]
    public override bool CanWeigh => false;

    /// <inheritdoc/>
    protected override (Classifier Model, TrainLog Log) Run(UnlearningTask task) => Fit(task, RetainSet(task), Objectives.CrossEntropy);
}
