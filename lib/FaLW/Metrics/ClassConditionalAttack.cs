using FaLW.Data;

namespace FaLW.Metrics;

/// <summary>What the class-conditional attack finds in head, middle or tail classes.</summary>
/// <param name="Name">"Head", "Middle" or "Tail".</param>
/// <param name="Count">Their forget samples that could be judged.</param>
/// <param name="NonMember">Percent of those taken for non-members; NaN without samples.</param>
/// <param name="Area">Area under the curve of forget against test samples of the same class, mean over the judged samples, 0 to 1; NaN without samples.</param>
public sealed record GroupAttack(string Name, int Count, double NonMember, double Area);

/// <summary>
/// The best-threshold attack with a threshold for every class (Song and Mittal, USENIX Security 2021, section 4). Where classes differ in
/// difficulty and the forget set is long-tailed, one threshold for all mixes membership with class difficulty; this one does not.
/// Judge the distance from Retrain.
/// </summary>
/// <param name="NonMember">Percent of the judged forget samples taken for non-members, each counting once.</param>
/// <param name="ClassBalanced">The same, each class counting once.</param>
/// <param name="Area">Area under the curve of forget against test samples of the same class, mean over the judged samples, 0 to 1; 0.5: they look unseen.</param>
/// <param name="ShadowAccuracy">Percent of the known members and non-members on the right side of their class's threshold; at least 50, being fitted on them.</param>
/// <param name="Unjudged">Forget samples of classes that have no retained or no test image left, and thus no threshold.</param>
/// <param name="Groups">Head, middle, tail.</param>
public sealed record ClassConditionalAttack(
    double NonMember, double ClassBalanced, double Area, double ShadowAccuracy, int Unjudged, ValueList<GroupAttack> Groups)
{
    /// <summary>Runs the attack on one model.</summary>
    /// <param name="forget">The signal on the forget set.</param>
    /// <param name="retain">The signal on the retain set: known members.</param>
    /// <param name="test">The signal on the test set: known non-members.</param>
    /// <param name="groups">Head, middle and tail classes.</param>
    /// <param name="seed">Seed of the shadow draw; the same for every model that is compared.</param>
    /// <exception cref="Fault">No class has both retained and test samples.</exception>
    public static ClassConditionalAttack Of(Signal forget, Signal retain, Signal test, ClassGroups groups, int seed)
    {
        var shadows = ShadowSets.PerClass(retain, test, seed);
        Found[] found = [.. shadows.Select(shadow => Attack(shadow.Key, forget.Of(shadow.Key), shadow.Value, test.Of(shadow.Key)))];
        Found[] judged = [.. found.Where(f => f.Count > 0)];
        GroupAttack Group(string name, ValueList<int> classes)
        {
            Found[] own = [.. judged.Where(f => classes.Contains(f.Class))];
            return new GroupAttack(name, own.Sum(f => f.Count), Weighted(own, f => f.NonMember), Weighted(own, f => f.Area));
        }

        return new ClassConditionalAttack(
            Weighted(judged, f => f.NonMember),
            judged.Select(f => f.NonMember).DefaultIfEmpty(double.NaN).Average(),
            Weighted(judged, f => f.Area),
            found.Sum(f => f.ShadowAccuracy * f.ShadowCount) / found.Sum(f => f.ShadowCount),
            forget.Count - judged.Sum(f => f.Count),
            [Group(nameof(groups.Head), groups.Head), Group(nameof(groups.Middle), groups.Middle), Group(nameof(groups.Tail), groups.Tail)]);
    }

    private static Found Attack(int label, float[] forget, ShadowSets shadow, float[] test)
    {
        var threshold = ThresholdAttack.Fit(shadow.Members, shadow.NonMembers);
        return new Found(
            label, forget.Length, 100.0 * forget.Count(value => !threshold.IsMember(value)) / forget.Length,
            forget.Length == 0 ? double.NaN : RankComparison.AreaUnderCurve(forget, test), threshold.Accuracy, shadow.Members.Length);
    }

    private static double Weighted(Found[] found, Func<Found, double> number) => found.Sum(f => f.Count * number(f)) / found.Sum(f => f.Count);

    private sealed record Found(int Class, int Count, double NonMember, double Area, double ShadowAccuracy, int ShadowCount);
}
