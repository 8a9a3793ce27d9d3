using MathNet.Numerics.LinearAlgebra;

namespace FaLW.Weighting;

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

    /// <summary>Deletes the share of samples whose removal lowers the task loss most.</summary>
    /// <param name="share">0 to 1 of all samples, rounded down; of equal influences the first.</param>
    public SoftWeights Hard(double share)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(share, 0);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(share, 1);
        HashSet<int> removed = [.. Enumerable.Range(0, f.Count).OrderBy(j => Sign * f[j]).Take((int)Math.Floor((decimal)share * f.Count))];
        return Weights(Vector<double>.Build.Dense(f.Count, j => removed.Contains(j) ? -1 : 0));
    }

    /// <summary>Removes one sample and leaves the others alone.</summary>
    /// <param name="sample">Its place, 0 to samples - 1.</param>
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

    /// <summary>The shortest vector e with A e = b: A' (A A')^-1 b.</summary>
    /// <param name="rows">The rows of A.</param>
    /// <param name="target">b.</param>
    /// <exception cref="InvalidOperationException">The rows depend on each other.</exception>
    public static Vector<double> SmallestNorm(IReadOnlyList<Vector<double>> rows, IReadOnlyList<double> target)
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

    private double Sign => taskLoss < 0 ? -1 : 1;

    private SoftWeights Weights(Vector<double> epsilon) => new([.. epsilon], -epsilon.DotProduct(f), -epsilon.DotProduct(u));
}
