using FaLW.Data;

namespace FaLW.Metrics;

/// <summary>The four numbers of the paper's tables, in percent. Each is to be near Retrain's, not high or low.</summary>
/// <param name="ForgetAccuracy">FA: accuracy on the forget set, 0 to 100; unlearning accuracy is 100 minus this.</param>
/// <param name="RetainAccuracy">RA: accuracy on the retain set, 0 to 100.</param>
/// <param name="TestAccuracy">TA: accuracy on the test set, 0 to 100.</param>
/// <param name="MembershipInference">MIA: share of the forget set that the attack of <see cref="Metrics.MembershipInference"/> takes for non-members, 0 to 100.</param>
public sealed record Scores(double ForgetAccuracy, double RetainAccuracy, double TestAccuracy, double MembershipInference)
{
    /// <summary>Mean of the four absolute differences to Retrain's scores, in points (SalUn, arXiv 2310.12508; used by FaLW's tables).</summary>
    public double AverageGap(Scores retrain) =>
        (Math.Abs(ForgetAccuracy - retrain.ForgetAccuracy)
            + Math.Abs(RetainAccuracy - retrain.RetainAccuracy)
            + Math.Abs(TestAccuracy - retrain.TestAccuracy)
            + Math.Abs(MembershipInference - retrain.MembershipInference)) / 4;

    /// <summary>
    /// Whether the model has lost everything: accuracy on the retain set within a twentieth of the way from guessing (100 / classes) to 100 %; our rule. Then
    /// its scores are those of guessing, and a mean over it describes no method.
    /// </summary>
    /// <exception cref="Fault">The accuracy is no percentage.</exception>
    public bool HasCollapsed(int classes)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(classes, 1);
        Demand.Shares([RetainAccuracy / 100], "Accuracies, in percent by 100,");
        var chance = 100.0 / classes;
        return RetainAccuracy <= chance + (0.05 * (100 - chance));
    }
}

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
    public static ValueList<ClassRow> Of(Prediction forget, Prediction retain, Prediction test, int classes) =>
        [.. Enumerable.Range(0, classes).Select(k =>
        {
            bool Own(int label) => label == k;
            return new ClassRow(
                k, forget.Labels.Count(Own), forget.AccuracyWhere(Own), forget.ProbabilityWhere(Own),
                retain.AccuracyWhere(Own), test.AccuracyWhere(Own), test.ProbabilityWhere(Own));
        })];
}

/// <summary>
/// Distance of forget accuracy to Retrain in three readings, in points. Under a long tail the first is the head's figure; with opposite
/// signs at head and tail (heterogeneous deviation) the first two may vanish while the third does not.
/// </summary>
/// <param name="Pooled">Forget accuracy minus Retrain's, each sample counting once: FA of the tables.</param>
/// <param name="ClassBalanced">Mean over classes of their difference, signed: negative is over-forgotten.</param>
/// <param name="ClassBalancedAbsolute">Mean over classes of their absolute difference.</param>
public sealed record ForgetGap(double Pooled, double ClassBalanced, double ClassBalancedAbsolute)
{
    /// <summary>Compares two models class by class, rows in the order of the ids; classes without forget samples take no part.</summary>
    /// <exception cref="Fault">The numbers of classes differ.</exception>
    public static ForgetGap Of(IReadOnlyList<ClassRow> model, IReadOnlyList<ClassRow> retrain)
    {
        Demand.Alike(model.Count, retrain.Count, "Classes");
        (int Count, double Gap)[] classes =
            [.. model.Zip(retrain, (ours, theirs) => (ours.ForgetCount, ours.ForgetAccuracy - theirs.ForgetAccuracy)).Where(row => row.ForgetCount > 0)];
        return new ForgetGap(
            Means.Weighted(classes, row => row.Count, row => row.Gap), Means.Mean(classes.Select(row => row.Gap)), Means.Mean(classes.Select(row => Math.Abs(row.Gap))));
    }
}

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
    /// <summary>Head, middle and tail of one model; class rows in the order of the ids.</summary>
    /// <exception cref="Fault">The numbers of classes differ.</exception>
    public static ValueList<GroupAccuracy> Of(IReadOnlyList<ClassRow> model, IReadOnlyList<ClassRow> retrain, ClassGroups groups)
    {
        Demand.Alike(model.Count, retrain.Count, "Classes");
        return groups.Each((name, classes) =>
        {
            ClassRow[] ours = [.. classes.Select(k => model[k])], theirs = [.. classes.Select(k => retrain[k])];
            var (accuracy, test) = (Pooled(ours), Means.Mean(ours.Select(row => row.TestAccuracy)));
            return new GroupAccuracy(
                name, classes, ours.Sum(row => row.ForgetCount),
                accuracy, accuracy - Pooled(theirs),
                Means.Mean(ours.Zip(theirs).Where(row => row.First.ForgetCount > 0).Select(row => row.First.ForgetAccuracy - row.Second.ForgetAccuracy)),
                test, test - Means.Mean(theirs.Select(row => row.TestAccuracy)));
        });
    }

    internal static double Pooled(ClassRow[] rows) => Means.Weighted([.. rows.Where(row => row.ForgetCount > 0)], row => row.ForgetCount, row => row.ForgetAccuracy);
}

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
    // Original must be above Retrain by more than this, in points, or nothing was learned that could be forgotten.
    private const double Least = 5;

    /// <summary>What there was to forget, in points: Original minus Retrain.</summary>
    public double ToForget => Original - Retrain;

    /// <summary>
    /// "never learned" when <see cref="ToForget"/> is at most 5 points; else "kept" when more than half of it is left (model minus Retrain above
    /// one half of Original minus Retrain), "forgotten" when not. A dash where an accuracy is not known.
    /// </summary>
    public string Verdict => double.IsNaN(ToForget + Model) ? "–" : ToForget <= Least ? "never learned" : Model - Retrain > ToForget / 2 ? "kept" : "forgotten";

    /// <summary>The three groups under three models; class rows in the order of the ids.</summary>
    public static ValueList<GroupForgetting> Of(
        IReadOnlyList<ClassRow> original, IReadOnlyList<ClassRow> retrain, IReadOnlyList<ClassRow> model, ClassGroups groups) =>
        [.. GroupAccuracy.Of(original, retrain, groups).Zip(GroupAccuracy.Of(model, retrain, groups), (before, after) =>
            new GroupForgetting(before.Name, before.ForgetAccuracy, before.ForgetAccuracy - before.Delta, after.ForgetAccuracy))];
}

/// <summary>
/// How forget samples lie among unseen images of their class, by the probability of the true class. Forgetting makes them like unseen ones;
/// pushing them below is suppression: the images stand out from those never trained on, and an attacker who looks for the
/// least probable ones finds them (a Streisand effect).
/// </summary>
/// <param name="Area">
/// For each forget sample the share of unseen images of its class that are less probable, ties counting half; mean over the forget samples whose class
/// has unseen images. 0.5: they look unseen; 0: they lie below every unseen image; 1: above. NaN when no sample could be judged.
/// </param>
/// <param name="Below">Share of those samples below nineteen in twenty unseen images of their class, 0 to 1; about 0.05 when they look unseen.</param>
public sealed record UnseenStanding(double Area, double Below)
{
    // An area below the first is markedly under one half: seven in ten unseen images are more probable than a forget sample. Forget accuracy
    // counts as kept when it is no further below Retrain's than the second, in points.
    private const double SuppressedArea = 0.3, KeptAccuracy = 5, Most = 0.95;

    /// <summary>
    /// Suppression: <see cref="Area"/> &lt; 0.3 although forget accuracy, in percent, is at most 5 points below Retrain's. The model still names the images
    /// rightly and was only made to be less sure of them than of images it never saw. False where the area is not known.
    /// </summary>
    public static bool IsSuppressed(UnseenStanding standing, double forgetAccuracy, double retrain) =>
        standing.Area < SuppressedArea && forgetAccuracy >= retrain - KeptAccuracy;

    /// <summary>Compares the forget set with images that no model trained on, under one model.</summary>
    public static UnseenStanding Of(Prediction forget, Prediction unseen)
    {
        var known = unseen.Labels.Zip(unseen.TrueClassProbability).ToLookup(row => row.First, row => row.Second);
        (double Lower, double Higher)[] places = [.. forget.Labels.Zip(forget.TrueClassProbability)
            .Where(row => known.Contains(row.First)).Select(row => Place(row.Second, [.. known[row.First]]))];
        return new UnseenStanding(Means.Mean(places.Select(place => place.Lower)), places.Count(place => place.Higher >= Most) / (double)places.Length);
    }

    private static (double Lower, double Higher) Place(float own, float[] others)
    {
        var (lower, higher) = (others.Count(other => other < own), others.Count(other => other > own));
        return ((lower + (0.5 * (others.Length - lower - higher))) / others.Length, (double)higher / others.Length);
    }
}
