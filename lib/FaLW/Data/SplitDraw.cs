using System.Globalization;

namespace FaLW.Data;

/// <summary>One draw of the four lists, before their promises are checked.</summary>
internal sealed class SplitDraw
{
    public SplitDraw(DataSpec spec, IReadOnlyList<int> labels, int trainCount, int classes)
    {
        var byClass = RowsByClass(labels, trainCount, classes);
        int[] cuts = [.. byClass.Select(rows => spec.Cut(rows.Length))];
        for (var k = 0; k < classes; k++) Stream(spec.Seed, "unseen", k).Shuffle<int>(byClass[k]);
        Unseen = [.. byClass.SelectMany((rows, k) => rows[..cuts[k]]).Order()];

        Reference = [.. byClass.SelectMany((rows, k) => Known(spec, rows[..cuts[k]], k)).Order()];

        int[][] train = [.. byClass.Select((rows, k) => rows[cuts[k]..])];
        foreach (var rows in train) Array.Sort(rows);
        for (var k = 0; k < classes; k++) Stream(spec.Forget.DrawSeed ?? spec.Seed, "forget", k).Shuffle<int>(train[k]);
        var counts = ForgetCounts(spec, train, out var order);
        Forget = [.. order.SelectMany((k, rank) => train[k][..counts[rank]])];
        Retain = [.. order.SelectMany((k, rank) => train[k][counts[rank]..]).Order()];
        Test = [.. Enumerable.Range(trainCount, labels.Count - trainCount)];
    }

    public int[] Forget { get; }

    public int[] Retain { get; }

    public int[] Unseen { get; }

    public int[] Reference { get; }

    public int[] Test { get; }

    // One row of every class stays in view where there is one: a weighting needs it.
    private static int[] Known(DataSpec spec, int[] unseen, int label)
    {
        if (spec.HeldBack == 0) return unseen;
        Stream(spec.Seed, "held back", label).Shuffle<int>(unseen);
        return unseen[Math.Min((int)Math.Round(spec.HeldBack * unseen.Length, MidpointRounding.AwayFromZero), Math.Max(0, unseen.Length - 1))..];
    }

    private static int[] ForgetCounts(DataSpec spec, int[][] train, out int[] order)
    {
        var rule = spec.Forget;
        order = Order(rule, spec.Seed, train.Length);

        return LongTail.Counts(Total(spec, train.Sum(rows => rows.Length)), rule.Gamma, [.. order.Select(k => Capacity(rule, train[k].Length))]);
    }

    /// <summary>Samples to forget of so many that could be trained on.</summary>
    public static int Total(DataSpec spec, int train) => (int)Math.Round(spec.Forget.Share * train, MidpointRounding.AwayFromZero);

    /// <summary>Samples that a class with so many to train on may give. The small term undoes a product such as 0.29 * 100 = 28.999999999999996.</summary>
    public static int Capacity(ForgetRule rule, int train) => (int)Math.Floor((rule.Cap * train) + 1e-9);

    /// <summary>The classes from head to tail.</summary>
    public static int[] Order(ForgetRule rule, int seed, int classes) => rule.Order == ClassOrder.Seeded
        ? new SeededStream(rule.OrderSeed ?? seed, "class order").Permutation(classes)
        : [.. Enumerable.Range(0, classes)];

    private static int[][] RowsByClass(IReadOnlyList<int> labels, int trainCount, int classes)
    {
        var rows = Enumerable.Range(0, trainCount).ToLookup(row => labels[row]);
        if (rows.FirstOrDefault(k => k.Key < 0 || k.Key >= classes) is { } odd)
            throw new Fault(FormattableString.Invariant(
                $"Row {odd.First()} has label {odd.Key}, but with {classes} classes labels go from 0 to {classes - 1}; check the image set."));
        return [.. Enumerable.Range(0, classes).Select(k => rows[k].ToArray())];
    }

    private static SeededStream Stream(int seed, string purpose, int label) =>
        new(seed, string.Create(CultureInfo.InvariantCulture, $"{purpose} of class {label}"));
}
