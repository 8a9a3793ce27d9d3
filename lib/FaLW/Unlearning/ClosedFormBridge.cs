using System.Diagnostics;
using System.Text.Json.Serialization;
using FaLW.Models;
using FaLW.Training;
using FaLW.Weighting;
using MathNet.Numerics.LinearAlgebra;
using static TorchSharp.torch;

namespace FaLW.Unlearning;

/// <summary>
/// Experimental, ours, published by nobody we know of: a bridge from FaLW to Soft Weighted Machine Unlearning (arXiv 2505.18783). What FaLW
/// pursues with a heuristic weight, that forget samples look like unseen ones of their class, is set as the task of
/// a quadratic program on the last layer: for every class the mean true-class probability on forget samples
/// shall become that on unseen ones, the loss on the retain set shall stay, and among all influence steps over
/// the forget samples that promise this the one with the smallest weights is taken, in several small steps. No
/// gradient step, no random label; the layers below do not move, so what they remember stays. What is asked is not what is reached: on a network that
/// memorised, steps this small leave nearly all of the deviation (97 % at the study grid's settings); the losses in the log say what is left.
/// </summary>
/// <param name="Fraction">Share of the deviation that is asked to be cancelled, above 0, at most 1; how much is cancelled is bounded by <paramref name="Largest"/>.</param>
/// <param name="Steps">Influence steps, each with influences of its own, at least 1.</param>
/// <param name="Largest">No |epsilon| of a step is larger than this; what a step then misses is asked of the next ones.</param>
/// <param name="WeightDecay">Ridge per training sample; the Hessian of a fitted model is nearly singular without.</param>
public sealed record ClosedFormBridge(double Fraction = 1, int Steps = 5, double Largest = 1, double WeightDecay = 5e-4) : Unlearner
{
    /// <inheritdoc/>
    [JsonIgnore]
    public override string Title => "Closed-form bridge (ours)";

    /// <inheritdoc/>
    [JsonIgnore]
    public override bool CanWeigh => false;

    private protected override bool NeedsUnseen => true;

    /// <inheritdoc/>
    protected override (Classifier Model, TrainLog Log) Run(UnlearningTask task)
    {
        var clock = Stopwatch.StartNew();
        using var scope = NewDisposeScope();
        var original = new LastLayer(task.Original);
        var problem = new BridgeProblem(task, original, WeightDecay);
        using var head = problem.Head;
        var theta = original.Theta();
        double[] deviations = problem.Deviations(theta), goal = [.. deviations.Select(d => (1 - Fraction) * d)];
        List<double> left = [];
        for (var step = 0; step < Steps; step++)
        {
            task.Cancellation.ThrowIfCancellationRequested();
            using var curvature = head.At(theta);
            double[] asked = [.. deviations.Zip(goal, (now, then) => (now - then) / (Steps - step))];
            theta = curvature.Updated(Epsilon(problem, curvature, asked));
            deviations = problem.Deviations(theta);
            left.Add(deviations.Average(Math.Abs));
            task.Progress?.Report(new TrainProgress(step + 1, Steps, step + 1, Steps, left[^1], 0));
        }

        var model = task.Original.Copy();
        new LastLayer(model).Set(theta);
        return (model, new TrainLog([.. left], Steps, clock.Elapsed));
    }

    /// <inheritdoc/>
    protected internal override IEnumerable<string> Faults()
    {
        if (!(Fraction is > 0 and <= 1)) yield return FormattableString.Invariant($"the fraction of the deviation must lie above 0 and at most at 1, but is {Fraction}");
        if (Steps < 1) yield return FormattableString.Invariant($"there must be at least one step, but are {Steps}");
        if (!(Largest > 0)) yield return FormattableString.Invariant($"the largest epsilon must lie above 0, but is {Largest}");
        if (!(WeightDecay > 0)) yield return FormattableString.Invariant($"the weight decay must lie above 0, but is {WeightDecay}");
    }

    // The shortest epsilon over the forget samples that moves every class as asked and leaves the retain loss; 0 on the retain samples.
    private double[] Epsilon(BridgeProblem problem, HeadCurvature curvature, double[] asked)
    {
        Vector<double>[] rows = problem.Influences(curvature);
        var shortest = SoftProblem.SmallestNorm(rows, [.. asked, 0]);
        var scale = Math.Min(1, Largest / shortest.AbsoluteMaximum());
        return [.. (double.IsFinite(scale) ? scale : 0) * shortest, .. new double[problem.Retained]];
    }
}
