namespace FaLW.Metrics;

/// <summary>The area under the receiver operating characteristic, a threshold-free comparison of two samples.</summary>
public static class RankComparison
{
    /// <summary>
    /// Chance that a random member has a larger value than a random non-member, equal values counting
    /// half: 0.5 is no difference, 1 is perfect separation. Exact, from ranks (Mann and Whitney 1947).
    /// </summary>
    /// <param name="members">Values expected to be larger, at least one.</param>
    /// <param name="nonMembers">Values expected to be smaller, at least one.</param>
    /// <returns>0 to 1; NaN when a side is empty or a value is NaN, which has no rank.</returns>
    public static double AreaUnderCurve(IReadOnlyList<float> members, IReadOnlyList<float> nonMembers)
    {
        if (members.Any(float.IsNaN) || nonMembers.Any(float.IsNaN)) return double.NaN;
        float[] sorted = [.. nonMembers.Order()];
        var wins = 0.0;
        foreach (var value in members)
            wins += (Below(sorted, value, orEqual: false) + Below(sorted, value, orEqual: true)) / 2.0;
        return wins / ((double)members.Count * nonMembers.Count);
    }

    private static int Below(float[] sorted, float value, bool orEqual)
    {
        var (low, high) = (0, sorted.Length);
        while (low < high)
        {
            var middle = (low + high) / 2;
            if (sorted[middle] < value || (orEqual && sorted[middle] == value)) low = middle + 1;
            else high = middle;
        }

        return low;
    }
}
