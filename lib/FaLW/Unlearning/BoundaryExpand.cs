using System.Text.Json.Serialization;
using FaLW.Data;
using FaLW.Models;
using FaLW.Training;
using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace FaLW.Unlearning;

/// <summary>
/// BE: boundary expanding (Chen et al., CVPR 2023, arXiv 2303.11570). Idea: give forget samples a class of their own to go
/// to. Phases: the last layer gets one more output with fresh weights; forget samples are trained towards it; the output is
/// dropped again. Forget samples only.
/// </summary>
/// <remarks>
/// Departure: the public code (OPTML-Group/Unlearn-Saliency) keeps the extra output while it evaluates, so that every sample
/// answered with "none of the classes" counts as forgotten. Here the model that comes back has the classes it had.
/// </remarks>
/// <param name="Epochs">Passes over the forget set.</param>
/// <param name="LearningRate">Base learning rate; others search 1e-6 to 1e-4.</param>
public sealed record BoundaryExpand(int Epochs = 10, double LearningRate = 1e-5) : GradientUnlearner(Epochs, LearningRate)
{
    /// <inheritdoc/>
    [JsonIgnore]
    public override string Title => "BE";

    /// <inheritdoc/>
    protected override (Classifier Model, TrainLog Log) Run(UnlearningTask task)
    {
        var (widened, log) = Widened(task);
        using (widened) return (widened.WithClasses(task.Original.Classes, seed: 0), log);
    }

    /// <summary>The model before the extra output is dropped; its class is the last.</summary>
    internal (Classifier Model, TrainLog Log) Widened(UnlearningTask task)
    {
        var extra = task.Original.Classes;
        var seed = new SeededStream(task.Seed, "extra output").Below(int.MaxValue);
        return FitWeighted(
            task, ForgetSet(task),
            (logits, batch) => functional.cross_entropy(logits, full_like(batch.Labels, extra), reduction: Reduction.None),
            copy: original => original.WithClasses(extra + 1, seed));
    }
}
