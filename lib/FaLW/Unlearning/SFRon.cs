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
    internal const double Tiny = 1e-15;

    /// <inheritdoc/>
    public override string Title => "SFRon";

    /// <summary>Rows in a batch, of forget and of retain steps, and of the passes for the mask.</summary>
    public override int BatchSize { get; init; } = 128;

    /// <inheritdoc/>
    public override Schedule Schedule { get; init; } = Schedule.Cosine;

    /// <inheritdoc/>
    protected override (Classifier Model, TrainLog Log) Run(UnlearningTask task)
    {
        var steps = new SFRonSteps(this);
        return FitByOwnWeights(task, _ => Plan(task), SampleLosses.ToLabels, steps.Factor, rule: model =>
        {
            using var scope = NewDisposeScope();
            steps.Mask = new MaskRule(model, task.Original, Movable(model, task), MaskMode.GradientOnly);
            return steps;
        });
    }

    /// <inheritdoc/>
    protected internal override IEnumerable<string> Faults() => Must.All(
        Epochs == 1 ? null : Invariant($"its length is set by its iterations, so its epochs must stay 1, but are {Epochs}"),
        Must.BeAtLeast(1, Iterations, "the iterations"), Must.BeAtLeast(1, Period), Must.BePositive(Alpha), Must.NotBeNegative(Lambda),
        Must.Hold(Clip > 0, "be positive", Clip, "the clipping norm"), Must.Hold(Threshold >= 0, "not be negative", Threshold));

    /// <summary>A whole run as one epoch: retain batches without end, now and then, from the first, a forget batch before one.</summary>
    internal EpochPlan Plan(UnlearningTask task)
    {
        var forget = new EndlessRows(task.Splits.Forget, task.Stream($"order of forget batches"));
        var retain = new EndlessRows(task.Splits.Retain, task.Stream($"order of retain batches"));
        List<(int[] Retain, int[] Forget)> batches = [];
        for (var iteration = 0; iteration < Iterations; iteration++)
        {
            if (iteration % Period == 0) batches.Add(([], forget.Batch(BatchSize)));
            batches.Add((retain.Batch(BatchSize), []));
        }

        return task.Cut(batches);
    }

    internal double Ascent(int iteration) => Alpha * (1 + Math.Cos(Math.PI * iteration / Iterations)) / 2;

    /// <summary>Which weights may move in forget steps: bool, one tensor per parameter, in the caller's dispose scope.</summary>
    internal IReadOnlyList<Tensor> Movable(Classifier model, UnlearningTask task)
    {
        var pass = new GradientPass(model, task, Augmentation.None);
        return [.. pass.Importances(task.Splits.Forget, BatchSize).Zip(pass.Importances(task.Splits.Retain, BatchSize), (own, other) => ((own + Tiny) / (other + Tiny)).ge(Threshold))];
    }
}

/// <summary>What tells a forget step of <see cref="SFRon"/> from a retain step: its weights, its mask and its clipping.</summary>
internal sealed class SFRonSteps(SFRon method) : StepRule, IDisposable
{
    private bool forgetting;
    private int iteration;

    public MaskRule? Mask { get; set; }

    /// <summary>Ascent by adaptive weights in a batch of forget samples, null in one of retain samples, which ends an iteration.</summary>
    public Tensor? Factor(Tensor loss, Batch batch)
    {
        forgetting = batch.ForgetPositions.shape[0] > 0;
        if (forgetting) return Adaptive(loss) * -method.Ascent(iteration);
        iteration++;
        return null;
    }

    /// <summary>c_i, scaled so that they sum to the batch size; no gradient flows through them.</summary>
    internal Tensor Adaptive(Tensor loss)
    {
        var raw = (loss.detach().pow(method.Lambda) + SFRon.Tiny).reciprocal();
        return raw / raw.sum() * loss.shape[0];
    }

    public override void BeforeStep(Classifier model)
    {
        if (!forgetting) return;
        Mask?.BeforeStep(model);
        nn.utils.clip_grad_norm_(model.Parameters, method.Clip);
    }

    public void Dispose() => Mask?.Dispose();
}
