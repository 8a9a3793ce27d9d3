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

    private static double Level(int total, double[] demand, IReadOnlyList<int> capacity)
    {
        double low = 0, high = Enumerable.Range(0, demand.Length).Max(k => capacity[k] / demand[k]);
        for (var step = 0; step < 200; step++)
        {
            var middle = (low + high) / 2;
            var sum = demand.Select((weight, k) => Math.Clamp(middle * weight, 1, capacity[k])).Sum();
            (low, high) = sum < total ? (middle, high) : (low, middle);
        }

        return high;
    }
}

/// <summary>A forget set drawn without regard to class, as earlier work on unlearning draws it.</summary>
internal static class RandomDraw
{
    /// <summary>How many samples of each class one uniform draw without replacement takes.</summary>
    public static int[] Counts(int total, IReadOnlyList<int> capacity, int seed)
    {
        int[] labels = [.. capacity.SelectMany((count, k) => Enumerable.Repeat(k, count))];
        if (total < 0 || total > labels.Length)
            throw new Fault(FormattableString.Invariant($"{total} samples cannot be drawn from {labels.Length}; ask for 0 to {labels.Length}."));
        new SeededStream(seed, "random draw").Shuffle<int>(labels);
        var counts = new int[capacity.Count];
        foreach (var label in labels.AsSpan(0, total)) counts[label]++;
        return counts;
    }
}

/// <summary>
/// Classes in three groups of equal class count by how much of them is forgotten, the remainder in the
/// middle. The FaLW paper reports middle and tail groups without defining them; this is the kit's rule.
/// </summary>
/// <param name="Head">Ids of the classes with most forget samples, most first.</param>
/// <param name="Middle">Ids of the classes between.</param>
/// <param name="Tail">Ids of the classes with fewest forget samples, fewest last.</param>
public sealed record ClassGroups(ValueList<int> Head, ValueList<int> Middle, ValueList<int> Tail)
{
    /// <summary>Groups the classes by how many of each are forgotten; equal counts keep the order of their ids.</summary>
    internal static ClassGroups Of(IReadOnlyList<int> forgetCounts) => Cut(Ordered(forgetCounts), forgetCounts.Count / 3, forgetCounts.Count / 3);

    /// <summary>Thirds of the forget samples and not of the classes: the head is the fewest classes that hold a third of the samples, the tail the fewest forgotten ones that do; at least one class each.</summary>
    internal static ClassGroups OfSamples(IReadOnlyList<int> forgetCounts)
    {
        var order = Ordered(forgetCounts);
        var all = forgetCounts.Sum();
        int Third(IEnumerable<int> classes)
        {
            var (held, count) = (0, 0);
            foreach (var k in classes)
            {
                if (count > 0 && 3 * held >= all) break;
                (held, count) = (held + forgetCounts[k], count + 1);
            }
            return count;
        }

        var head = Third(order);
        return Cut(order, head, Math.Min(Third(order.Reverse()), order.Length - head));
    }

    /// <summary>"Head", "Middle" or "Tail".</summary>
    internal string NameOf(int label) => Head.Contains(label) ? nameof(Head) : Tail.Contains(label) ? nameof(Tail) : nameof(Middle);

    private static int[] Ordered(IReadOnlyList<int> counts) => [.. Enumerable.Range(0, counts.Count).OrderByDescending(k => counts[k]).ThenBy(k => k)];

    private static ClassGroups Cut(int[] order, int head, int tail) => new([.. order[..head]], [.. order[head..^tail]], [.. order[^tail..]]);
}
