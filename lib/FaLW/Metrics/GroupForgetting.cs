using FaLW.Data;

namespace FaLW.Metrics;

/// <summary>
/// Head, middle or tail classes: was there something to forget, and is it forgotten? A method that does nothing looks perfect where Original never
/// learned what Retrain does not know either. All in forget accuracy, each sample counting once.
/// </summary>
/// <param name="Name">"Head", "Middle" or "Tail".</param>
/// <param name="Original">Forget accuracy of Original in percent; NaN without samples.</param>
/// <param name="Retrain">Of Retrain.</param>
/// <param name="Model">Of the model that is judged.</param>
public sealed record GroupForgetting(string Name, double Original, double Retrain, double Model)
{
    /// <summary>Original must be above Retrain by more than this, in points, or nothing was learned that could be forgotten.</summary>
    public const double Least = 5;

    /// <summary>What there was to forget, in points: Original minus Retrain.</summary>
    public double ToForget => Original - Retrain;

    /// <summary>
    /// "never learned" when <see cref="ToForget"/> is at most 5 points; else "kept" when more than half of it is left (model minus Retrain above
    /// one half of Original minus Retrain), "forgotten" when not. A dash where an accuracy is not known.
    /// </summary>
    public string Verdict => double.IsNaN(ToForget + Model) ? "–" : ToForget <= Least ? "never learned" : Model - Retrain > ToForget / 2 ? "kept" : "forgotten";

    /// <summary>The three groups under three models.</summary>
    /// <param name="original">Class rows of Original, in the order of the ids.</param>
    /// <param name="retrain">Class rows of Retrain.</param>
    /// <param name="model">Class rows of the model.</param>
    /// <param name="groups">Which class belongs where.</param>
    public static ValueList<GroupForgetting> Of(
        IReadOnlyList<ClassRow> original, IReadOnlyList<ClassRow> retrain, IReadOnlyList<ClassRow> model, ClassGroups groups) =>
        [.. GroupAccuracy.Of(original, retrain, groups).Zip(GroupAccuracy.Of(model, retrain, groups), (before, after) =>
            new GroupForgetting(before.Name, before.ForgetAccuracy, before.ForgetAccuracy - before.Delta, after.ForgetAccuracy))];
}
