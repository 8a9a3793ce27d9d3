using FaLW.Weighting;
using MathNet.Numerics.LinearAlgebra;
using static TorchSharp.torch;

namespace FaLW.Unlearning;

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
        deviations = [.. Enumerable.Range(0, splits.Classes).Where(k => splits.ForgetCounts[k] > 0).Select(k => Deviation(forget, unseen, k))];
    }

    /// <summary>Forget samples first, then retain samples; the caller disposes it.</summary>
    public LinearHead Head { get; }

    /// <summary>Number of retain samples.</summary>
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
        var epsilon = demand.KeepUtility ? SoftProblem.SmallestNorm(rows, [.. asked, 0]) : SoftProblem.SmallestNorm(rows[..^1], asked);
        return [.. epsilon.Select(e => (float)(e * count / epsilon.L1Norm()))];
    }

    /// <summary>What there is to cancel, per class with forget samples; positive is under-forgotten.</summary>
    public double[] Deviations(Tensor theta)
    {
        using var noGradient = no_grad();
        using var scope = NewDisposeScope();
        return [.. deviations.Select(loss => loss(theta).item<double>())];
    }

    /// <summary>Influence of the forget samples on every deviation and, last, on the retain loss.</summary>
    public Vector<double>[] Influences(HeadCurvature curvature)
    {
        using var scope = NewDisposeScope();
        var table = curvature.Influences([.. deviations, utility]).narrow(0, 0, forgotten);
        return [.. Enumerable.Range(0, deviations.Length + 1).Select(k =>
            Vector<double>.Build.Dense(table.select(1, k).contiguous().cpu().data<double>().ToArray()))];
    }

    private static (Tensor Features, Tensor Labels) Side(UnlearningTask task, LastLayer layer, IReadOnlyList<int> rows)
    {
        var images = task.Images;
        var chosen = tensor([.. rows.Select(row => (long)row)], [rows.Count], dtype: int64, device: images.Device);
        var features = layer.Features(images, chosen).to_type(float64);
        return (cat([features, ones(rows.Count, 1, dtype: float64, device: images.Device)], 1), images.Labels.index_select(0, chosen));
    }

    private static HeadLoss Deviation((Tensor Features, Tensor Labels) forget, (Tensor Features, Tensor Labels) unseen, int k) =>
        theta => Mean(forget, k, theta) - Mean(unseen, k, theta);

    private static Tensor Mean((Tensor Features, Tensor Labels) side, int k, Tensor theta)
    {
        var own = side.Labels.eq(k).nonzero().flatten();
        return side.Features.index_select(0, own).mm(theta.t()).softmax(1).select(1, k).mean();
    }
}
