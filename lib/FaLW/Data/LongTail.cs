namespace FaLW.Data;

/// <summary>
/// Class counts of a long-tailed draw. Rank k = 1..C asks for lambda * k^-gamma samples and gets at
/// least 1 and at most its capacity; what a full class cannot give is spread over the others by the
/// same law (water-filling). A choice of this kit: the FaLW paper states no law.
/// </summary>
public static class LongTail
{
    /// <summary>Whole counts that sum exactly to the total (largest remainder, ties to the lower rank).</summary>
    /// <param name="total">Samples to draw over all classes.</param>
    /// <param name="gamma">Steepness; 0 asks the same of every class.</param>
    /// <param name="capacity">For each rank, head first, how many samples may be drawn.</param>
    /// <returns>For each rank its count, between 1 and its capacity; never rising where capacities are equal.</returns>
    /// <exception cref="Fault">The total is below one per class or above what all classes can give.</exception>
    public static int[] Counts(int total, double gamma, IReadOnlyList<int> capacity)
    {
        if (Objection(total, capacity) is { } objection) throw new Fault(objection);
        double[] demand = [.. Enumerable.Range(1, capacity.Count).Select(k => Math.Pow(k, -gamma))];
        var level = Level(total, demand, capacity);

        // Powers may differ in their last bit between machines; six decimals are the same on all of them.
        double[] quota = [.. demand.Select((weight, k) => Math.Round(Math.Clamp(level * weight, 1, capacity[k]), 6))];
        int[] counts = [.. quota.Select(q => (int)q)];
        var largestRemainder = Enumerable.Range(0, quota.Length).OrderByDescending(k => quota[k] - counts[k]).ThenBy(k => k);
        foreach (var k in largestRemainder.Take(total - counts.Sum())) counts[k]++;
        return counts;
    }

    private static double Level(int total, double[] demand, IReadOnlyList<int> capacity)
    {
        double low = 0, high = Enumerable.Range(0, demand.Length).Max(k => capacity[k] / demand[k]);
        for (var step = 0; step < 200; step++)
        {
            var middle = (low + high) / 2;
            var sum = demand.Select((weight, k) => Math.Clamp(middle * weight, 1, capacity[k])).Sum();
            if (sum < total) low = middle;
            else high = middle;
        }

        return high;
    }

    /// <summary>Why so many samples cannot be drawn; null when they can.</summary>
    internal static string? Objection(int total, IReadOnlyList<int> capacity)
    {
        if (capacity.ToList().FindIndex(c => c < 1) is var rank and >= 0)
            return FormattableString.Invariant($"The class of rank {rank + 1} has no sample that may be forgotten; raise the cap or use more training images per class.");
        var most = capacity.Sum(c => (long)c);
        if (total > most)
            return FormattableString.Invariant($"{total} samples are to be forgotten but the cap allows only {most} over {capacity.Count} classes; lower the share or raise the cap.");
        return total >= capacity.Count ? null : FormattableString.Invariant(
            $"{total} samples are to be forgotten but each of the {capacity.Count} classes gives at least one; raise the share to at least {capacity.Count} samples.");
    }
}
