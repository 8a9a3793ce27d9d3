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
    // Columns that hold no distance to Retrain: steps, time, memory.
    private const int Costs = 3;

    /// <summary>The table; methods in the order of first appearance, each setting (γ, images, network) with a Retrain and an Original of its own.</summary>
    /// <param name="results">Any number of methods, seeds and settings.</param>
    /// <exception cref="Fault">There is no result.</exception>
    public static Table Of(IEnumerable<RunResult> results)
    {
        var all = results.ToArray();
        var methods = MethodRuns.Of(all);
        return Of(all, group => methods.Where(method => group.Any(run => ReferenceEquals(run, method.Runs[0]))).OrderByDescending(method => method.IsReference)) with
        {
            Note = Note(methods) + MethodRuns.NoiseNote(all),
        };
    }

    /// <summary>The start and the target alone: Retrain, another seed's where it is known, and Original, no method.</summary>
    /// <param name="results">Any number of methods, seeds and settings.</param>
    /// <exception cref="Fault">There is no result.</exception>
    public static Table References(IEnumerable<RunResult> results)
    {
        var all = results.ToArray();
        return Of(all, _ => []) with { Note = Of(all).Note };
    }

    private static Table Of(RunResult[] all, Func<IReadOnlyList<RunResult>, IEnumerable<MethodRuns>> methods)
    {
        var title = Setting.WordsOf(MethodRuns.Of(all));
        Table Part(IEnumerable<Model> models) => Table.Of(title, models, Columns, row => row.IsReference);
        var parts = Setting.Groups(all).SelectMany(group => new[] { Part(References(group)), Part(methods(group.Runs).Select(Method)).MarkBest(Costs) }).ToArray();
        return parts[0] with { Rows = [.. parts.SelectMany(part => part.Rows)] };
    }

    // A model of some runs: its name, its scores and classes, what it costs.
    private sealed record Model(MethodRuns Runs, string Title, string Stage, Func<RunResult, Scores> Scores, Func<RunResult, double> Deviation, Func<RunResult, double> Balanced)
    {
        public bool IsRetrain => Stage == "retrain";

        public bool IsReference => IsRetrain || (Stage == "unlearned" && Runs.IsReference);
    }

    private static IEnumerable<Model> References((string Mark, IReadOnlyList<RunResult> Runs) group)
    {
        var runs = new MethodRuns(group.Mark, MethodRuns.References(group.Runs).ToValueList());
        return
        [
            new(runs, "Retrain" + group.Mark, "retrain", r => r.Retrain, _ => 0, _ => 0),
            .. MethodRuns.Noise(group.Runs).Select(other => Method(other with { Title = other.Title + group.Mark })),
            new(runs, "Original" + group.Mark, "original", r => r.Original, Measures.OriginalDeviation, Measures.OriginalBalancedGap),
        ];
    }

    private static Model Method(MethodRuns runs) => new(runs, runs.Title, "unlearned", r => r.Unlearned, Measures.MeanDeviation, Measures.ClassBalancedGap);

    private static IEnumerable<Column<Model>> Columns =>
    [
        new("Method", m => m.Title),
        .. Metric.All.Select(metric => new Column<Model>(metric.Short, m => m.IsRetrain ? m.Runs.Cell(r => metric.Of(r.Retrain)) : m.Runs.Paired(r => metric.Of(m.Scores(r)), r => metric.Of(r.Retrain)), "%")
            { Meaning = $"{metric.Name}. {metric.Definition}" }),
        new("Average Gap", m => Distance(m, r => m.Scores(r).AverageGap(r.Retrain)), "points") { Meaning = Metric.GapDefinition },
        new("Mean |deviation|", m => Distance(m, m.Deviation), "points") { Meaning = Metric.DeviationDefinition },
        new("Class-balanced FA gap", m => Distance(m, m.Balanced), "points") { Meaning = Metric.BalancedDefinition },
        new("Steps", m => m.Stage != "unlearned" || m.IsReference ? double.NaN : m.Runs.Runs.Max(r => r.Log.Steps), "", 0) { Meaning = Metric.StepsDefinition },
        new("Time", m => m.Runs.Cell(r => Measures.Seconds(r, m.Stage)), "s", 1) { Meaning = Metric.TimeDefinition },
        new("Peak memory", m => m.Runs.Runs.Max(r => Measures.Memory(r, m.Stage)), "MiB", 0) { Meaning = Metric.MemoryDefinition },
    ];

    private static Cell Distance(Model model, Func<RunResult, double> number) => model.IsRetrain ? Cell.Of(0) : model.Runs.Cell(number);

    private static string Note(IReadOnlyList<MethodRuns> methods)
    {
        var counts = methods.Select(m => m.Runs.Count).Distinct().ToArray();
        var seeds = counts is [1]
            ? "One seed: no interval can be given, and small differences mean nothing."
            : $"Mean ± half-width of the 95 % t-interval over {string.Join(" to ", new[] { counts.Min(), counts.Max() }.Distinct())} seeds.";
        return $"In brackets the signed gap to Retrain in points; best is nearest to Retrain, not highest or lowest. {seeds} {Grounds.Of(methods.SelectMany(m => m.Runs))}".TrimEnd();
    }
}

/// <summary>The signed gap of every method to Retrain in each of the papers' four metrics.</summary>
public static class GapBars
{
    /// <summary>One group of bars per metric, one bar per method; with several seeds a 95 % interval.</summary>
    /// <param name="results">Any number of methods, seeds and settings.</param>
    /// <exception cref="Fault">There is no result.</exception>
    public static Figure Of(IEnumerable<RunResult> results)
    {
        var methods = MethodRuns.WithNoise(results);
        return (Figure.Of("Signed gap to Retrain", Axis.Of("", Metric.All.Select(m => m.Name)), new Axis("gap", "points"),
            [.. methods.Select(method => Panels.Means(method.Title, [.. Metric.All.Select(metric => method.Over(metric.Gap))]))]) with
        {
            Subtitle = Setting.WordsOf(methods),
            Note = "Zero is Retrain. Above it a method is higher than Retrain, below it lower; neither is better." + MethodRuns.NoiseNote(results),
            Height = 480,
        }).TellingWhiskers();
    }
}

/// <summary>Many methods at a glance: one row each, nearest to Retrain on top, one column per signed distance.</summary>
public static class MethodMap
{
    // Beyond this a method is far off, and how far no longer matters to a reader who compares.
    private const double Far = 25;

    /// <summary>The map of results of one setting, mean over seeds.</summary>
    /// <param name="results">Any number of methods and seeds.</param>
    /// <exception cref="Fault">There is no result.</exception>
    public static Figure Of(IEnumerable<RunResult> results)
    {
        MethodRuns[] methods = [.. MethodRuns.Noise(results), .. MethodRuns.Of(results).OrderBy(m => m.Over(r => r.AverageGap).Mean)];
        (string Name, Func<RunResult, double> Of)[] columns =
        [
            .. Metric.All.Select(metric => (metric.Short, (Func<RunResult, double>)metric.Gap)),
            .. Measures.Groups.Select(group => ($"p {group.Name}", (Func<RunResult, double>)(run => Measures.Deviation(run, group.Of(run.Groups))))),
        ];
        return Figure.Of(
            "How far from Retrain, and on which side", Axis.Of("distance to Retrain", columns.Select(c => c.Name)), Axis.Of("", methods.Select(m => m.Title)),
            new Heat("distance", methods.Select(m => columns.Select(c => m.Over(c.Of).Mean)), "points") { Low = -Far, High = Far, Middle = 0 }) with
        {
            Subtitle = Setting.WordsOf(methods),
            Note = Invariant($"Nearest by Average Gap on top. p: probability of the true class of forget samples. Colours end at {Far} points.") + MethodRuns.NoiseNote(results),
            Height = Math.Clamp(230 + 24 * methods.Length, 320, 1400),
        };
    }
}

/// <summary>The loss while unlearning or training, epoch by epoch.</summary>
public static class TrainingCurves
{
    /// <summary>The unlearning loss of every method; over several seeds the mean, with a band from lowest to highest.</summary>
    /// <param name="results">Any number of methods, seeds and settings.</param>
    /// <exception cref="Fault">There is no result.</exception>
    public static Figure Of(IEnumerable<RunResult> results)
    {
        var methods = MethodRuns.Of(results);
        var traces = methods.Where(m => m.Runs[0].Log.EpochLoss.Count > 0).SelectMany(m => Curve(m.Title, [.. m.Runs.Select(r => r.Log.EpochLoss)]));
        return Figure.Of("Loss while unlearning", Panels.Epochs, new Axis("mean loss of the epoch", "nats"), [.. traces]) with
        {
            Subtitle = Setting.WordsOf(methods),
            Note = "Each method minimises a loss of its own (GA maximises), so heights are not comparable between methods." + (methods.Any(m => m.Runs.Count > 1) ? " Bands: lowest to highest seed." : ""),
            Height = 480,
        };
    }

    /// <summary>Curves of any losses.</summary>
    /// <param name="title">One line that says what is seen.</param>
    /// <param name="losses">Name and loss per epoch.</param>
    public static Figure Of(string title, params (string Name, IReadOnlyList<double> Loss)[] losses) => Figure.Of(
        title, Panels.Epochs, new Axis("loss", "nats"), [.. losses.SelectMany(l => Curve(l.Name, [l.Loss]))]);

    private static IEnumerable<Trace> Curve(string name, IReadOnlyList<IReadOnlyList<double>> runs)
    {
        var epochs = Enumerable.Range(0, runs.Min(r => r.Count)).ToArray();
        var places = epochs.Select(e => e + 1.0).ToArray();
        if (runs.Count > 1) yield return new Band(name, places, epochs.Select(e => runs.Min(r => r[e])), epochs.Select(e => runs.Max(r => r[e])));
        yield return new Line(name, places, epochs.Select(e => runs.Average(r => r[e]))) { Marker = epochs.Length <= 20 ? Marker.Circle : Marker.None };
    }
}

/// <summary>One way to say how near a run is to Retrain: not negative, 0 is Retrain itself. What tables show is what they pair.</summary>
internal sealed record Yardstick(string Name, string Unit, string Meaning, Func<RunResult, double> Of)
{
    private static IReadOnlyList<Yardstick> Possible { get; } =
    [
        new("Average Gap", "points", Metric.GapDefinition, run => run.AverageGap),
        new("mean |deviation|", "points", Metric.DeviationDefinition, Measures.MeanDeviation),
        new("class-balanced FA gap", "points", Metric.BalancedDefinition, Measures.ClassBalancedGap),
        .. Metric.All.Select(metric => new Yardstick(
            $"|Δ{metric.Short}|", "points", $"Absolute distance to Retrain in {metric.Name.ToLowerInvariant()}, in points.", run => Math.Abs(metric.Gap(run)))),
        new("margin W1", "log-odds", "Mean over classes of the Wasserstein-1 distance of the forget samples' margins to those under Retrain.",
            run => run.Margins is { } margins ? margins[^1].ClassBalanced : double.NaN),
    ];

    /// <summary>The yardsticks that every one of the results has; records of an older kit lack some.</summary>
    public static IReadOnlyList<Yardstick> All(IEnumerable<RunResult> results) => [.. Possible.Where(yardstick => results.All(run => !double.IsNaN(yardstick.Of(run))))];
}

/// <summary>How near each method is to Retrain by every yardstick, which need not agree; <see cref="PairedTable"/> says which differences are more than the draw.</summary>
public static class YardstickTable
{
    /// <summary>One row per method, nearest by Average Gap first; over several seeds the mean with a 95 % interval.</summary>
    /// <param name="results">Any number of methods, seeds and settings.</param>
    /// <exception cref="Fault">There is no result.</exception>
    public static Table Of(IEnumerable<RunResult> results)
    {
        RunResult[] all = [.. results];
        var yardsticks = Yardstick.All(all);
        return Table.Of(Invariant($"Distance to Retrain by {yardsticks.Count} yardsticks"),
            MethodRuns.Noise(all).Concat(MethodRuns.Of(all).OrderByDescending(m => m.IsReference).ThenBy(m => m.Over(r => r.AverageGap).Mean)),
            [new("Method", m => m.Title), .. yardsticks.Select(y => new Column<MethodRuns>(y.Name, m => m.Cell(y.Of), y.Unit) { Meaning = y.Meaning })],
            m => m.IsReference,
            "Nearest to zero is best. Average Gap is the mean of the four |Δ|; mean |deviation| counts every image once, the class-balanced gap every class once. A method may be near by one and far by another: name the yardstick." + MethodRuns.NoiseNote(all)).MarkBest(lastColumns: 0);
    }
}

/// <summary>One method against each other by every yardstick, paired by seed: the same splits and the same Original under both.</summary>
public static class PairedTable
{
    private const double Level = 0.05;

    private const string Reading =
        "p: paired t-test. Holm p: the same, corrected for all rows of this table: to call every row with a Holm p of at most 0.05 a difference is to call one falsely, anywhere in the table, " +
        "in at most one study of twenty. Equal Holm p in several rows is no error: the correction never turns the order of two p round. " +
        "Detectable: the smallest true difference that so many seeds show in four of five studies.";

    /// <summary>One row per rival and yardstick: mean over seeds of rival minus method, what chance it leaves, and what so few seeds could have shown.</summary>
    /// <param name="results">Any number of methods and seeds, one setting.</param>
    /// <param name="method">The method the others are compared with.</param>
    /// <exception cref="Fault">There is no result of that method, or two results of one method and seed.</exception>
    public static Table Of(IEnumerable<RunResult> results, string method = "FaLW")
    {
        RunResult[] all = [.. results];
        (Yardstick Yardstick, MethodComparison Rival)[] pairs =
        [
            .. Yardstick.All(all).SelectMany(y => MethodComparison.Of(all, method, y.Of, 1 - Level).Select((rival, place) => (y, rival, place)))
                .OrderBy(pair => pair.place).Select(pair => (pair.y, pair.rival)),
        ];
        var adjusted = Holm.Adjusted([.. pairs.Select(pair => pair.Rival.Test.Student)]);
        return Table.Of($"Others minus {method}, seed by seed, by every yardstick", pairs.Zip(adjusted, (pair, p) => (pair.Yardstick, pair.Rival, pair.Rival.Test, P: p)),
            [
                new("Method", row => row.Rival.Title), new("yardstick", row => row.Yardstick.Name),
                new("difference", row => row.Test.Difference.ToCell()) { Meaning = "In points; of margins in log-odds." },
                new("p", row => row.Test.Student, "", 3), new("Holm p", row => row.P, "", 3), new("detectable", row => row.Rival.Detectable), new("seeds", row => row.Test.Difference.Count, "", 0),
                new("can these seeds tell?", row => double.IsNaN(row.P) ? "one seed has no interval" : row.P < Level ? "yes" : "no"),
            ], note: $"Above zero: {method} is nearer to Retrain. " + (pairs.All(pair => pair.Rival.Test.Difference.Count < 2)
                ? "One seed: no test is possible and no interval can be given, so none of these differences can be told from the draw; run at least three seeds."
                : $"Mean ± half-width of the 95 % t-interval. {Reading}"));
    }
}

/// <summary>Results read as a crossing: which method carries, which weighting it carries.</summary>
internal sealed class Crossing(IEnumerable<RunResult> results)
{
    public const string None = "no weight";

    private readonly ILookup<(string Carrier, string Weighting), RunResult> cells = MethodRuns.OfOneSetting(results).SelectMany(method => method.Runs)
        .ToLookup(run => (run.Spec.Unlearner.Title, run.Spec.Weighting.Title == "Uniform" ? None : run.Spec.Weighting.Title));

    public string Setting => Plots.Setting.Of(cells.First().First().Spec).Words;

    public IEnumerable<string> Carriers => cells.Select(cell => cell.Key.Carrier).Distinct();

    public IEnumerable<string> Weightings => cells.Select(cell => cell.Key.Weighting).Distinct();

    /// <summary>Over the seeds; NaN where the pair was not run.</summary>
    public Estimate Of(string carrier, string weighting, Func<RunResult, double> number) => Statistics.Over(cells[(carrier, weighting)].Select(number));

    /// <summary>What the weight changes on its carrier, seed by seed; NaN where there is no run without it.</summary>
    public Estimate Change(string carrier, string weighting, Func<RunResult, double> number)
    {
        var plain = cells[(carrier, None)].ToDictionary(run => run.Spec.Seeds, number);
        return Statistics.Over(cells[(carrier, weighting)].Where(run => plain.ContainsKey(run.Spec.Seeds)).Select(run => number(run) - plain[run.Spec.Seeds]));
    }
}

/// <summary>What each weighting changes on each method that carries it.</summary>
public static class CrossPlot
{
    /// <summary>One panel per measure, one group of bars per weighting, one bar per method: with the weight minus without, paired by seed.</summary>
    /// <param name="results">Results of one setting; methods without a run that has no weight are left out.</param>
    /// <exception cref="Fault">There is no result, or results of different settings.</exception>
    public static Figure Of(IEnumerable<RunResult> results)
    {
        var crossing = new Crossing(results);
        string[] weightings = [.. crossing.Weightings.Where(weighting => weighting != Crossing.None)];
        (string Name, Func<RunResult, double> Of)[] measures = [("Average Gap", run => run.AverageGap), ("mean |deviation|", Measures.MeanDeviation)];
        return new Figure("What a weight changes, method by method",
        [
            .. measures.Select(measure => new Panel(Axis.Of("", weightings), new Axis("change", "points"),
                [.. crossing.Carriers.Select(carrier => Panels.Means(carrier, [.. weightings.Select(weighting => crossing.Change(carrier, weighting, measure.Of))]))]) { Title = $"change of {measure.Name}" }),
        ])
        {
            Subtitle = crossing.Setting,
            Note = "With the weight minus without, seed by seed. Below zero the weight brings the method nearer to Retrain." + string.Concat(measures.Select(measure => MethodRuns.NoiseNote(results, measure.Name, measure.Of))),
            ShareY = true,
            Height = 480,
        }.TellingWhiskers();
    }
}

/// <summary>Weightings crossed with the methods that carry them: one row per weighting, one column per method.</summary>
public static class CrossTable
{
    /// <summary>Average Gap of every pair and, beside it, what the weight changes, paired by seed.</summary>
    /// <param name="results">Results of one setting; pairs that were not run show a dash.</param>
    /// <exception cref="Fault">There is no result, or results of different settings.</exception>
    public static Table Of(IEnumerable<RunResult> results)
    {
        var crossing = new Crossing(results);
        Cell Pair(string carrier, string weighting) => crossing.Of(carrier, weighting, run => run.AverageGap).ToCell() with
        {
            Gap = weighting == Crossing.None ? double.NaN : crossing.Change(carrier, weighting, run => run.AverageGap).Mean,
        };
        return Table.Of(crossing.Setting, crossing.Weightings,
            [
                new("Weighting", weighting => weighting),
                .. crossing.Carriers.Select(c => new Column<string>(c, weighting => Pair(c, weighting), "points") { Meaning = $"Average Gap of {c} with the weighting, and its difference to {c} alone." }),
            ], note: "Average Gap to Retrain, 0 is Retrain itself; in brackets the change against the same method without a weight, negative is nearer. Over seeds: mean ± 95 % t-interval."
                + MethodRuns.NoiseNote(results, "Average Gap", run => run.AverageGap));
    }
}
