using System.IO.Compression;
using static TorchSharp.torch;

namespace FaLW.Data;

/// <summary>
/// A table of people with a decision about each and a group that no model is told: German Credit, which travels with the kit, and Adult, where it is here. Numbers are
/// kept as they are, words become columns of 0 and 1; a word for "unknown" ("?" in Adult) is a word like every other.
/// </summary>
public sealed class TabularSet
{
    internal TabularSet(TableForm form, ValueList<string> columns, int numbers, double[][] rows, bool[] labels, int[] groups, int trainCount) =>
        (Form, Columns, Numbers, Rows, Labels, Groups, TrainCount) = (form, columns, numbers, rows, labels, groups, trainCount);

    /// <summary>"German Credit" or "Adult".</summary>
    public string Name => Form.Name;

    /// <summary>What label 1 says, e.g. "good credit".</summary>
    public string Outcome => Form.Outcome;

    /// <summary>The names of group 0 and group 1.</summary>
    public ValueList<string> GroupNames => Form.GroupNames;

    /// <summary>Names of the features, numbers first, then "column=word".</summary>
    public ValueList<string> Columns { get; }

    /// <summary>The first so many rows are to train and to validate on; the others are the official test part, where there is one.</summary>
    public int TrainCount { get; }

    /// <summary>Number of people.</summary>
    public int Count => Rows.Length;

    internal TableForm Form { get; }

    internal int Numbers { get; }

    internal double[][] Rows { get; }

    internal bool[] Labels { get; }

    internal int[] Groups { get; }

    /// <summary>German Credit (Hofmann 1994, UCI, CC BY 4.0): 1,000 applicants, good or bad credit; inside the assembly.</summary>
    public static TabularSet GermanCredit()
    {
        using var text = new StreamReader(new GZipStream(typeof(TabularSet).Assembly.GetManifestResourceStream("credit-g.arff.gz")!, CompressionMode.Decompress));
        while (text.ReadLine() is { } line && line != "@data") { }
        return TableForm.GermanCredit.Read(text);
    }

    /// <summary>Adult (Becker and Kohavi 1996, UCI, CC BY 4.0): 48,842 people of the census of 1994, income above 50,000 dollars or not, in its official parts.</summary>
    /// <param name="shelf">Where adult.data and adult.test are looked for, plain or gzipped.</param>
    /// <exception cref="Fault">They are not there, or not what UCI publishes.</exception>
    public static TabularSet Adult(DataShelf shelf) => TableForm.Adult.Read(new StringReader(AdultFiles.Text(shelf, 0)), new StringReader(AdultFiles.Text(shelf, 1)));

    /// <summary>Adult where it is here, else German Credit.</summary>
    /// <param name="shelf">Where Adult is looked for.</param>
    /// <param name="said">Told in a sentence when German Credit answers for Adult; null for nobody.</param>
    public static TabularSet AdultOrCredit(DataShelf shelf, TextWriter? said)
    {
        if (AdultFiles.Find(shelf) is not null) return Adult(shelf);
        said?.WriteLine(AdultFiles.Lack(shelf) + " German Credit, 1,000 people, answers in its place.");
        return GermanCredit();
    }

    /// <summary>People to train on and to validate with, drawn; the others, or the official test part, are for reporting. Numbers are centred and scaled by the people to train on.</summary>
    /// <param name="seed">Seed of the draw; zero is a seed.</param>
    /// <param name="train">How many to train on.</param>
    /// <param name="validation">How many to validate with.</param>
    /// <param name="flipped">Share of the people to train on whose decision is turned round, 0 to 1, rounded down: noise that nobody is told of.</param>
    /// <exception cref="Fault">There are not so many, or a part lacks a group or a decision.</exception>
    public TabularSplit Split(int seed, int train, int validation, double flipped = 0)
    {
        if (train < 1 || validation < 1 || train + validation > TrainCount - (TrainCount == Count ? 1 : 0) || flipped is not (>= 0 and <= 1))
            throw new Fault(Invariant(
                $"{Name} has {TrainCount} people to train and to validate on and to leave over for a test, but {train} and {validation} were asked for, with a share of {flipped} turned round; ask for fewer people, and a share from 0 to 1."));
        var order = new SeededStream(seed, $"rows of {Name}").Permutation(TrainCount);
        int[] test = TrainCount == Count ? order[(train + validation)..] : [.. Enumerable.Range(TrainCount, Count - TrainCount)];
        HashSet<int> turned = [.. new SeededStream(seed, "flipped labels").Permutation(train).Take((int)Math.Floor((decimal)flipped * train))];
        var (means, scales) = Scale(order[..train]);
        TabularPart Part(int[] rows, bool isTrain = false) => new(
            rows.Select(row => Rows[row].Select((value, k) => (value - means[k]) / scales[k]).ToArray()), [.. rows.Select((row, i) => Labels[row] != (isTrain && turned.Contains(i)))], [.. rows.Select(row => Groups[row])]);
        return new TabularSplit(this, seed, Part(order[..train], isTrain: true), Part(order[train..(train + validation)]), Part(test), [.. turned.Order()]);
    }

    private (double[] Means, double[] Scales) Scale(int[] rows)
    {
        double[] means = new double[Columns.Count], scales = [.. Enumerable.Repeat(1.0, Columns.Count)];
        for (var k = 0; k < Numbers; k++)
        {
            means[k] = rows.Average(row => Rows[row][k]);
            if (Math.Sqrt(rows.Average(row => Math.Pow(Rows[row][k] - means[k], 2))) is var deviation and > 0) scales[k] = deviation;
        }

        return (means, scales);
    }
}

/// <summary>A table cut in three.</summary>
/// <param name="Set">The table.</param>
/// <param name="Seed">Seed of the draw.</param>
/// <param name="Train">People to train on.</param>
/// <param name="Validation">People on whom task and utility are measured.</param>
/// <param name="Test">People nobody looks at before the end.</param>
/// <param name="Flipped">Which of the people to train on had their decision turned round, ascending.</param>
public sealed record TabularSplit(TabularSet Set, int Seed, TabularPart Train, TabularPart Validation, TabularPart Test, ValueList<int> Flipped);

/// <summary>Some people as tensors on the processor, on which nothing is trained in place.</summary>
public sealed class TabularPart : IDisposable
{
    /// <summary>Makes the tensors.</summary>
    /// <param name="rows">Features of each person; a column of ones is added.</param>
    /// <param name="labels">The decision on record.</param>
    /// <param name="groups">0 or 1.</param>
    /// <exception cref="Fault">A group or a decision does not occur.</exception>
    public TabularPart(IEnumerable<IReadOnlyList<double>> rows, ValueList<bool> labels, ValueList<int> groups)
        : this(Matrix([.. rows], labels.Count), labels, groups)
    {
    }

    /// <summary>Takes the features over: float64 [n, d], the last column ones.</summary>
    internal TabularPart(Tensor features, ValueList<bool> labels, ValueList<int> groups)
    {
        if (labels.Distinct().Count() != 2 || groups.Distinct().Count() != 2)
            throw new Fault(Invariant($"A part of {labels.Count} people lacks a group or a decision, so groups cannot be compared; take more people or another seed."));
        (Features, HostLabels, HostGroups) = (features.DetachFromDisposeScope(), labels, groups);
        Labels = tensor([.. labels.Select(label => label ? 1L : 0)], [labels.Count], dtype: int64).DetachFromDisposeScope();
        Group = tensor([.. groups.Select(group => (long)group)], [groups.Count], dtype: int64).DetachFromDisposeScope();
    }

    /// <summary>Features and a column of ones: float64 [n, d + 1].</summary>
    public Tensor Features { get; }

    /// <summary>1 where the record says yes: int64 [n].</summary>
    public Tensor Labels { get; }

    /// <summary>0 or 1: int64 [n].</summary>
    public Tensor Group { get; }

    /// <summary>The decision on record of each person.</summary>
    public ValueList<bool> HostLabels { get; }

    /// <summary>The group of each person.</summary>
    public ValueList<int> HostGroups { get; }

    /// <summary>Number of people.</summary>
    public int Count => HostLabels.Count;

    /// <summary>The same people with other features: float64 [n, d], taken over.</summary>
    internal TabularPart With(Tensor features) => new(features, HostLabels, HostGroups);

    /// <inheritdoc/>
    public void Dispose() => Owned.Release(Features, Labels, Group);

    private static Tensor Matrix(IReadOnlyList<double>[] rows, int count) =>
        tensor([.. rows.SelectMany(row => row.Append(1))], [count, rows.Length == 0 ? 1 : rows[0].Count + 1], dtype: float64);
}
