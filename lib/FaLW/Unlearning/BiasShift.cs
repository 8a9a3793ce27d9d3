using System.Diagnostics;
using FaLW.Metrics;
using FaLW.Models;
using FaLW.Training;
using MathNet.Numerics.LinearAlgebra;
using static TorchSharp.torch;

namespace FaLW.Unlearning;

/// <summary>
/// BiasShift (arXiv 2605.08730): only the biases of the last layer move. The paper shows that lowering them alone satisfies the usual measures of
/// class unlearning; here it is the cheap control of every method that looks at unseen samples: what does it add to one number per class?
/// </summary>
/// <remarks>
/// The paper forgets whole classes and lowers each one's bias by a number set by hand (its public code, zwd2024/Beyond-the-Shadow-of-Bias). The rule that
/// sets it here is ours: over the forget samples of each class the mean true-class probability shall become what Original gives, on average, to unseen
/// samples of that class. Probability and not accuracy, because accuracy moves in steps, and in one step where one sample is forgotten. The unseen
/// side stays as Original has it: measured after the shift it falls with the forget side, since a bias cannot tell the two apart. Where all
/// classes forget, the aims need not be reachable (a bias that lowers one class lifts the others, and moving all biases alike moves nothing); then
/// the sum of squared distances to the aims, each class counting once, is as small as it gets from Original, and the loss in the log says what is left. The
/// biases of classes without forget samples stay.
/// </remarks>
public sealed record BiasShift : Unlearner
{
    /// <inheritdoc/>
    public override string Title => "BiasShift";

    /// <inheritdoc/>
    public override bool CanWeigh => false;

    private protected override bool NeedsUnseen => true;

    /// <inheritdoc/>
    protected override (Classifier Model, TrainLog Log) Run(UnlearningTask task)
    {
        var clock = Stopwatch.StartNew();
        return Changed(task, model =>
        {
            using var noGradient = no_grad();
            using var scope = NewDisposeScope();
            var fit = new BiasFit(Predictions.WithLogits(model, task.Images, task.Splits.Forget).Logits, Aims(model, task));
            var shift = fit.Shift(task.Cancellation);
            new LastLayer(model).Bias.add_(tensor([.. shift.Select(value => (float)value)], [shift.Length], dtype: float32, device: model.Device));
            return new TrainLog([fit.Left(shift)], Steps: 1, clock.Elapsed);
        });
    }

    // NaN for a class without forget samples.
    private static double[] Aims(Classifier model, UnlearningTask task)
    {
        var unseen = Predictions.Of(model, task.Images, task.Splits.Reference);
        var means = unseen.Labels.Zip(unseen.TrueClassProbability).GroupBy(pair => pair.First).ToDictionary(k => k.Key, k => k.Average(pair => (double)pair.Second));
        return [.. task.Splits.ForgetCounts.Select((count, k) => count == 0 ? double.NaN : means[k])];
    }
}

/// <summary>The biases that bring the mean true-class probability of each class as near to its aim as they can: nonlinear least squares by Levenberg and Marquardt's steps.</summary>
internal sealed class BiasFit
{
    private const int MostSteps = 500;
    private const double Enough = 1e-24, LeastDamping = 1e-12, MostDamping = 1e6;

    // On a network that memorised the means hardly move at first; a longer stride would leap over the aim to where every mean is 0 and none moves.
    private const double Stride = 1;

    private readonly LogitTable forget;
    private readonly int[] moved, counts;
    private readonly Vector<double> aims;

    /// <summary>Takes the logits of the samples and for each class the mean probability wanted, between 0 and 1; NaN for a class whose bias stays.</summary>
    public BiasFit(LogitTable forget, IReadOnlyList<double> aims)
    {
        this.forget = forget;
        moved = [.. Enumerable.Range(0, aims.Count).Where(k => !double.IsNaN(aims[k]))];
        counts = [.. moved.Select(k => forget.Labels.Count(label => label == k))];
        this.aims = Vector<double>.Build.DenseOfEnumerable(moved.Select(k => aims[k]));
    }

    /// <summary>What is to be added to the bias of every class; 0 where it stays. Where every class moves the shifts sum to 0.</summary>
    public double[] Shift(CancellationToken cancellation = default)
    {
        var at = Vector<double>.Build.Dense(moved.Length);
        var (missed, slopes) = At(at);
        var damping = 1e-3;
        for (var step = 0; step < MostSteps && missed * missed > Enough && damping < MostDamping; step++)
        {
            cancellation.ThrowIfCancellationRequested();
            var square = slopes.TransposeThisAndMultiply(slopes) + Matrix<double>.Build.DenseDiagonal(moved.Length, damping);
            var move = square.Cholesky().Solve(slopes.TransposeThisAndMultiply(missed));
            var next = at + (move * Math.Min(1, Stride / move.AbsoluteMaximum()));
            var (then, there) = At(next);
            var better = then * then < missed * missed;
            damping = better ? Math.Max(damping / 5, LeastDamping) : damping * 4;
            if (better) (at, missed, slopes) = (next, then, there);
        }

        return Spread(at);
    }

    /// <summary>Mean over the classes that move of |mean probability - aim| under these shifts.</summary>
    public double Left(IReadOnlyList<double> shift) => At(Vector<double>.Build.DenseOfEnumerable(moved.Select(k => shift[k]))).Missed.Average(Math.Abs);

    // What is missing to the aims, and how each mean moves with each bias.
    private (Vector<double> Missed, Matrix<double> Slopes) At(Vector<double> shift)
    {
        var full = Spread(shift);
        var (missed, slopes) = (aims.Clone(), Matrix<double>.Build.Dense(moved.Length, moved.Length));
        for (var i = 0; i < forget.Count; i++)
        {
            var own = Array.IndexOf(moved, forget.Labels[i]);
            if (own < 0) continue;
            var shares = Shares(forget[i], full);
            var truth = shares[moved[own]] / counts[own];
            missed[own] -= truth;
            for (var j = 0; j < moved.Length; j++) slopes[own, j] -= truth * shares[moved[j]];
            slopes[own, own] += truth;
        }

        return (missed, slopes);
    }

    private static double[] Shares(ReadOnlySpan<float> logits, double[] shift)
    {
        var shares = new double[logits.Length];
        for (var k = 0; k < shares.Length; k++) shares[k] = logits[k] + shift[k];
        var (largest, sum) = (shares.Max(), 0.0);
        for (var k = 0; k < shares.Length; k++) sum += shares[k] = Math.Exp(shares[k] - largest);
        for (var k = 0; k < shares.Length; k++) shares[k] /= sum;
        return shares;
    }

    private double[] Spread(Vector<double> shift)
    {
        var full = new double[forget.Classes];
        for (var j = 0; j < moved.Length; j++) full[moved[j]] = shift[j];
        return full;
    }
}
