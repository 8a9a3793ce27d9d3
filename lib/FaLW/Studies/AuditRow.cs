using FaLW.Data;
using FaLW.Metrics;

namespace FaLW.Studies;

/// <summary>How far margins of the forget samples are from those of retrained models; one number for each way to say so.</summary>
/// <param name="Binned">KLoM, nats: mean over samples.</param>
/// <param name="Gaussian">KL of fitted normal distributions, nats: median over samples, since a few with next to no spread would be all of a mean.</param>
/// <param name="Scaled">Wasserstein-1 in standard deviations of the retrained models: mean over samples.</param>
public sealed record MarginGap(double Binned, double Gaussian, double Scaled)
{
    /// <summary>What a distribution match says, in one number each.</summary>
    /// <param name="found">One side of the match.</param>
    public static MarginGap Of(Divergences found) => new(found.Binned.Mean, found.Gaussian.Median, found.Scaled.Mean);
}

/// <summary>What every audit says of one kind of model: of Original, of Retrain, or of a method's.</summary>
/// <param name="Title">"Original", "Retrain" or the method's name.</param>
/// <param name="RelativeMembership">RMIA, once per seed of the audited model.</param>
/// <param name="LikelihoodRatio">U-LiRA over all shadows.</param>
/// <param name="Deviation">Mean over forget samples of |p - p under the Retrain of another seed|, p the probability of the true class; points, once per seed.</param>
/// <param name="Margins">Distance of margins from Retrain's, once per way to cut the Retrains into halves; of Retrain itself: from other Retrains.</param>
/// <param name="OnForget">Trained on with the forget set, once per repeat.</param>
/// <param name="OnRetain">Trained on with the retain set alone, once per repeat.</param>
/// <param name="Confusion">Confusion of the two classes on test images in percent, once per repeat.</param>
/// <param name="ZeroRetrain">ZRF, once per repeat.</param>
/// <param name="Seconds">Mean time to make one such model on the full training set.</param>
public sealed record AuditRow(
    string Title, ValueList<AttackCurve> RelativeMembership, LikelihoodRatio LikelihoodRatio, ValueList<double> Deviation, ValueList<MarginGap> Margins,
    ValueList<RelearnCurve> OnForget, ValueList<RelearnCurve> OnRetain, ValueList<double> Confusion, ValueList<double> ZeroRetrain, double Seconds)
{
    /// <summary>Accuracy on the forget set in percent, once per repeat.</summary>
    public IReadOnlyList<double> ForgetAccuracy => [.. OnForget.Select(curve => curve.Start)];

    /// <summary>Forget accuracy in percent after training on with the retain set alone, once per repeat.</summary>
    public IReadOnlyList<double> Recovered => [.. OnRetain.Select(curve => curve.End)];

    /// <summary>Optimizer steps on the forget set until accuracies are reached, once per repeat; NaN where one is not.</summary>
    /// <param name="accuracies">Percent, one per repeat.</param>
    public IReadOnlyList<double> StepsTo(IEnumerable<double> accuracies) =>
        [.. OnForget.Zip(accuracies, (curve, accuracy) => curve.StepsTo(accuracy) is { } steps ? steps : double.NaN)];
}
