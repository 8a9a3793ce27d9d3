using System.Diagnostics;
using FaLW.Data;
using FaLW.Metrics;
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
    public override string Title => "Closed-form bridge (ours)";

    /// <inheritdoc/>
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
    protected internal override IEnumerable<string> Faults() => Must.All(
        Must.BeAShare(Fraction, "the fraction of the deviation"),
        Steps < 1 ? Invariant($"there must be at least one step, but are {Steps}") : null,
        Must.Hold(Largest > 0, "lie above 0", Largest, "the largest epsilon"), Must.Hold(WeightDecay > 0, "lie above 0", WeightDecay));

    // The shortest epsilon over the forget samples that moves every class as asked and leaves the retain loss; 0 on the retain samples.
    private double[] Epsilon(BridgeProblem problem, HeadCurvature curvature, double[] asked)
    {
        Vector<double>[] rows = problem.Influences(curvature);
        var shortest = problem.Shortest(rows, [.. asked, 0]);
        var scale = Math.Min(1, Largest / shortest.AbsoluteMaximum());
        return [.. scale * shortest, .. new double[problem.Retained]];
    }
}

/// <summary>
/// The demands of <see cref="ClosedFormBridge"/> on a last layer: per class with forget samples the mean true-class
/// probability on these minus that on unseen ones, and the retain loss. Lives in the dispose scope it is made in.
/// </summary>
internal sealed class BridgeProblem
{
    private readonly HeadLoss[] deviations;
    private readonly HeadLoss utility;
    private readonly int forgotten;

    public BridgeProblem(UnlearningTask task, LastLayer layer, double weightDecay)
    {
        var splits = task.Splits;
        (forgotten, Retained) = (splits.Forget.Count, splits.Retain.Count);
        var forget = Side(task, layer, splits.Forget);
        var retain = Side(task, layer, splits.Retain);
        var unseen = Side(task, layer, splits.Reference);
        Head = new LinearHead(
            cat([forget.Features, retain.Features]), cat([forget.Labels, retain.Labels]), splits.Classes, weightDecay * (forgotten + Retained));
        utility = HeadLosses.CrossEntropy(retain.Features, retain.Labels);
        deviations = [.. Enumerable.Range(0, splits.Classes).Where(k => splits.ForgetCounts[k] > 0)
            .Select<int, HeadLoss>(k => theta => Mean(forget, k, theta) - Mean(unseen, k, theta))];
    }

    /// <summary>Forget samples first, then retain samples; the caller disposes it.</summary>
    public LinearHead Head { get; }

    public int Retained { get; }

    /// <summary>Soft weight of every forget sample as its weighting demands, of mean absolute value 1; NaN when it demands none.</summary>
    public static float[] Epsilon(UnlearningTask task)
    {
        var count = task.Splits.Forget.Count;
        if (task.Weighting.SoftDemand is not { } demand) return [.. Enumerable.Repeat(float.NaN, count)];
        using var scope = NewDisposeScope();
        var layer = new LastLayer(task.Original);
        var problem = new BridgeProblem(task, layer, demand.WeightDecay);
        using var head = problem.Head;
        var theta = layer.Theta();
        using var curvature = head.At(theta);
        var rows = problem.Influences(curvature);
        var asked = problem.Deviations(theta);
        var epsilon = demand.KeepUtility ? problem.Shortest(rows, [.. asked, 0]) : problem.Shortest(rows[..^1], asked);
        return [.. epsilon.Select(e => (float)(e * count / epsilon.L1Norm()))];
    }

    /// <summary>What there is to cancel, per class with forget samples; positive is under-forgotten.</summary>
    public double[] Deviations(Tensor theta)
    {
        using var noGradient = no_grad();
        using var scope = NewDisposeScope();
        return [.. deviations.Select(loss => loss(theta).item<double>())];
    }

    /// <summary>The shortest epsilon that meets demands.</summary>
    /// <exception cref="Fault">None does: a single image, say, cannot both move its class and leave the retain loss.</exception>
    public Vector<double> Shortest(IReadOnlyList<Vector<double>> rows, IReadOnlyList<double> asked)
    {
        try
        {
            return SoftProblem.SmallestNorm(rows, asked);
        }
        catch (InvalidOperationException none)
        {
            throw new Fault(Invariant(
                $"No soft weights of {forgotten} image{(forgotten == 1 ? "" : "s")} meet the {rows.Count} demands on the last layer: one for every class that is forgotten, and the retain loss where it is to stay. Forget more images, or use another method or weighting."), none);
        }
    }

    /// <summary>Influence of the forget samples on every deviation and, last, on the retain loss.</summary>
    public Vector<double>[] Influences(HeadCurvature curvature) =>
        [.. curvature.Influences([.. deviations, utility]).Select(all => all.SubVector(0, forgotten))];

    private static (Tensor Features, Tensor Labels) Side(UnlearningTask task, LastLayer layer, IReadOnlyList<int> rows)
    {
        var chosen = Predictions.RowsOn(task.Images.Device, rows);
        return (layer.FeaturesAndOne(task.Images, chosen), task.Images.Labels.index_select(0, chosen));
    }

    private static Tensor Mean((Tensor Features, Tensor Labels) side, int k, Tensor theta)
    {
        var own = side.Labels.eq(k).nonzero().flatten();
        return side.Features.index_select(0, own).mm(theta.t()).softmax(1).select(1, k).mean();
    }
}
