using FaLW.Data;
using FaLW.Models;
using static TorchSharp.torch;

namespace FaLW.Unlearning;

/// <summary>
/// IU: influence unlearning (Koh and Liang 2017; for unlearning Izzo et al. 2021, and as "WoodFisher" in Jia et al., NeurIPS
/// 2023, arXiv 2304.04934). Idea: one Newton step from the Original to where the retain loss alone has its minimum.
/// Phases: v = g_f / n - n_f / (n n_r) g_r with g the summed gradients of forget and retain set in evaluation mode (at a minimum of
/// the whole loss v = g_f / n_r); then weights + alpha H^-1 v, with H the curvature of the retain loss.
/// </summary>
/// <remarks>
/// The public code (OPTML-Group/Unlearn-Sparse and Unlearn-Saliency) claims a WoodFisher inverse, but its recursion never leaves the
/// direction of one sample's gradient; see <see cref="InfluenceInverse"/>. Both are here, each under its name. Departures:
/// no default for alpha, because the published ranges fit neither each other nor other data; gradients on images as they are.
/// </remarks>
/// <param name="Alpha">Length of the step, positive; 1 is the Newton step, far too long where the curvature of a fitted model is next to nothing; others search 1 to 100 for the published recursion.</param>
/// <param name="Inverse">How the inverse curvature is approximated.</param>
/// <param name="Samples">Retain samples that curvature is taken from, at least 1; public code 1000. A smaller set is used whole.</param>
/// <param name="RelativeDamping">
/// What is added to the diagonal before it is inverted, as a multiple of the diagonal's mean, positive; ours. Relative, because the diagonal of a fitted
/// model is tiny: a fixed 0.1, a thousand times its mean, leaves the raw gradient difference. The published recursion has its own, <paramref name="Samples"/>.
/// </param>
public sealed record InfluenceUnlearning(
    double Alpha, InfluenceInverse Inverse = InfluenceInverse.DiagonalFisher, int Samples = 1000, double RelativeDamping = 0.1) : GradientStep(Alpha)
{
    /// <inheritdoc/>
    public override string Title => Inverse == InfluenceInverse.PublishedRecursion ? "IU (published recursion)" : "IU";

    /// <inheritdoc/>
    public override ValueList<double> ValuesToSearch(ValueList<double> rates) =>
        Inverse == InfluenceInverse.PublishedRecursion ? [0.01, 0.03, 0.1, 0.3, 1, 3, 10, 30, 100] : [1e-5, 3e-5, 1e-4, 3e-4, 1e-3, 3e-3, 1e-2, 3e-2, 1e-1];

    /// <inheritdoc/>
    protected override string Remedy => "Try a tenth of alpha, or a larger damping";

    /// <inheritdoc/>
    protected internal override IEnumerable<string> Faults() => Must.All(
        Samples < 1 ? Invariant($"the curvature needs at least 1 sample, but {Samples} were asked for") : null, Must.BePositive(RelativeDamping, "the damping"));

    private protected override void Step(Classifier model, UnlearningTask task, GradientPass pass)
    {
        var direction = Direction(pass, task.Splits);
        var step = Inverse == InfluenceInverse.PublishedRecursion ? Recursion(pass, task, direction) : Diagonal(pass, task, direction);
        using var noGradient = no_grad();
        foreach (var (parameter, part) in model.Parameters.Zip(step)) parameter.add_(part, Alpha);
    }

    internal static IReadOnlyList<Tensor> Direction(GradientPass pass, Splits splits)
    {
        var (forget, retain) = ((double)splits.Forget.Count, (double)splits.Retain.Count);
        var all = forget + retain;
        var pairs = pass.Sum(splits.Forget).Zip(pass.Sum(splits.Retain));
        return [.. pairs.Select(sums => sums.First / all - sums.Second * (forget / (all * retain)))];
    }

    private List<Tensor> Diagonal(GradientPass pass, UnlearningTask task, IReadOnlyList<Tensor> direction)
    {
        int[] rows = [.. task.Shuffled(task.Splits.Retain, task.Stream($"curvature samples")).Take(Samples)];
        var diagonal = pass.Fisher(rows, batchSize: 1);
        var mean = diagonal.Sum(part => part.sum(float64).item<double>()) / diagonal.Sum(part => part.numel());
        return [.. diagonal.Zip(direction, (fisher, part) => part / (fisher + (RelativeDamping * mean)))];
    }

    // k_0 = v, o_0 = s_0; then for every further sample gradient s_t: d = <o, s_t>, k = k - <k, s_t> / (N + d) o, o = o - d / (N + d) o
    // (OPTML-Group/Unlearn-Sparse, "WoodFisher"). The published loop returns after the sample with index N + 1.
    private IReadOnlyList<Tensor> Recursion(GradientPass pass, UnlearningTask task, IReadOnlyList<Tensor> direction)
    {
        static Tensor Flat(IEnumerable<Tensor> parts) => cat([.. parts.Select(part => part.flatten())]);
        var (result, helper, isFirst) = (Flat(direction), Flat(direction), true);
        pass.Over([.. task.Splits.Retain.Take(Samples + 2)], batchSize: 1, (gradients, _) =>
        {
            using var scope = NewDisposeScope();
            var sample = Flat(gradients.Zip(direction, (gradient, part) => gradient ?? zeros_like(part)));
            if (isFirst) helper.copy_(sample);
            else
            {
                var along = helper.dot(sample);
                var total = along + Samples;
                result.sub_(helper * (result.dot(sample) / total));
                helper.sub_(helper * (along / total));
            }

            isFirst = false;
        });
        return [.. result.split([.. direction.Select(part => part.numel())]).Zip(direction, (found, part) => found.view(part.shape))];
    }
}

/// <summary>How <see cref="InfluenceUnlearning"/> approximates the inverse curvature.</summary>
public enum InfluenceInverse
{
    /// <summary>1 / (diagonal of the empirical Fisher matrix + damping times its mean), from gradients of single retain samples.</summary>
    DiagonalFisher,

    /// <summary>
    /// The recursion of the public code, kept to be comparable with published tables. Its helper vector is only ever rescaled, so
    /// it stays parallel to the first sample's gradient and the result is the raw gradient difference with a correction in that
    /// one direction, not an inverse Fisher matrix times a vector.
    /// </summary>
    PublishedRecursion,
}
