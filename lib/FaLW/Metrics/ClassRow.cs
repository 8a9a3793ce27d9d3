using FaLW.Data;

namespace FaLW.Metrics;

/// <summary>One class under one model.</summary>
/// <param name="Class">The class id.</param>
/// <param name="ForgetCount">How many of its samples are forgotten.</param>
/// <param name="ForgetAccuracy">Accuracy on those in percent; NaN when there are none.</param>
/// <param name="ForgetProbability">Mean true-class probability on those, 0 to 1; NaN when there are none.</param>
/// <param name="RetainAccuracy">Accuracy on its retained samples in percent; NaN when the whole class is forgotten.</param>
/// <param name="TestAccuracy">Accuracy on its test samples in percent; NaN when there are none.</param>
/// <param name="TestProbability">Mean true-class probability on its test samples, 0 to 1; NaN when there are none.</param>
public sealed record ClassRow(
    int Class, int ForgetCount, double ForgetAccuracy, double ForgetProbability,
    double RetainAccuracy, double TestAccuracy, double TestProbability)
{
    /// <summary>One row per class, in the order of the ids.</summary>
    /// <param name="forget">Predictions on the forget set.</param>
    /// <param name="retain">Predictions on the retain set.</param>
    /// <param name="test">Predictions on the test set.</param>
    /// <param name="classes">Number of classes.</param>
    public static ValueList<ClassRow> Of(Prediction forget, Prediction retain, Prediction test, int classes) =>
        [.. Enumerable.Range(0, classes).Select(k => new ClassRow(
            k,
            forget.Labels.Count(label => label == k),
            forget.AccuracyWhere(label => label == k),
            forget.ProbabilityWhere(label => label == k),
            retain.AccuracyWhere(label => label == k),
            test.AccuracyWhere(label => label == k),
            test.ProbabilityWhere(label => label == k)))];
}
