namespace FaLW.Data;

/// <summary>A forget set drawn without regard to class, as earlier work on unlearning draws it.</summary>
public static class RandomDraw
{
    /// <summary>How many samples of each class one uniform draw without replacement takes.</summary>
    /// <param name="total">Samples to draw over all classes; at most all there are.</param>
    /// <param name="capacity">For each class how many samples there are.</param>
    /// <param name="seed">Seed of the draw; zero is a seed.</param>
    /// <returns>For each class its count; they sum to the total.</returns>
    /// <exception cref="Fault">The total is negative or more than there are.</exception>
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
