using FaLW.Data;

namespace FaLW.Metrics;

/// <summary>The curve within head, middle or tail classes.</summary>
/// <param name="Name">"Head", "Middle" or "Tail".</param>
/// <param name="Curve">How well the score does there.</param>
public sealed record GroupCurve(string Name, AttackCurve Curve);

/// <summary>How well a score tells members from non-members, over all thresholds.</summary>
/// <param name="Area">Area under the receiver operating characteristic, 0 to 1; 0.5 is chance.</param>
/// <param name="BalancedAccuracy">Largest mean of both rates of success, 0.5 to 1; fitted on these very scores, so chance lies above 0.5.</param>
/// <param name="AtOnePercent">Largest true-positive rate with a false-positive rate of at most 1 %, 0 to 1; chance is 0.01.</param>
/// <param name="AtOneInThousand">The same at 0.1 %; needs a thousand non-members to mean anything.</param>
/// <param name="Members">Number of member scores.</param>
/// <param name="NonMembers">Number of non-member scores.</param>
public sealed record AttackCurve(
    double Area, double BalancedAccuracy, double AtOnePercent, double AtOneInThousand, int Members, int NonMembers)
{
    /// <summary>Compares scores, larger for members; equal scores are never torn apart.</summary>
    /// <returns>NaN rates when one side is empty or a score is NaN, which is above and below nothing.</returns>
    public static AttackCurve Of(IReadOnlyCollection<double> members, IReadOnlyCollection<double> nonMembers)
    {
        if (members.Count == 0 || nonMembers.Count == 0 || members.Any(double.IsNaN) || nonMembers.Any(double.IsNaN))
            return new AttackCurve(double.NaN, double.NaN, double.NaN, double.NaN, members.Count, nonMembers.Count);
        var (hits, alarms, area, balanced, percent, thousand) = (0.0, 0.0, 0.0, 0.5, 0.0, 0.0);
        foreach (var (_, right, wrong) in Steps(members, nonMembers).Reverse())
        {
            var (nextHits, nextAlarms) = (hits + (double)right / members.Count, alarms + (double)wrong / nonMembers.Count);
            area += (nextAlarms - alarms) * (hits + nextHits) / 2;
            (hits, alarms) = (nextHits, nextAlarms);
            balanced = Math.Max(balanced, (1 + hits - alarms) / 2);
            // The sums of equal shares miss round bounds by their last digits.
            if (alarms <= 0.01 + 1e-12) percent = hits;
            if (alarms <= 0.001 + 1e-12) thousand = hits;
        }

        return new AttackCurve(area, balanced, percent, thousand, members.Count, nonMembers.Count);
    }

    /// <summary>Every value once, ascending, with how many members and how many others have it.</summary>
    internal static IReadOnlyList<(T Value, int Members, int Others)> Steps<T>(IEnumerable<T> members, IEnumerable<T> others) =>
    [
        .. members.Select(value => (Value: value, IsMember: true)).Concat(others.Select(value => (Value: value, IsMember: false)))
            .GroupBy(sample => sample.Value, (value, same) => (Value: value, Members: same.Count(sample => sample.IsMember), Others: same.Count(sample => !sample.IsMember)))
            .OrderBy(step => step.Value),
    ];

    internal static ValueList<GroupCurve> Within(ClassGroups groups, Func<Func<int, bool>, AttackCurve> curve) =>
        groups.Each((name, classes) => new GroupCurve(name, curve(classes.Contains)));
}
