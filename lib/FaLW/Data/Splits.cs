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

    /// <summary>Takes four lists and checks their promises.</summary>
    /// <param name="forget">Rows to forget, head class first, in drawn order.</param>
    /// <param name="retain">Rows that stay, ascending.</param>
    /// <param name="unseen">Rows nobody trains on, ascending; may be empty.</param>
    /// <param name="test">Rows <paramref name="trainCount"/> and above, ascending.</param>
    /// <param name="labels">Label of every row of the image set.</param>
    /// <param name="trainCount">Rows before this one are the train part.</param>
    /// <param name="classes">Number of classes, labels 0 to this - 1.</param>
    /// <exception cref="Fault">The lists overlap, miss a row, leave their range, or a list that must hold something is empty.</exception>
    public Splits(
        IReadOnlyList<int> forget, IReadOnlyList<int> retain, IReadOnlyList<int> unseen, IReadOnlyList<int> test,
        IReadOnlyList<int> labels, int trainCount, int classes)
    {
        SplitPromises.Check(forget, retain, unseen, test, labels, trainCount, classes);
        (Forget, Retain, Unseen, Test) = (forget.ToValueList(), retain.ToValueList(), unseen.ToValueList(), test.ToValueList());
        (this.labels, Classes) = (labels, classes);
        ForgetCounts = CountsOf(Forget);
        Reference = Unseen;
        ClassesWithoutUnseen = CountsOf(Unseen).Index().Where(k => k.Item == 0).Select(k => k.Index).ToValueList();
        Groups = ClassGroups.Of(ForgetCounts);
        Hash = HashOf([Forget, Retain, Unseen, Test]);
    }

    /// <summary>Rows to forget, in drawn order: the class of rank 1 first, within a class as drawn. Two rules with one seed draw the same rows of a class in the same order.</summary>
    public ValueList<int> Forget { get; }

    /// <summary>Training rows that stay, ascending.</summary>
    public ValueList<int> Retain { get; }

    /// <summary>Rows of the train part that neither Original nor Retrain nor any method trains on, ascending. They depend on the seed and the unseen share only, not on the forget rule.</summary>
    public ValueList<int> Unseen { get; }

    /// <summary>The unseen rows that a method may look at, ascending: all of them, unless <see cref="DataSpec.HeldBack"/> keeps a part from it.</summary>
    public ValueList<int> Reference { get; private init; }

    /// <summary>The unseen rows that no method looks at, ascending; usually none.</summary>
    public ValueList<int> HeldBack => [.. Unseen.Except(Reference)];

    /// <summary>Rows of the test part, ascending.</summary>
    public ValueList<int> Test { get; }

    /// <summary>Number of classes.</summary>
    public int Classes { get; }

    /// <summary>For each class how many of its samples are forgotten; at least 1 each when made by <see cref="Of"/>.</summary>
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
        var draw = new SplitDraw(spec.Checked(), labels, trainCount, classes);
        return new Splits(draw.Forget, draw.Retain, draw.Unseen, draw.Test, labels, trainCount, classes) { Spec = spec, Reference = [.. draw.Reference] };
    }

    /// <summary>Splits around a given forget set: the unseen part is cut from the other training rows of every class, the rest stays.</summary>
    /// <param name="forget">Rows to forget, in the train part.</param>
    /// <param name="spec">Unseen share and seed; its forget rule is not looked at.</param>
    /// <param name="labels">Label of every row, train part first.</param>
    /// <param name="trainCount">Number of rows in the train part.</param>
    /// <param name="classes">Number of classes.</param>
    /// <exception cref="Fault">Nothing is left to retain, or a row is out of range.</exception>
    public static Splits Around(IReadOnlyList<int> forget, DataSpec spec, IReadOnlyList<int> labels, int trainCount, int classes)
    {
        var others = Enumerable.Range(0, trainCount).Except(forget).ToLookup(row => labels[row]);
        int[] unseen = [.. others.OrderBy(rows => rows.Key).SelectMany(rows => Cut([.. rows], spec, rows.Key)).Order()];
        int[] retain = [.. others.SelectMany(rows => rows).Except(unseen).Order()];
        return new Splits(forget, retain, unseen, [.. Enumerable.Range(trainCount, labels.Count - trainCount)], labels, trainCount, classes);
    }

    private static int[] Cut(int[] rows, DataSpec spec, int label)
    {
        new SeededStream(spec.Seed, FormattableString.Invariant($"unseen of class {label}")).Shuffle<int>(rows);
        return rows[..spec.Cut(rows.Length)];
    }

    private ValueList<int> CountsOf(ValueList<int> rows)
    {
        var counts = new int[Classes];
        foreach (var row in rows) counts[labels[row]]++;
        return counts.ToValueList();
    }

    private static string HashOf(IEnumerable<ValueList<int>> lists)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        foreach (var number in lists.SelectMany(list => list.Prepend(list.Count)))
            hash.AppendData(BitConverter.IsLittleEndian ? BitConverter.GetBytes(number) : [.. BitConverter.GetBytes(number).Reverse()]);
        return Convert.ToHexStringLower(hash.GetHashAndReset());
    }
}
