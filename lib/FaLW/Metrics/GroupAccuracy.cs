using FaLW.Data;

namespace FaLW.Metrics;

/// <summary>Accuracy of head, middle or tail classes against Retrain.</summary>
/// <param name="Name">"Head", "Middle" or "Tail".</param>
/// <param name="Classes">Ids of the classes; the paper does not define the groups, so print them.</param>
/// <param name="ForgetCount">Number of their forget samples.</param>
/// <param name="ForgetAccuracy">Accuracy on those in percent, each sample counting once; NaN without samples.</param>
/// <param name="Delta">Forget accuracy minus Retrain's, in points: negative is over-forgotten.</param>
/// <param name="ClassBalancedDelta">Mean over classes with forget samples of their difference in forget accuracy, in points.</param>
/// <param name="TestAccuracy">Mean over classes of test accuracy in percent; NaN when one of them has no test sample.</param>
/// <param name="TestDelta">The same minus Retrain's, in points.</param>
public sealed record GroupAccuracy(
    string Name, ValueList<int> Classes, int ForgetCount,
    double ForgetAccuracy, double Delta, double ClassBalancedDelta, double TestAccuracy, double TestDelta)
{
    /// <summary>Head, middle and tail of one model.</summary>
    /// <param name="model">Class rows of the model, in the order of the ids.</param>
    /// <param name="retrain">Class rows of Retrain, in the order of the ids.</param>
    /// <param name="groups">Which class belongs where.</param>
    /// <exception cref="Fault">The numbers of classes differ.</exception>
    public static ValueList<GroupAccuracy> Of(IReadOnlyList<ClassRow> model, IReadOnlyList<ClassRow> retrain, ClassGroups groups)
    {
        Demand.Alike(model.Count, retrain.Count, "Classes");
        return
        [
            Group(nameof(groups.Head), groups.Head, model, retrain),
            Group(nameof(groups.Middle), groups.Middle, model, retrain),
            Group(nameof(groups.Tail), groups.Tail, model, retrain),
        ];
    }

    private static GroupAccuracy Group(string name, ValueList<int> classes, IReadOnlyList<ClassRow> model, IReadOnlyList<ClassRow> retrain)
    {
        ClassRow[] ours = [.. classes.Select(k => model[k])], theirs = [.. classes.Select(k => retrain[k])];
        var accuracy = Weighted(ours);
        var test = Mean(ours.Select(row => row.TestAccuracy));
        return new GroupAccuracy(
            name, classes, ours.Sum(row => row.ForgetCount),
            accuracy, accuracy - Weighted(theirs),
            Mean(ours.Zip(theirs).Where(row => row.First.ForgetCount > 0).Select(row => row.First.ForgetAccuracy - row.Second.ForgetAccuracy)),
            test, test - Mean(theirs.Select(row => row.TestAccuracy)));
    }

    private static double Weighted(ClassRow[] rows)
    {
        ClassRow[] present = [.. rows.Where(row => row.ForgetCount > 0)];
        return present.Sum(row => row.ForgetCount * row.ForgetAccuracy) / present.Sum(row => row.ForgetCount);
    }

    private static double Mean(IEnumerable<double> values) => values.DefaultIfEmpty(double.NaN).Average();
}
