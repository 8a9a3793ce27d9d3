using FaLW.Data;
using FaLW.Models;
using FaLW.Training;
using static TorchSharp.torch;
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
    public override string Title => "BS";

    /// <inheritdoc/>
    protected override (Classifier Model, TrainLog Log) Run(UnlearningTask task)
    {
        using var original = Teacher.Of(task.Original.Copy(), ChannelsLast);
        return FitWeighted(task, ForgetSet(task), (logits, batch) =>
            functional.cross_entropy(logits, Nearest(original, task.Images, batch), reduction: Reduction.None));
    }

    /// <inheritdoc/>
    protected internal override IEnumerable<string> Faults() => Must.All(Must.BeAShare(Bound));

    /// <summary>
    /// Which class each image falls into when it is pushed over the nearest boundary of the Original: one step along the sign of
    /// the gradient of the cross-entropy (FGSM, Goodfellow et al. 2015) in pixels; the bound is in parts of the pixel range.
    /// </summary>
    internal Tensor Nearest(Classifier original, ImageSet images, Batch batch)
    {
        var moved = Moved(original, images, batch);
        using var noGradient = no_grad();
        var logits = original.Logits(images.Normalised(moved));
        if (ExcludeTrue) logits.scatter_(1, batch.Labels.unsqueeze(1), full_like(logits, double.NegativeInfinity));
        return logits.argmax(1);
    }

    /// <summary>float32 [n, C, H, W], whole numbers 0 to 255: the images after the step, as a file would store them.</summary>
    internal Tensor Moved(Classifier original, ImageSet images, Batch batch)
    {
        var seen = batch.Images.detach().requires_grad_();
        var loss = functional.cross_entropy(original.Logits(seen), batch.Labels, reduction: Reduction.Sum);
        if (loss.requires_grad) loss.backward();
        var slope = seen.grad ?? throw new Fault("Moving an image over a boundary takes the gradient of the network's logits by its pixels, and this network has none. Leave out detach, no_grad and rounding between images and logits.");
        using var noGradient = no_grad();
        // A deviation is positive, so the sign is the same in pixels as in normalised numbers. Whole pixels first: at the usual
        // bound every step ends on a half, and rounding errors must not decide where that goes.
        return (images.Raw(batch.Images).round() + slope.sign() * (255 * Bound)).clamp(0, 255).round();
    }
}

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
        var seed = task.Stream($"extra output").Below(int.MaxValue);
        return FitWeighted(
            task, ForgetSet(task),
            (logits, batch) => functional.cross_entropy(logits, full_like(batch.Labels, extra), reduction: Reduction.None),
            copy: original => original.WithClasses(extra + 1, seed));
    }
}
