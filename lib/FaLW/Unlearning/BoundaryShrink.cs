using System.Text.Json.Serialization;
using FaLW.Models;
using FaLW.Training;
using static TorchSharp.torch.nn;

namespace FaLW.Unlearning;

/// <summary>
/// BS: boundary shrink (Chen et al., CVPR 2023, arXiv 2303.11570). Idea: move each forget sample across the boundary it is
/// nearest to. Phases: a frozen copy of the Original is asked which class the image has after one FGSM step in pixels;
/// the live model is trained on the unchanged image with that class. Forget samples only.
/// </summary>
/// <remarks>
/// As the public code (OPTML-Group/Unlearn-Saliency): bound 0.1, moved images rounded to whole pixels, labels found anew in
/// every epoch because the augmented image differs, and the label may be the true class. Departure, as an option:
/// <paramref name="ExcludeTrue"/> takes the nearest class that is not the true one, as the paper words it. Made for forgetting a whole
/// class; on a random tenth of the data it hardly moves a model at the rates others select.
/// </remarks>
/// <param name="Epochs">Passes over the forget set.</param>
/// <param name="LearningRate">Base learning rate; others search 1e-6 to 1e-4.</param>
/// <param name="Bound">Step per pixel, above 0, at most 1.</param>
/// <param name="ExcludeTrue">Whether the label may not be the true class.</param>
public sealed record BoundaryShrink(int Epochs = 10, double LearningRate = 1e-5, double Bound = 0.1, bool ExcludeTrue = false)
    : GradientUnlearner(Epochs, LearningRate)
{
    /// <inheritdoc/>
    [JsonIgnore]
    public override string Title => "BS";

    /// <inheritdoc/>
    protected override (Classifier Model, TrainLog Log) Run(UnlearningTask task)
    {
        using var original = Teacher.Of(task.Original, ChannelsLast);
        var nearest = new NearestBoundary(original, task.Images, Bound, ExcludeTrue);
        return FitWeighted(task, ForgetSet(task), (logits, batch) =>
            functional.cross_entropy(logits, nearest.Classes(batch), reduction: Reduction.None));
    }

    /// <inheritdoc/>
    protected internal override IEnumerable<string> Faults()
    {
        if (!(Bound is > 0 and <= 1)) yield return FormattableString.Invariant($"the bound must lie above 0 and at most at 1, but is {Bound}");
    }
}
