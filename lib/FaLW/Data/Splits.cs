using System.Security.Cryptography;

namespace FaLW.Data;

/// <summary>
/// Four lists of row numbers into an <see cref="ImageSet"/>: forget and retain are together the training
/// set, unseen is never trained on by anyone, test is for reporting. That the lists are disjoint and
/// miss no row is checked in the constructor, so a Splits that exists is sound. Labels stay untouched.
/// </summary>
public sealed class Splits
{
    private readonly IReadOnlyList<int> labels;

    internal Splits(
        IReadOnlyList<int> forget, IReadOnlyList<int> retain, IReadOnlyList<int> unseen, IReadOnlyList<int> test,
        IReadOnlyList<int> labels, int trainCount, int classes)
    {
        (Forget, Retain, Unseen, Test) = ([.. forget], [.. retain], [.. unseen], [.. test]);
        (this.labels, Classes) = (labels, classes);
        Check(trainCount);
        ForgetCounts = CountsOf(Forget);
        Reference = Unseen;
        ClassesWithoutUnseen = [.. CountsOf(Unseen).Index().Where(k => k.Item == 0).Select(k => k.Index)];
        Groups = ClassGroups.Of(ForgetCounts);
        Hash = HashOf([Forget, Retain, Unseen, Test]);
    }

    /// <summary>Rows to forget, in drawn order: the class of rank 1 first, within a class as drawn; named ones ascending. Two rules with one seed draw the same rows of a class in the same order.</summary>
    public ValueList<int> Forget { get; }

    /// <summary>Training rows that stay, ascending.</summary>
    public ValueList<int> Retain { get; }

    /// <summary>Rows of the train part that neither Original nor Retrain nor any method trains on, ascending. They depend on the seed and the unseen share only, not on the forget rule, unless it names one of them.</summary>
    public ValueList<int> Unseen { get; }

    /// <summary>The unseen rows that a method may look at, ascending: all of them, unless <see cref="DataSpec.HeldBack"/> keeps a part from it.</summary>
    public ValueList<int> Reference { get; private init; }

    /// <summary>The unseen rows that no method looks at, ascending; usually none.</summary>
    public ValueList<int> HeldBack => [.. Unseen.Except(Reference)];

    /// <summary>Rows of the test part, ascending.</summary>
    public ValueList<int> Test { get; }

    /// <summary>Number of classes.</summary>
    public int Classes { get; }

    /// <summary>For each class how many of its samples are forgotten; at least 1 each when drawn by <see cref="Of"/>.</summary>
    public ValueList<int> ForgetCounts { get; }

    /// <summary>Classes that have no unseen sample, ascending; a forgetting-aware weighting cannot judge these.</summary>
    public ValueList<int> ClassesWithoutUnseen { get; }

    /// <summary>Head, middle and tail classes by <see cref="ForgetCounts"/>.</summary>
    public ClassGroups Groups { get; }

    /// <summary>SHA-256 in lower-case hex over Forget, Retain, Unseen, Test: of each its length and its rows as little-endian 32-bit numbers.</summary>
    public string Hash { get; }

    /// <summary>The spec these splits were drawn from; null when the lists were given.</summary>
    public DataSpec? Spec { get; private init; }

    /// <summary>Draws the splits of a spec: first the unseen part of every class, then the forget set from what is left.</summary>
    /// <param name="spec">Forget rule, unseen share and seed; its benchmark is not looked at.</param>
    /// <param name="labels">Label of every row, train part first.</param>
    /// <param name="trainCount">Number of rows in the train part.</param>
    /// <param name="classes">Number of classes.</param>
    /// <exception cref="Fault">The spec is out of range or asks for more than the classes can give.</exception>
    public static Splits Of(DataSpec spec, IReadOnlyList<int> labels, int trainCount, int classes)
    {
        var (seed, rule) = (spec.Checked().Seed, spec.Forget);
        var (rows, named) = (RowsByClass(labels, trainCount, classes), rule.Images?.ToHashSet() ?? []);
        int[] cuts = [.. rows.Select(own => Math.Min(spec.Cut(own.Length), own.Count(row => !named.Contains(row))))];
        for (var k = 0; k < classes; k++) Stream(seed, "unseen", k).Shuffle<int>(rows[k]);
        // Whoever asks to be forgotten was trained on: the next of the draw is unseen in the place of a named image.
        if (named.Count > 0) rows = [.. rows.Select(own => own.OrderBy(named.Contains).ToArray())];
        int[] unseen = [.. rows.SelectMany((own, k) => own[..cuts[k]]).Order()], known = [.. rows.SelectMany((own, k) => Known(spec, own[..cuts[k]], k)).Order()];

        int[][] train = [.. rows.Select((own, k) => own[cuts[k]..].Order().ToArray())];
        int[] forget = rule.IsNamed ? [.. rule.Images ?? train.Where((_, k) => rule.Classes!.Contains(k)).SelectMany(own => own)] : Drawn(rule, seed, train);
        return new Splits(forget, [.. train.SelectMany(own => own).Except(forget).Order()], unseen, TestRows(labels, trainCount), labels, trainCount, classes)
        {
            Spec = spec,
            Reference = [.. known],
        };
    }

    // Shuffles the rows of each class, in place, and takes the first of them.
    private static int[] Drawn(ForgetRule rule, int seed, int[][] train)
    {
        for (var k = 0; k < train.Length; k++) Stream(rule.DrawSeed ?? seed, "forget", k).Shuffle<int>(train[k]);
        var order = rule.ClassesByRank(seed, train.Length);
        var counts = LongTail.Counts(rule.Total(train.Sum(own => own.Length)), rule.Gamma, [.. order.Select(k => rule.Capacity(train[k].Length))]);
        return [.. order.SelectMany((k, rank) => train[k][..counts[rank]])];
    }

    /// <summary>Splits around a given forget set: the unseen part is cut from the other training rows of every class, the rest stays; the rule of the spec is not looked at.</summary>
    internal static Splits Around(IReadOnlyList<int> forget, DataSpec spec, IReadOnlyList<int> labels, int trainCount, int classes)
    {
        var others = Enumerable.Range(0, trainCount).Except(forget).ToLookup(row => labels[row]);
        int[] Cut(int[] rows, int label)
        {
            Stream(spec.Seed, "unseen", label).Shuffle<int>(rows);
            return rows[..spec.Cut(rows.Length)];
        }

        int[] unseen = [.. others.OrderBy(rows => rows.Key).SelectMany(rows => Cut([.. rows], rows.Key)).Order()];
        int[] retain = [.. others.SelectMany(rows => rows).Except(unseen).Order()];
        return new Splits(forget, retain, unseen, TestRows(labels, trainCount), labels, trainCount, classes);
    }

    private static int[] TestRows(IReadOnlyList<int> labels, int trainCount) => [.. Enumerable.Range(trainCount, labels.Count - trainCount)];

    private static SeededStream Stream(int seed, string purpose, int label) => new(seed, Invariant($"{purpose} of class {label}"));

    // One row of every class stays in view where there is one: a weighting needs it.
    private static int[] Known(DataSpec spec, int[] unseen, int label)
    {
        if (spec.HeldBack == 0) return unseen;
        Stream(spec.Seed, "held back", label).Shuffle<int>(unseen);
        return unseen[Math.Min((int)Math.Round(spec.HeldBack * unseen.Length, MidpointRounding.AwayFromZero), Math.Max(0, unseen.Length - 1))..];
    }

    private static int[][] RowsByClass(IReadOnlyList<int> labels, int trainCount, int classes)
    {
        var rows = Enumerable.Range(0, trainCount).ToLookup(row => labels[row]);
        if (rows.FirstOrDefault(k => k.Key < 0 || k.Key >= classes) is { } odd)
            throw new Fault(Invariant(
                $"Row {odd.First()} has label {odd.Key}, but with {classes} classes labels go from 0 to {classes - 1}; check the image set."));
        return [.. Enumerable.Range(0, classes).Select(k => rows[k].ToArray())];
    }

    private ValueList<int> CountsOf(ValueList<int> rows)
    {
        var counts = new int[Classes];
        foreach (var row in rows) counts[labels[row]]++;
        return [.. counts];
    }

    private static string HashOf(IEnumerable<ValueList<int>> lists) => Convert.ToHexStringLower(SHA256.HashData(
        [.. lists.SelectMany(list => list.Prepend(list.Count)).SelectMany(number => BitConverter.GetBytes(number))]));

    // The promises, each broken one with its sentence.
    private void Check(int trainCount)
    {
        if (trainCount < 0 || trainCount > labels.Count)
            throw new Fault(Invariant($"The train part is said to have {trainCount} rows but there are {labels.Count} in all."));
        var owner = new string?[labels.Count];
        foreach (var (name, rows) in new[] { ("forget", Forget), ("retain", Retain), ("unseen", Unseen), ("test", Test) })
        {
            if (rows.Count == 0 && name != "unseen") throw new Fault($"The {name} set is empty; forget fewer, or change the unseen share, so that every set has at least one sample.");
            Claim(name, rows, name == "test" ? trainCount : 0, name == "test" ? labels.Count : trainCount, owner);
        }

        if (Array.IndexOf(owner, null) is var row and >= 0)
            throw new Fault(Invariant($"Row {row} is in none of forget, retain, unseen and test; every row must be in exactly one."));
        if (labels.ToList().FindIndex(label => label < 0 || label >= Classes) is var odd and >= 0)
            throw new Fault(Invariant($"Row {odd} has label {labels[odd]}, but with {Classes} classes labels go from 0 to {Classes - 1}."));
    }

    private static void Claim(string name, IReadOnlyList<int> rows, int from, int to, string?[] owner)
    {
        foreach (var row in rows)
        {
            if (row < from || row >= to)
                throw new Fault(Invariant($"Row {row} cannot be in the {name} set, whose rows go from {from} to {to - 1}."));
            if (owner[row] is { } other)
                throw new Fault(other == name
                    ? Invariant($"Row {row} is twice in the {name} set; every row must be in exactly one set, once.")
                    : Invariant($"Row {row} is in the {other} set and in the {name} set; every row must be in exactly one."));
            owner[row] = name;
        }
    }
}
