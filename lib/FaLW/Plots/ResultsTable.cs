using System.Globalization;
using FaLW.Data;
using FaLW.Experiments;
using FaLW.Figures;
using FaLW.Metrics;

namespace FaLW.Plots;

/// <summary>
/// The main table of the papers: Retrain first, then every method with its signed gap to Retrain beside each number.
/// Over several seeds a number is the mean with a 95 % t-interval, and gaps are paired: each run against Retrain of its own seed.
/// </summary>
public static class ResultsTable
{
    /// <summary>The table; methods in the order of first appearance, each setting (γ, images, network) with a Retrain and an Original of its own.</summary>
    /// <param name="results">Any number of methods, seeds and settings.</param>
    /// <param name="title">Written above; null for the setting in one line.</param>
    /// <exception cref="Fault">There is no result.</exception>
    public static Table Of(IEnumerable<RunResult> results, string? title = null)
    {
        var all = results.ToArray();
        var methods = MethodRuns.Of(all);
        var rows = Setting.Groups(all).SelectMany(group => ReferencesOf(group).Concat(
            Best.Marked([.. methods.Where(method => group.Runs.Any(run => ReferenceEquals(run, method.Runs[0]))).OrderByDescending(method => method.IsReference).Select(Method)], lastColumns: 3)));
        return new Table(title ?? Setting.WordsOf(methods), Columns, [.. rows]) { Note = Note(methods) + MethodRuns.NoiseNote(all) };
    }

    /// <summary>The start and the target alone: Retrain, another seed's where it is known, and Original, no method.</summary>
    /// <param name="results">Any number of methods, seeds and settings.</param>
    /// <exception cref="Fault">There is no result.</exception>
    public static Table References(IEnumerable<RunResult> results)
    {
        var all = results.ToArray();
        return Of(all) with { Rows = [.. Setting.Groups(all).SelectMany(ReferencesOf)] };
    }

    private static IEnumerable<Row> ReferencesOf((string Mark, IReadOnlyList<RunResult> Runs) group)
    {
        var references = new MethodRuns(group.Mark, MethodRuns.References(group.Runs).ToValueList());
        var noise = MethodRuns.Noise(group.Runs).Select(other => Method(other with { Title = other.Title + group.Mark }));
        return [Retrain(references), .. noise, Original(references)];
    }

    private static ValueList<Column> Columns =>
    [
        new Column("Method") { Words = true },
        .. Metric.All.Select(m => new Column(m.Short, "%") { Meaning = $"{m.Name}. {m.Definition}" }),
        new Column("Average Gap", "points") { Meaning = Metric.GapDefinition },
        new Column("Mean |deviation|", "points") { Meaning = Metric.DeviationDefinition },
        new Column("Class-balanced FA gap", "points") { Meaning = Metric.BalancedDefinition },
        new Column("Steps", "", 0) { Meaning = Metric.StepsDefinition },
        new Column("Time", "s", 1) { Meaning = Metric.TimeDefinition },
        new Column("Peak memory", "MiB", 0) { Meaning = Metric.MemoryDefinition },
    ];

    private static Row Retrain(MethodRuns runs) => new(
    [
        new Cell("Retrain" + runs.Title), .. Metric.All.Select(m => Plain(runs.Over(r => m.Of(r.Retrain)))),
        Cell.Of(0), Cell.Of(0), Cell.Of(0), Cell.Of(double.NaN), .. Cost(runs, "retrain"),
    ])
    { Reference = true };

    private static Row Original(MethodRuns runs) => new(
    [
        new Cell("Original" + runs.Title), .. Metric.All.Select(m => Paired(runs, m, r => r.Original)),
        Plain(runs.Over(r => r.Original.AverageGap(r.Retrain))),
        Plain(runs.Over(Measures.OriginalDeviation)),
        Plain(runs.Over(r => Measures.ClassBalancedGap(r.OriginalClasses, r.RetrainClasses))),
        Cell.Of(double.NaN), .. Cost(runs, "original"),
    ]);

    private static Row Method(MethodRuns runs) => new(
    [
        new Cell(runs.Title), .. Metric.All.Select(m => Paired(runs, m, r => r.Unlearned)),
        Plain(runs.Over(r => r.AverageGap)), Plain(runs.Over(Measures.MeanDeviation)), Plain(runs.Over(Measures.ClassBalancedGap)),
        Cell.Of(runs.IsReference ? double.NaN : runs.Runs.Max(r => r.Log.Steps)), .. Cost(runs, "unlearned"),
    ])
    { Reference = runs.IsReference };

    private static Cell Paired(MethodRuns runs, Metric metric, Func<RunResult, Scores> model)
    {
        var value = runs.Over(r => metric.Of(model(r)));
        return Cell.Of(value.Mean, value.HalfWidth, runs.Over(r => metric.Of(model(r)) - metric.Of(r.Retrain)).Mean);
    }

    private static Cell[] Cost(MethodRuns runs, string stage) =>
        [Plain(runs.Over(r => Measures.Seconds(r, stage))), Cell.Of(runs.Runs.Max(r => Measures.Memory(r, stage)))];

    private static Cell Plain(Estimate value) => Cell.Of(value.Mean, value.HalfWidth);

    private static string Note(IReadOnlyList<MethodRuns> methods)
    {
        var counts = methods.Select(m => m.Runs.Count).Distinct().ToArray();
        var seeds = counts is [1]
            ? "One seed: no interval can be given, and small differences mean nothing."
            : string.Create(CultureInfo.InvariantCulture, $"Mean ± half-width of the 95 % t-interval over {string.Join(" to ", new[] { counts.Min(), counts.Max() }.Distinct())} seeds.");
        return $"In brackets the signed gap to Retrain in points; best is nearest to Retrain, not highest or lowest. {seeds} {Grounds.Of(methods.SelectMany(m => m.Runs))}".TrimEnd();
    }
}
