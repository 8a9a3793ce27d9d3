using FaLW.Data;

namespace FaLW.Metrics;

/// <summary>Accuracy on the forget set while a model is trained on.</summary>
/// <param name="Step">Optimizer steps taken, 0 for the model as it came.</param>
/// <param name="Accuracy">Accuracy on the forget set, percent.</param>
public sealed record RelearnPoint(int Step, double Accuracy);

/// <summary>
/// What comes back, and how fast, when a model is trained on after unlearning: on the forget set itself (relearn time, as in Tarun et al.) or on the
/// retain set alone (Siddiqui et al., NeurIPS 2025, arXiv 2505.22310: knowledge that returns without its data was only hidden).
/// </summary>
/// <param name="Points">Ascending steps, the first at 0.</param>
public sealed record RelearnCurve(ValueList<RelearnPoint> Points)
{
    /// <summary>Accuracy of the model as it came, percent.</summary>
    public double Start => Points[0].Accuracy;

    /// <summary>Accuracy at the end, percent.</summary>
    public double End => Points[^1].Accuracy;

    /// <summary>The first step measured at which an accuracy in percent, usually 95 % of the Original's, is reached.</summary>
    /// <returns>Null when it is not reached within the curve.</returns>
    /// <exception cref="Fault">The accuracy, or one of the curve, is NaN.</exception>
    public int? StepsTo(double accuracy) => double.IsNaN(accuracy) || Points.Any(point => double.IsNaN(point.Accuracy))
        ? throw new Fault("Steps to an accuracy were asked of a curve, but the accuracy or a point of the curve is not a number; measure on at least one image.")
        : Points.FirstOrDefault(point => point.Accuracy >= accuracy)?.Step;

    /// <summary>
    /// Anamnesis index (Chundawat et al., IEEE TIFS 2023, doi 10.1109/TIFS.2023.3265506) in optimizer steps: (steps + 0.01) / (those of Retrain under the same training + 0.01). 1 is ideal,
    /// below 1 knowledge is left, above 1 the samples are held off. Steps and not epochs, since with epochs everything takes one.
    /// </summary>
    /// <returns>NaN when one of them does not reach it: train longer.</returns>
    public double AnamnesisIndex(RelearnCurve retrain, double accuracy) =>
        StepsTo(accuracy) is { } ours && retrain.StepsTo(accuracy) is { } theirs ? (ours + 0.01) / (theirs + 0.01) : double.NaN;
}
