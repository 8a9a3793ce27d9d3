using FaLW.Data;

namespace FaLW.Metrics;

/// <summary>Margins of one class under a model against those under Retrain.</summary>
/// <param name="Class">The class id.</param>
/// <param name="Count">Number of its forget samples.</param>
/// <param name="Shift">Mean margin minus Retrain's: positive is under-forgotten; NaN without samples.</param>
/// <param name="Distance">Wasserstein-1 distance of the two distributions, at least |<paramref name="Shift"/>|; NaN without samples.</param>
public sealed record ClassMargin(int Class, int Count, double Shift, double Distance);

/// <summary>
/// How far the margins of the forget samples are from Retrain's, class by class: a judge that no method here optimises, in the unit of
/// log-odds, which does not saturate as probabilities do. One model against one model, so compare it with Retrain of another seed.
/// </summary>
/// <param name="Classes">One row per class, in the order of the ids.</param>
/// <param name="ClassBalanced">Mean over classes of their distance.</param>
/// <param name="Pooled">Distance of all forget samples together; hides what classes cancel.</param>
public sealed record MarginReport(ValueList<ClassMargin> Classes, double ClassBalanced, double Pooled)
{
    /// <summary>Compares two models on the forget set.</summary>
    /// <param name="labels">True class of each forget sample, 0 to classes - 1.</param>
    /// <param name="model">Its margin under the model.</param>
    /// <param name="retrain">Its margin under Retrain.</param>
    /// <param name="classes">Number of classes.</param>
    /// <exception cref="ArgumentException">The lists have different lengths.</exception>
    public static MarginReport Of(IReadOnlyList<int> labels, IReadOnlyList<double> model, IReadOnlyList<double> retrain, int classes)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(classes, 1);
        if (model.Count != labels.Count || retrain.Count != labels.Count)
            throw new ArgumentException(FormattableString.Invariant(
                $"A distance of margins needs two margins for every forget sample, but got {labels.Count} labels, {model.Count} and {retrain.Count} margins."), nameof(labels));
        var rows = Enumerable.Range(0, labels.Count).ToLookup(i => labels[i]);
        ValueList<ClassMargin> found = [.. Enumerable.Range(0, classes).Select(k =>
        {
            double[] ours = [.. rows[k].Select(i => model[i])], theirs = [.. rows[k].Select(i => retrain[i])];
            return new ClassMargin(k, ours.Length, Mean(ours) - Mean(theirs), Wasserstein.Distance(ours, theirs));
        })];
        return new MarginReport(found, Mean(found.Where(row => row.Count > 0).Select(row => row.Distance)), Wasserstein.Distance([.. model], [.. retrain]));
    }

    private static double Mean(IEnumerable<double> values) => values.DefaultIfEmpty(double.NaN).Average();
}
