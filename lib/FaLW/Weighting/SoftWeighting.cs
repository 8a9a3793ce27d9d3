using MathNet.Numerics.LinearAlgebra;
using static TorchSharp.torch;

namespace FaLW.Weighting;

/// <summary>How the epsilons of <see cref="SoftWeighting"/> are to be solved for.</summary>
/// <param name="KeepUtility">Whether the retain loss must stay to first order.</param>
/// <param name="WeightDecay">Ridge per training sample of the last layer's Hessian.</param>
public sealed record SoftDemand(bool KeepUtility, double WeightDecay);

/// <summary>
/// Soft weights (arXiv 2505.18783) as a plug-in for methods with a forget loss. The task is ours: for every class
/// the mean true-class probability on forget samples shall become that on unseen ones. The smallest epsilons
/// that promise it are solved once, on the last layer of Original, and scaled to a mean |epsilon| of 1, which
/// leaves of a target fraction nothing but a factor. How much a sample is forgotten is max(-epsilon, 0),
/// or, signed, -epsilon: below 0 the sample is learned instead. Exact to first order for the last layer; of a large one solved by conjugate gradients.
/// </summary>
/// <param name="KeepUtility">Scheme 2.3, the retain loss must stay; false is 2.1.</param>
/// <param name="Signed">Whether negative weights are passed on, which needs a method that can turn its loss round.</param>
/// <param name="WeightDecay">Ridge per training sample, above 0; the Hessian of a fitted model is nearly singular without.</param>
public sealed record SoftWeighting(bool KeepUtility = true, bool Signed = false, double WeightDecay = 5e-4) : LossWeighting
{
    /// <inheritdoc/>
    public override string Title => Signed ? "Soft (signed)" : "Soft";

    /// <inheritdoc/>
    public override bool IsSigned => Signed;

    /// <inheritdoc/>
    public override SoftDemand? SoftDemand => new(KeepUtility, WeightDecay);

    /// <inheritdoc/>
    public override Tensor Weights(ForgetState state) => Signed ? state.Epsilon.neg() : state.Epsilon.neg().clamp(min: 0);

    /// <inheritdoc/>
    public override IEnumerable<string> Faults() => Must.All(Must.BePositive(WeightDecay));
}

/// <summary>An epsilon per sample and what it promises to first order.</summary>
/// <param name="Epsilon">-1 removes a sample, 0 leaves it alone, above 0 it counts more.</param>
/// <param name="TaskChange">Predicted change of the task loss.</param>
/// <param name="UtilityChange">Predicted change of the utility loss.</param>
public sealed record SoftWeights(IReadOnlyList<double> Epsilon, double TaskChange, double UtilityChange)
{
    /// <summary>The largest |epsilon|; above 1 a training weight 1 + epsilon would be negative, and the predicted changes are not to be trusted.</summary>
    public double Largest => Epsilon.Select(Math.Abs).DefaultIfEmpty(0).Max();

    /// <summary>Mean |epsilon|: of a deletion the share that is deleted.</summary>
    public double Moved => Epsilon.Select(Math.Abs).DefaultIfEmpty(0).Average();

    /// <summary>The weight of each sample when the model is trained again: 1 + epsilon times the cross-entropy. Our reading.</summary>
    public IReadOnlyList<double> FineTuning => [.. Epsilon.Select(e => 1 + e)];
}

/// <summary>
/// The quadratic programs of Soft Weighted Machine Unlearning (arXiv 2505.18783) in closed form. To first
/// order an epsilon per sample changes the task loss by -e'f and the utility loss by -e'u; -1 is removal, 0
/// leaves a sample alone, above 0 it counts more. Departures from the published code: a negative task loss is
/// cancelled too, where the code cancels its absolute value; and a problem without solution is refused,
/// where the code falls back to uniform or hard weights.
/// </summary>
/// <param name="task">f: gradient of each sample times inverse Hessian times gradient of the task loss.</param>
/// <param name="utility">u: the same for the utility loss.</param>
/// <param name="taskLoss">The task loss before; 0 is what is wanted.</param>
public sealed class SoftProblem(IReadOnlyList<double> task, IReadOnlyList<double> utility, double taskLoss)
{
    // Below this ratio of smallest to largest singular value a solution is rounding. A determinant would not do: it shrinks with every demand.
    private const double Singular = 1e-10;

    private readonly Vector<double> f = Vector<double>.Build.DenseOfEnumerable(task), u = Vector<double>.Build.DenseOfEnumerable(utility);

    private double Sign => taskLoss < 0 ? -1 : 1;

    /// <summary>Deletes the share of samples whose removal lowers the task loss most.</summary>
    /// <param name="share">0 to 1 of all samples, rounded down; of equal influences the first.</param>
    public SoftWeights Hard(double share)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(share, 0);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(share, 1);
        return Deleting((int)Math.Floor((decimal)share * f.Count));
    }

    private SoftWeights Deleting(int count)
    {
        HashSet<int> removed = [.. Enumerable.Range(0, f.Count).OrderBy(j => Sign * f[j]).Take(count)];
        return Weights(Vector<double>.Build.Dense(f.Count, j => removed.Contains(j) ? -1 : 0));
    }

    /// <summary>Deletes samples, those whose removal lowers the task loss most first, until influence promises a share of it; all that help where that is not enough.</summary>
    /// <param name="fraction">Share of the task loss to cancel, above 0, at most 1.</param>
    public SoftWeights HardFor(double fraction)
    {
        var (left, count) = (fraction * Math.Abs(taskLoss), 0);
        foreach (var influence in f.Select(value => Sign * value).Order().TakeWhile(value => value < 0 && left > 0)) (left, count) = (left + influence, count + 1);
        return Deleting(count);
    }

    /// <summary>Removes one sample, 0 to samples - 1, and leaves the others alone.</summary>
    public SoftWeights Remove(int sample)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(sample);
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(sample, f.Count);
        return Weights(Vector<double>.Build.Dense(f.Count, j => j == sample ? -1 : 0));
    }

    /// <summary>Schemes 2.1 and 2.3: the smallest weights that reach a target.</summary>
    /// <param name="fraction">Share of the task loss to cancel, above 0, at most 1. Asked for all, weights above 1 are common and the first order breaks down.</param>
    /// <param name="keepUtility">Whether the utility must stay (2.3) or may move (2.1).</param>
    /// <exception cref="InvalidOperationException">No weights reach it; the sentence says why.</exception>
    public SoftWeights Cancel(double fraction, bool keepUtility)
    {
        if (!(fraction is > 0 and <= 1)) throw new ArgumentOutOfRangeException(nameof(fraction), fraction, "The share of the task loss to cancel lies above 0 and at most at 1; 0.1 is cautious.");
        return keepUtility ? Weights(SmallestNorm([f, u], [fraction * taskLoss, 0])) : Weights(SmallestNorm([f], [fraction * taskLoss]));
    }

    /// <summary>Schemes 2.0 and 2.2: the most gain for a penalty on the size of the weights.</summary>
    /// <param name="penalty">Lambda, above 0; weights shrink with it.</param>
    /// <param name="keepUtility">Whether the utility must stay (2.2) or may move (2.0).</param>
    public SoftWeights Penalised(double penalty, bool keepUtility)
    {
        if (!(penalty > 0)) throw new ArgumentOutOfRangeException(nameof(penalty), penalty, "The penalty lies above 0; the published search goes from 0.001 to 10.");
        var gain = Sign * f;
        if (keepUtility && u.L2Norm() > 0) gain -= gain.DotProduct(u) / u.DotProduct(u) * u;
        return Weights(gain / (2 * penalty));
    }

    /// <summary>
    /// Schemes 2.0 and 2.2 with the penalty, of 50 from 0.001 to 10 in even ratios, whose task loss after the update comes nearest to
    /// the target. The loss must be measured on the updated model: its first-order value alone would always choose the largest penalty.
    /// </summary>
    /// <param name="keepUtility">Whether the utility must stay (2.2) or may move (2.0).</param>
    /// <param name="taskLossAfter">The task loss of the model that the weights give.</param>
    /// <param name="fraction">Share of the task loss to cancel, above 0, at most 1.</param>
    public SoftWeights Searched(bool keepUtility, Func<SoftWeights, double> taskLossAfter, double fraction = 1) =>
        Enumerable.Range(0, 50).Select(i => Penalised(Math.Pow(10, -3 + (4 * i / 49.0)), keepUtility))
            .MinBy(weights => Math.Abs(taskLossAfter(weights) - ((1 - fraction) * taskLoss)))!;

    /// <summary>The shortest vector e with A e = b, of the rows of A and b: A' (A A')^-1 b.</summary>
    /// <exception cref="InvalidOperationException">The rows depend on each other.</exception>
    internal static Vector<double> SmallestNorm(IReadOnlyList<Vector<double>> rows, IReadOnlyList<double> target)
    {
        var gram = Matrix<double>.Build.Dense(rows.Count, rows.Count, (i, k) => rows[i].DotProduct(rows[k]));
        var scale = gram.Diagonal().PointwiseSqrt();
        var unit = Matrix<double>.Build.Dense(rows.Count, rows.Count, (i, k) => gram[i, k] / (scale[i] * scale[k]));
        if (scale.Any(length => !(length > 0)) || !(1 / unit.ConditionNumber() > Singular))
            throw new InvalidOperationException(
                "No weights move the task loss and keep the other demands: an influence is zero, or one follows from the others. Drop a demand (scheme 2.1 lets the utility move) or use more samples.");
        var multipliers = unit.Solve(Vector<double>.Build.DenseOfEnumerable(target).PointwiseDivide(scale)).PointwiseDivide(scale);
        return rows.Zip(multipliers, (row, multiplier) => row * multiplier).Aggregate((sum, part) => sum + part);
    }

    private SoftWeights Weights(Vector<double> epsilon) => new([.. epsilon], -epsilon.DotProduct(f), -epsilon.DotProduct(u));
}
