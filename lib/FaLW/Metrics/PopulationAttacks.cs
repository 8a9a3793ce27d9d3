using FaLW.Data;
using FaLW.Models;

namespace FaLW.Metrics;

/// <summary>The population attacks beside <see cref="MembershipInference"/>, each under its own name.</summary>
/// <param name="Margin">One threshold per class on the margin, which orders samples of a class as their confidence does.</param>
/// <param name="ModifiedEntropy">One threshold per class on minus the modified entropy of Song and Mittal.</param>
/// <param name="Entropy">Logistic regression on the entropy, after SFRon's code.</param>
public sealed record PopulationAttacks(ClassConditionalAttack Margin, ClassConditionalAttack ModifiedEntropy, EntropyAttack Entropy)
{
    /// <summary>Runs the attacks on the logits of one model; the seed of the shadow draw is to be the same for every model that is compared.</summary>
    /// <exception cref="Fault">No class has both retained and test samples.</exception>
    internal static PopulationAttacks Of(LogitTable forget, LogitTable retain, LogitTable test, ClassGroups groups, int seed)
    {
        ClassConditionalAttack Conditional(Func<LogitTable, IEnumerable<double>> read)
        {
            Signal Of(LogitTable table) => Signal.Of(read(table), table.Labels);
            return ClassConditionalAttack.Of(Of(forget), Of(retain), Of(test), groups, seed);
        }

        return new PopulationAttacks(
            Conditional(table => table.Margins()), Conditional(table => table.ModifiedEntropies().Select(entropy => -entropy)),
            EntropyAttack.Of(forget.Entropies(), retain.Entropies(), test.Entropies()));
    }
}

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
    internal static ClassConditionalAttack Of(Signal forget, Signal retain, Signal test, ClassGroups groups, int seed)
    {
        Found[] found = [.. ShadowSets.PerClass(retain, test, seed).Select(shadow => Attack(shadow.Key, forget.Of(shadow.Key), shadow.Value, test.Of(shadow.Key)))];
        Found[] judged = [.. found.Where(f => f.Count > 0)];
        return new ClassConditionalAttack(
            Weighted(judged, f => f.NonMember), Means.Mean(judged.Select(f => f.NonMember)), Weighted(judged, f => f.Area),
            Means.Weighted(found, f => f.ShadowCount, f => f.ShadowAccuracy),
            forget.Count - judged.Sum(f => f.Count),
            groups.Each(judged, f => f.Class, (name, own) =>
                new GroupAttack(name, own.Sum(f => f.Count), Weighted(own, f => f.NonMember), Weighted(own, f => f.Area))));
    }

    private static Found Attack(int label, float[] forget, ShadowSets shadow, float[] test)
    {
        var threshold = ThresholdAttack.Fit(shadow.Members, shadow.NonMembers);
        return new Found(
            label, forget.Length, 100.0 * forget.Count(value => !threshold.IsMember(value)) / forget.Length,
            forget.Length == 0 ? double.NaN : RankComparison.AreaUnderCurve(forget, test), threshold.Accuracy, shadow.Members.Length);
    }

    private static double Weighted(Found[] found, Func<Found, double> number) => Means.Weighted(found, f => f.Count, number);

    private sealed record Found(int Class, int Count, double NonMember, double Area, double ShadowAccuracy, int ShadowCount);
}

/// <summary>
/// The membership attack that the family of SFRon's code reports (K1nght/Unified-Unlearning-w-Remain-Geometry, also in CityU-MLO/DualOptim): logistic regression with
/// balanced classes on the entropy of the softmax, trained on the whole retain set against the whole test set. It counts
/// forget samples taken for <em>members</em>, so it runs opposite to <see cref="MembershipInference"/>; the two are never to share a column.
/// </summary>
/// <param name="Member">Percent of the forget set taken for members; lower is more forgotten, Retrain's figure is the aim.</param>
/// <param name="ShadowAccuracy">Percent of known members and non-members it gets right, both sides counting half; 50 is chance.</param>
/// <param name="Boundary">The entropy, in nats, at which it changes its mind; infinite when the slope is zero.</param>
public sealed record EntropyAttack(double Member, double ShadowAccuracy, double Boundary)
{
    /// <summary>Runs the attack on the entropies of one model, in nats.</summary>
    /// <exception cref="Fault">The forget set is empty or an entropy is not finite.</exception>
    public static EntropyAttack Of(IReadOnlyList<double> forget, IReadOnlyList<double> retain, IReadOnlyList<double> test)
    {
        Demand.Some(forget.Count, "Entropies on the forget set");
        Demand.Finite(forget, "Entropies on the forget set");
        var model = LogisticRegression.Fit(retain, test);
        double Members(IReadOnlyList<double> values) => 100.0 * values.Count(value => model.Decide(value) > 0) / values.Count;
        return new EntropyAttack(
            Members(forget), (Members(retain) + 100 - Members(test)) / 2, model.Slope == 0 ? double.PositiveInfinity : -model.Intercept / model.Slope);
    }
}

/// <summary>What an attacker reads from a model's output: one finite number per sample, larger for what looks more like a member, and its true class.</summary>
internal sealed record Signal(float[] Values, int[] Labels)
{
    public float[] Values { get; } = Checked(Values, Labels);

    public int Count => Labels.Length;

    public static Signal Of(IEnumerable<double> values, IEnumerable<int> labels) => new([.. values.Select(value => (float)value)], [.. labels]);

    public float[] Of(int label) => [.. Values.Where((_, i) => Labels[i] == label)];

    private static float[] Checked(float[] values, int[] labels)
    {
        Demand.Alike(values.Length, labels.Length, "Signals and labels");
        Demand.Finite(values, "Signals of an attack");
        return values;
    }
}

/// <summary>
/// Logistic regression on one number with balanced classes and an L2 penalty on the slope alone: the optimum of scikit-learn's
/// LogisticRegression(C = cost, class_weight = "balanced"), found by Newton's method.
/// </summary>
internal sealed record LogisticRegression(double Slope, double Intercept)
{
    private const int MostSteps = 100;
    private const double Enough = 1e-12;

    public static LogisticRegression Fit(IReadOnlyList<double> members, IReadOnlyList<double> nonMembers, double cost = 1)
    {
        if (members.Count == 0 || nonMembers.Count == 0 || !members.Concat(nonMembers).All(double.IsFinite))
            throw new ArgumentException("A logistic regression needs at least one finite number of each class and nothing else.", nameof(members));
        Demand.Positive(cost, "The price of the loss");
        double all = members.Count + nonMembers.Count;
        (double X, double Y, double Weight)[] points =
        [
            .. members.Select(x => (x, 1.0, cost * all / (2 * members.Count))),
            .. nonMembers.Select(x => (x, -1.0, cost * all / (2 * nonMembers.Count))),
        ];
        var found = new LogisticRegression(0, 0);
        for (var step = 0; step < MostSteps; step++)
        {
            var next = found.Improved(points);
            var change = Math.Abs(next.Slope - found.Slope) + Math.Abs(next.Intercept - found.Intercept);
            found = next;
            if (change < Enough) break;
        }

        return found;
    }

    /// <summary>Log-odds of membership; positive is a member.</summary>
    public double Decide(double value) => Slope * value + Intercept;

    private LogisticRegression Improved((double X, double Y, double Weight)[] points)
    {
        var (slope, intercept) = Newton(points);
        var before = Loss(points);
        for (var step = 1.0; step > 1e-10; step /= 2)
        {
            var next = new LogisticRegression(Slope + step * slope, Intercept + step * intercept);
            if (next.Loss(points) <= before) return next;
        }

        return this;
    }

    private (double Slope, double Intercept) Newton((double X, double Y, double Weight)[] points)
    {
        var (first, second, xx, x1, one) = (Slope, 0.0, 1.0, 0.0, 0.0);
        foreach (var (x, y, weight) in points)
        {
            var wrong = 1 / (1 + Math.Exp(y * Decide(x)));
            first -= weight * y * x * wrong;
            second -= weight * y * wrong;
            var bend = weight * wrong * (1 - wrong);
            xx += bend * x * x;
            x1 += bend * x;
            one += bend;
        }

        var determinant = xx * one - x1 * x1;
        return ((x1 * second - one * first) / determinant, (x1 * first - xx * second) / determinant);
    }

    private double Loss((double X, double Y, double Weight)[] points)
    {
        var sum = Slope * Slope / 2;
        foreach (var (x, y, weight) in points)
        {
            var off = -y * Decide(x);
            sum += weight * (Math.Max(off, 0) + Math.Log(1 + Math.Exp(-Math.Abs(off))));
        }

        return sum;
    }
}
