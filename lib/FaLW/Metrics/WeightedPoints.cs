namespace FaLW.Metrics;

/// <summary>
/// Labelled numbers in which equal values of one label are one point with a weight. For a support vector
/// classifier this changes nothing: m equal points with the box [0, C] each are one with the box [0, mC].
/// Values are merged only when equal to the last bit; nothing is rounded.
/// </summary>
/// <param name="Values">Distinct numbers, ascending; a number with both labels stands twice.</param>
/// <param name="Signs">+1 for a member, -1 for a non-member.</param>
/// <param name="Weights">How often each point occurs.</param>
internal sealed record WeightedPoints(double[] Values, double[] Signs, double[] Weights)
{
    /// <summary>Number of distinct points.</summary>
    public int Count => Values.Length;

    /// <summary>Merges two samples.</summary>
    /// <param name="members">Values of the members.</param>
    /// <param name="nonMembers">Values of the non-members.</param>
    public static WeightedPoints Of(IReadOnlyList<float> members, IReadOnlyList<float> nonMembers)
    {
        var groups = members.Select(value => (value, sign: 1.0)).Concat(nonMembers.Select(value => (value, sign: -1.0)))
            .GroupBy(point => point).OrderBy(group => group.Key).ToList();
        return new WeightedPoints(
            [.. groups.Select(group => (double)group.Key.value)],
            [.. groups.Select(group => group.Key.sign)],
            [.. groups.Select(group => (double)group.Count())]);
    }
}
