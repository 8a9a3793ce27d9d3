using FaLW.Data;

namespace FaLW.Metrics;

/// <summary>
/// What population attacks say about the forget set. Not "higher is better": random-label methods can
/// exceed Retrain (a Streisand effect), so only the distance from Retrain's figure counts.
/// </summary>
/// <param name="SupportVector">Percent of the forget set taken for non-members by the support vector attack; the figure of the tables.</param>
/// <param name="Threshold">The same for the best-threshold attack.</param>
/// <param name="ForgetArea">Area under the curve of forget set against test set, 0 to 1; 0.5: forgotten samples look like unseen ones.</param>
/// <param name="ShadowArea">Area under the curve of known members against known non-members: what there is to be found.</param>
/// <param name="ShadowAccuracy">Percent of the known samples the support vector attack gets right; 50 is chance.</param>
/// <param name="ShadowCount">Known members, as many as known non-members.</param>
/// <param name="Gap">Relative duality gap of the support vector classifier: how far it can be from the exact one.</param>
public sealed record MembershipInference(
    double SupportVector, double Threshold, double ForgetArea, double ShadowArea, double ShadowAccuracy, int ShadowCount, double Gap)
{
    // Decision values this near zero are rounding: like LIBSVM on an exact zero they count as members.
    private const double Undecided = 1e-9;

    /// <summary>Runs the attacks on one model; the seed of the shadow draw is to be the same for every model that is compared.</summary>
    /// <exception cref="Fault">No class has both retained and test samples.</exception>
    public static MembershipInference Of(Prediction forget, Prediction retain, Prediction test, int seed)
    {
        var shadow = ShadowSets.Draw(retain, test, seed);
        var classifier = SupportVectorClassifier.Fit(shadow.Members, shadow.NonMembers);
        var threshold = ThresholdAttack.Fit(shadow.Members, shadow.NonMembers);
        bool IsNonMember(float value) => classifier.Decide(value) < -Undecided;
        return new MembershipInference(
            Percent(forget.TrueClassProbability, IsNonMember),
            Percent(forget.TrueClassProbability, value => !threshold.IsMember(value)),
            RankComparison.AreaUnderCurve(forget.TrueClassProbability, test.TrueClassProbability),
            RankComparison.AreaUnderCurve(shadow.Members, shadow.NonMembers),
            (100 - Percent(shadow.Members, IsNonMember) + Percent(shadow.NonMembers, IsNonMember)) / 2,
            shadow.Members.Length,
            classifier.Gap);
    }

    private static double Percent(float[] values, Func<float, bool> wanted) => 100.0 * values.Count(wanted) / values.Length;
}

/// <summary>The area under the receiver operating characteristic, a threshold-free comparison of two samples.</summary>
public static class RankComparison
{
    /// <summary>
    /// Chance that a random member has a larger value than a random non-member, equal values counting
    /// half: 0.5 is no difference, 1 is perfect separation. Exact, from ranks (Mann and Whitney 1947).
    /// </summary>
    /// <returns>0 to 1; NaN when a side is empty or a value is NaN, which has no rank.</returns>
    public static double AreaUnderCurve(IReadOnlyList<float> members, IReadOnlyList<float> nonMembers)
    {
        if (members.Any(float.IsNaN) || nonMembers.Any(float.IsNaN)) return double.NaN;
        var (below, wins) = (0, 0.0);
        foreach (var (_, own, others) in AttackCurve.Steps(members, nonMembers)) (below, wins) = (below + others, wins + (own * (below + (others / 2.0))));
        return wins / ((double)members.Count * nonMembers.Count);
    }
}

/// <summary>
/// The simplest attack: a sample is taken for a member when its value is at least the threshold that
/// separates known members from known non-members best (Yeom et al. 2018, on confidence).
/// </summary>
/// <param name="Threshold">Values from here on are taken for members.</param>
/// <param name="Accuracy">Share of the known samples on the right side, in percent.</param>
internal sealed record ThresholdAttack(double Threshold, double Accuracy)
{
    /// <summary>The exact best threshold; of several equally good ones the lowest.</summary>
    public static ThresholdAttack Fit(IReadOnlyList<float> members, IReadOnlyList<float> nonMembers)
    {
        Demand.Some(Math.Min(members.Count, nonMembers.Count), "Values of known members and of known non-members");
        Demand.Finite([.. members, .. nonMembers], "Values of known samples");
        var steps = AttackCurve.Steps(members, nonMembers);
        var right = members.Count;
        var (best, threshold) = (right, (double)steps[0].Value);
        for (var i = 0; i < steps.Count; i++)
        {
            right += steps[i].Others - steps[i].Members;
            if (right <= best) continue;
            best = right;
            threshold = i + 1 < steps.Count ? steps[i + 1].Value : double.PositiveInfinity;
        }

        return new ThresholdAttack(threshold, 100.0 * best / (members.Count + nonMembers.Count));
    }

    public bool IsMember(double value) => double.IsNaN(value) || double.IsNaN(Threshold)
        ? throw new Fault("An attack was asked about a sample whose value is not a number; a NaN lies on neither side of a threshold.")
        : value >= Threshold;
}

/// <summary>
/// What an attacker learns from: true-class probabilities of known members (of the retain set) and known non-members (of the test set), as many
/// of one as of the other in every class, so that neither class frequency nor class difficulty betrays
/// membership. A class with no member or no non-member left takes no part.
/// </summary>
internal sealed record ShadowSets(float[] Members, float[] NonMembers)
{
    public static ShadowSets Draw(Prediction retain, Prediction test, int seed)
    {
        var classes = PerClass(new Signal(retain.TrueClassProbability, retain.Labels), new Signal(test.TrueClassProbability, test.Labels), seed);
        return new ShadowSets([.. classes.Values.SelectMany(part => part.Members)], [.. classes.Values.SelectMany(part => part.NonMembers)]);
    }

    /// <summary>The same draw, class by class in ascending order.</summary>
    public static SortedDictionary<int, ShadowSets> PerClass(Signal retain, Signal test, int seed)
    {
        var members = ByClass(retain, seed, "shadow members");
        var nonMembers = ByClass(test, seed, "shadow non-members");
        var shared = members.Keys.Intersect(nonMembers.Keys).ToDictionary(
            k => k, k => new ShadowSets([.. members[k].Take(nonMembers[k].Length)], [.. nonMembers[k].Take(members[k].Length)]));
        return shared.Count > 0
            ? new SortedDictionary<int, ShadowSets>(shared)
            : throw new Fault("The membership attack needs a class with both retained and test images, but there is none; forget less or lower the cap.");
    }

    private static Dictionary<int, float[]> ByClass(Signal signal, int seed, string purpose) =>
        signal.Labels.Zip(signal.Values).GroupBy(sample => sample.First).ToDictionary(group => group.Key, group =>
        {
            float[] own = [.. group.Select(sample => sample.Second)];
            new SeededStream(seed, Invariant($"{purpose} of class {group.Key}")).Shuffle<float>(own);
            return own;
        });
}
