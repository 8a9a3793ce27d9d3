using FaLW.Data;
using FaLW.Experiments;
using FaLW.Figures;
using FaLW.Metrics;

namespace FaLW.Plots;

/// <summary>
/// Every class by name, most forgotten first, and where each method misses Retrain in it, in points. Over several seeds the numbers are means with
/// 95 % t-intervals; how many images a class forgets can differ by seed.
/// </summary>
public static class ClassTable
{
    /// <summary>One row per method and class.</summary>
    /// <param name="results">Any number of methods, seeds and settings.</param>
    /// <param name="label">Only the method of this name, as tables write it ("FaLW, τ 0.3"); null for all.</param>
    /// <param name="className">Only the class of this name or number; null for all.</param>
    /// <param name="group">"Head", "Middle" or "Tail", in any case; null for all.</param>
    /// <exception cref="Fault">There is no result, or none of that name; the sentence names those there are.</exception>
    public static Table Of(IEnumerable<RunResult> results, string? label = null, string? className = null, string? group = null)
    {
        var methods = MethodRuns.Of(results);
        Row[] rows = [.. Chosen.Methods(methods, label).SelectMany(method => Chosen.Classes(method.Runs[0], className, group).Select(k => Class(method, k)))];
        return new Table($"Class by class: {Setting.WordsOf(methods)}", Columns, [.. rows])
        {
            Note = "Positive: under-forgotten, negative: over-forgotten; zero is Retrain. Group and count are those of the first seed.",
        };
    }

    private static ValueList<Column> Columns =>
    [
        new Column("Method") { Words = true }, new Column("Class") { Words = true }, new Column("Group") { Words = true },
        new Column("Forgotten", "", 0) { Meaning = "Forget samples of the class." },
        new Column("FA", "%", 1) { Meaning = "Forget accuracy of the class under the method; in brackets its distance to Retrain's." },
        new Column("Δp", "points", 1) { Meaning = "Mean over the class's forget samples of p(true class) under the method minus under Retrain." },
        new Column("RA", "%", 1) { Meaning = "Accuracy on the class's retained samples; in brackets the distance to Retrain's." },
        new Column("TA", "%", 1) { Meaning = "Accuracy on the class's test samples; in brackets the distance to Retrain's." },
    ];

    private static Row Class(MethodRuns method, int label)
    {
        var first = method.Runs[0];
        return new Row(
        [
            new Cell(method.Title), new Cell(first.Spec.Data.Benchmark.ClassName(label)), new Cell(first.Groups.NameOf(label)), Cell.Of(first.ForgetCounts[label]),
            Paired(method, label, row => row.ForgetAccuracy), Cell.Of(method.Over(r => Measures.Deviation(r, [label]))),
            Paired(method, label, row => row.RetainAccuracy), Paired(method, label, row => row.TestAccuracy),
        ]);
    }

    private static Cell Paired(MethodRuns method, int label, Func<ClassRow, double> number)
    {
        var value = method.Over(r => number(r.UnlearnedClasses[label]));
        return Cell.Of(value.Mean, value.HalfWidth, method.Over(r => number(r.UnlearnedClasses[label]) - number(r.RetrainClasses[label])).Mean);
    }
}

/// <summary>Forget samples one by one, those furthest from Retrain first: probability of the true class under each model, and the distance, in points.</summary>
public static class SampleTable
{
    /// <summary>One row per method, seed and forget sample.</summary>
    /// <param name="results">Any number of methods, seeds and settings.</param>
    /// <param name="label">Only the method of this name, as tables write it; null for all.</param>
    /// <param name="className">Only the class of this name or number; null for all.</param>
    /// <param name="group">"Head", "Middle" or "Tail", in any case; null for all.</param>
    /// <param name="most">Rows at most, at least 1; the note says how many there were.</param>
    /// <exception cref="Fault">There is no result, or none of that name; the sentence names those there are.</exception>
    public static Table Of(IEnumerable<RunResult> results, string? label = null, string? className = null, string? group = null, int most = 20)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(most, 1);
        var methods = MethodRuns.Of(results);
        var all = Chosen.Methods(methods, label).SelectMany(method => method.Runs.SelectMany(run => Samples(run, className, group).Select(each => (method.Title, Run: run, Sample: each.Row, each.Weight)))).ToArray();
        var rows = all.OrderByDescending(each => Math.Abs(each.Sample.Deviation)).ThenBy(each => each.Sample.Row).Take(most);
        return new Table($"Forget samples, furthest from Retrain first: {Setting.WordsOf(methods)}", Columns, [.. rows.Select(each => Sample(each.Title, each.Run, each.Sample, each.Weight))])
        {
            Note = FormattableString.Invariant($"{Math.Min(most, all.Length)} of {all.Length}. Positive: under-forgotten, negative: over-forgotten; zero is Retrain."),
        };
    }

    private static ValueList<Column> Columns =>
    [
        new Column("Method") { Words = true }, new Column("Seed", "", 0), new Column("Image", "", 0) { Meaning = "Its row in the image set." },
        new Column("Class") { Words = true }, new Column("Group") { Words = true },
        .. new[] { "Original", "Retrain", "Method" }.Select(model => new Column($"p {model}", "%", 1) { Meaning = $"Probability of the true class under {model}." }),
        new Column("Deviation", "points", 1) { Meaning = "p under the method minus p under Retrain." },
        new Column("Last weight") { Meaning = "The weight it was given last; a dash where forget samples were not weighted." },
    ];

    private static Row Sample(string title, RunResult run, SampleRow sample, double weight) => new(
    [
        new Cell(title), Cell.Of(run.Spec.Data.Seed), Cell.Of(sample.Row), new Cell(run.Spec.Data.Benchmark.ClassName(sample.Class)), new Cell(run.Groups.NameOf(sample.Class)),
        Cell.Of(100 * sample.Original), Cell.Of(100 * sample.Retrain), Cell.Of(100 * sample.Unlearned), Cell.Of(100 * sample.Deviation), Cell.Of(weight),
    ]);

    private static IEnumerable<(SampleRow Row, double Weight)> Samples(RunResult run, string? className, string? group)
    {
        var classes = Chosen.Classes(run, className, group).ToHashSet();
        return run.Samples.Select((row, i) => (Row: row, Weight: run.Log.LastWeights.Count > i ? run.Log.LastWeights[i] : double.NaN)).Where(sample => classes.Contains(sample.Row.Class));
    }
}

/// <summary>What a reader asked to see of many rows.</summary>
internal static class Chosen
{
    public static IReadOnlyList<MethodRuns> Methods(IReadOnlyList<MethodRuns> all, string? label) => label is null ? all
        : Some([.. all.Where(method => method.Title == label || method.Runs[0].Label == label)], "method", label, all.Select(method => method.Title));

    /// <summary>Classes of a run from the most forgotten to the least.</summary>
    public static IReadOnlyList<int> Classes(RunResult run, string? className, string? group)
    {
        var (set, all) = (run.Spec.Data.Benchmark, Measures.HeadToTail(run));
        if (className is not null)
            all = Some([.. all.Where(k => set.ClassName(k) == className || k.ToString(System.Globalization.CultureInfo.InvariantCulture) == className)], "class", className, all.Select(set.ClassName));
        return group is null ? all : Some([.. all.Where(k => string.Equals(run.Groups.NameOf(k), group, StringComparison.OrdinalIgnoreCase))], "group", group, all.Select(run.Groups.NameOf));
    }

    private static IReadOnlyList<T> Some<T>(IReadOnlyList<T> found, string kind, string asked, IEnumerable<string> known) => found.Count > 0 ? found
        : throw new Fault($"There is no {kind} \"{asked}\" among these results; there are {string.Join("; ", known.Distinct(StringComparer.Ordinal))}.");
}
