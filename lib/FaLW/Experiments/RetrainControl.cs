using FaLW.Data;
using FaLW.Metrics;

namespace FaLW.Experiments;

/// <summary>
/// How large a gap is noise: Retrain against Retrain of another training seed, on the same splits, in every measure of the tables. No method can be
/// shown to be nearer to Retrain than Retrain is to itself.
/// </summary>
/// <param name="AverageGap">Average Gap, points.</param>
/// <param name="ForgetAccuracy">Absolute difference, points.</param>
/// <param name="RetainAccuracy">Absolute difference, points.</param>
/// <param name="TestAccuracy">Absolute difference, points.</param>
/// <param name="MembershipInference">Absolute difference, points.</param>
/// <param name="Deviation">Mean absolute difference of the true-class probability of forget samples, points.</param>
/// <param name="ClassBalancedGap">Mean over classes of the absolute difference of forget accuracy, points.</param>
/// <param name="Margin">Mean over classes of the Wasserstein-1 distance of margins; NaN where a model was measured by an older kit.</param>
public sealed record RetrainControl(
    NoiseLevel AverageGap, NoiseLevel ForgetAccuracy, NoiseLevel RetainAccuracy, NoiseLevel TestAccuracy, NoiseLevel MembershipInference,
    NoiseLevel Deviation, NoiseLevel ClassBalancedGap, NoiseLevel Margin)
{
    /// <summary>Compares every two Retrains.</summary>
    /// <param name="retrains">Retrains of several training seeds on the same splits.</param>
    /// <exception cref="Fault">The splits differ.</exception>
    public static RetrainControl Of(IReadOnlyList<Evaluation> retrains)
    {
        if (retrains.Any(retrain => retrain.SplitsHash != retrains[0].SplitsHash))
            throw new Fault("Retrain can be compared with Retrain on the same splits only; keep the data seed and vary the training seed.");
        NoiseLevel Scores(Func<Scores, double> number) => NoiseLevel.Of(retrains, (a, b) => Math.Abs(number(a.Scores) - number(b.Scores)));
        return new RetrainControl(
            NoiseLevel.Of(retrains, (a, b) => a.Scores.AverageGap(b.Scores)),
            Scores(s => s.ForgetAccuracy), Scores(s => s.RetainAccuracy), Scores(s => s.TestAccuracy), Scores(s => s.MembershipInference),
            NoiseLevel.Of(retrains, (a, b) => 100 * a.Probability.Zip(b.Probability, (p, q) => Math.Abs(p - q)).Average()),
            NoiseLevel.Of(retrains, (a, b) => ForgetGap.Of(a.Classes, b.Classes).ClassBalancedAbsolute),
            NoiseLevel.Of(retrains, (a, b) => a.MarginsAgainst(b)?.ClassBalanced ?? double.NaN));
    }
}
