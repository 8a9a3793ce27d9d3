using System.Text.Json.Serialization;
using FaLW.Data;
using FaLW.Models;
using FaLW.Training;
using static TorchSharp.torch;

namespace FaLW.Unlearning;

/// <summary>
/// SFRon (Huang et al., NeurIPS 2024, arXiv 2409.19732). Idea: ascend the forget loss only along weights that matter more to the
/// forget set than to the retain set, and repair on the retain set after every step. Phases: a mask once, from the Original in
/// evaluation mode, 1 where (F_f + e) / (F_r + e) >= threshold; then T iterations, of which every <paramref name="Period"/>-th
/// begins with a forget step (ascent with adaptive weights c_i = 1 / (loss_i^lambda + e), scaled so that they sum to the batch size; factor
/// alpha (1 + cos(pi t / T)) / 2; masked, gradient norm clipped) and all of which make a plain retain step.
/// </summary>
/// <remarks>
/// As the public code (K1nght/Unified-Unlearning-w-Remain-Geometry), whose defaults for CIFAR-10 these are: one SGD with momentum
/// and weight decay for both kinds of steps, so forget directions persist into retain steps; the retain step is neither masked nor
/// clipped; importances are squared gradients of batch means. Departures: those gradients are taken on images as they are,
/// because augmented ones make the mask depend on more draws, and anew in every run, where the code reads a file that does not know the
/// seed; the cosine of the learning rate moves per optimizer step, not per iteration, which shifts it by less than one iteration;
/// the exponential average of weights is left out, because at its default of 1 it does nothing. For too little
/// forgetting the author advises a larger alpha or a shorter period.
/// </remarks>
/// <param name="Iterations">T, at least 1: retain steps in all.</param>
/// <param name="LearningRate">Base learning rate.</param>
/// <param name="Alpha">Factor of the forget loss in the first iteration, positive; others use 31 on CIFAR-10.</param>
/// <param name="Period">Iterations from one forget step to the next, at least 1.</param>
/// <param name="Lambda">Exponent of the adaptive weights, not negative; 0 weighs all alike.</param>
/// <param name="Clip">Largest norm of the gradient of a forget step, positive.</param>
/// <param name="Threshold">Smallest ratio of the importances at which a weight may move in forget steps, not negative.</param>
public sealed record SFRon(
    int Iterations = 1500, double LearningRate = 0.01, double Alpha = 25, int Period = 5, double Lambda = 0.5, double Clip = 7, double Threshold = 1)
    : GradientUnlearner(Epochs: 1, LearningRate)
{
    private const double Tiny = 1e-15;

    /// <inheritdoc/>
    [JsonIgnore]
    public override string Title => "SFRon";

    /// <summary>Rows in a batch, of forget and of retain steps, and of the passes for the mask.</summary>
    public override int BatchSize { get; init; } = 128;

    /// <inheritdoc/>
    public override Schedule Schedule { get; init; } = Schedule.Cosine;

    /// <inheritdoc/>
    protected override (Classifier Model, TrainLog Log) Run(UnlearningTask task)
    {
        var steps = new SFRonSteps(this);
        return FitWeighted(task, _ => AlternatingPlan.Of(task, Iterations, Period, BatchSize), steps.Loss, rule: model => steps.With(Mask(model, task)));
    }

    /// <inheritdoc/>
    protected internal override IEnumerable<string> Faults()
    {
        if (Epochs != 1) yield return FormattableString.Invariant($"its length is set by its iterations, so its epochs must stay 1, but are {Epochs}");
        if (Iterations < 1) yield return FormattableString.Invariant($"the iterations must be at least 1, but are {Iterations}");
        if (Period < 1) yield return FormattableString.Invariant($"the period must be at least 1, but is {Period}");
        if (!(Alpha > 0 && double.IsFinite(Alpha))) yield return FormattableString.Invariant($"alpha must be positive, but is {Alpha}");
        if (!(Lambda >= 0 && double.IsFinite(Lambda))) yield return FormattableString.Invariant($"lambda must not be negative, but is {Lambda}");
        if (!(Clip > 0)) yield return FormattableString.Invariant($"the clipping norm must be positive, but is {Clip}");
        if (!(Threshold >= 0)) yield return FormattableString.Invariant($"the threshold must not be negative, but is {Threshold}");
    }

    /// <summary>The factor of the forget loss.</summary>
    /// <param name="iteration">The iteration from 0.</param>
    internal double Ascent(int iteration) => Alpha * (1 + Math.Cos(Math.PI * iteration / Iterations)) / 2;

    /// <summary>Which weights may move in forget steps: bool, one tensor per parameter, in the caller's dispose scope.</summary>
    internal IReadOnlyList<Tensor> Movable(Classifier model, UnlearningTask task)
    {
        using var scope = NewDisposeScope();
        var pass = new GradientPass(model, task, Augmentation.None);
        var forget = pass.Fisher(FisherRows.Of(task, task.Splits.Forget), BatchSize);
        var retain = pass.Fisher(FisherRows.Of(task, task.Splits.Retain), BatchSize);
        return [.. forget.Zip(retain, (own, other) => ((own + Tiny) / (other + Tiny)).ge(Threshold).MoveToOuterDisposeScope())];
    }

    private MaskRule Mask(Classifier model, UnlearningTask task)
    {
        using var scope = NewDisposeScope();
        return new MaskRule(model, task.Original, Movable(model, task), MaskMode.GradientOnly);
    }
}
