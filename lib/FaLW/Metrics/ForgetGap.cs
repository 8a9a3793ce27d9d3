using FaLW.Data;

namespace FaLW.Metrics;

/// <summary>
/// Distance of forget accuracy to Retrain in three readings, in points. Under a long tail the first is the head's figure; with opposite
/// signs at head and tail (heterogeneous deviation) the first two may vanish while the third does not.
/// </summary>
/// <param name="Pooled">Forget accuracy minus Retrain's, each sample counting once: FA of the tables.</param>
/// <param name="ClassBalanced">Mean over classes of their difference, signed: negative is over-forgotten.</param>
/// <param name="ClassBalancedAbsolute">Mean over classes of their absolute difference.</param>
public sealed record ForgetGap(double Pooled, double ClassBalanced, double ClassBalancedAbsolute)
{
    /// <summary>Compares two models class by class; classes without forget samples take no part.</summary>
    /// <param name="model">Class rows of the model, in the order of the ids.</param>
    /// <param name="retrain">Class rows of Retrain, in the order of the ids.</param>
    /// <exception cref="Fault">The numbers of classes differ.</exception>
    public static ForgetGap Of(IReadOnlyList<ClassRow> model, IReadOnlyList<ClassRow> retrain)
    {
        Demand.Alike(model.Count, retrain.Count, "Classes");
        (int Count, double Gap)[] classes =
            [.. model.Zip(retrain, (ours, theirs) => (ours.ForgetCount, ours.ForgetAccuracy - theirs.ForgetAccuracy)).Where(row => row.ForgetCount > 0)];
        return new ForgetGap(
            classes.Sum(row => row.Count * row.Gap) / classes.Sum(row => row.Count),
            classes.Select(row => row.Gap).DefaultIfEmpty(double.NaN).Average(),
            classes.Select(row => Math.Abs(row.Gap)).DefaultIfEmpty(double.NaN).Average());
    }
}
