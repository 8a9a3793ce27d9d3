using FaLW.Data;
using FaLW.Experiments;
using FaLW.Figures;
using FaLW.Metrics;

namespace FaLW.Plots;

/// <summary>
/// Where each method misses Retrain: mean signed deviation per class, in true-class probability or in forget accuracy (the paper's Delta FA), head to tail, one panel
/// per method on one scale. Heads above and tails below zero is the paper's heterogeneous deviation; tails further off than heads, its skewed one.
/// </summary>
public static class DeviationPlot
{
    // Both directions get the same room, and words above and below the bars.
    private const double HeadRoom = 1.4;

    // More names than this cannot be read in half the width.
    private const int ManyNames = 20;

    /// <summary>
    /// The deviation of every method; over several seeds classes are paired by rank, with 95 % intervals. Classes are named where the image set has
    /// names and one class has the same rank in all runs; where seeds order them differently a rank has no one name, and the note says so.
    /// </summary>
    /// <param name="results">Any number of methods and seeds, one setting.</param>
    /// <param name="by">What the distance is counted in.</param>
    /// <exception cref="Fault">There is no result, or results of different settings.</exception>
    public static Figure Of(IEnumerable<RunResult> results, DeviationBy by = DeviationBy.Probability)
    {
        var methods = MethodRuns.WithNoise(results);
        var (classes, seeds, isProbability) = (Panels.Classes([.. methods.SelectMany(method => method.Runs)]), methods.Max(m => m.Runs.Count), by == DeviationBy.Probability);
        var most = classes.Categories.Count switch { 0 => 3, > ManyNames => 1, _ => 2 };
        var panels = methods.Select(m => Panel(m, classes, by)).ToArray();
        var reach = HeadRoom * panels.Select(Farthest).DefaultIfEmpty(1).Max();
        return Panels.Facets(
            isProbability ? "Deviation from Retrain per class, head to tail" : "Forget accuracy minus Retrain's per class, head to tail",
            [.. panels.Select(p => p with { Y = p.Y with { Low = -reach, High = reach } })], most, row: most == 1 ? 205 : 230) with
        {
            Subtitle = Setting.WordsOf(methods) + (seeds > 1 ? Invariant($"; {seeds} seeds, whiskers: 95 % intervals") : "; one seed"),
            Note = (isProbability
                ? "Mean over a class's forget samples of p(true class) under the method minus under Retrain. Zero is Retrain."
                : "Forget accuracy of a class under the method minus under Retrain: the paper's ΔFA. Zero is Retrain.")
                + (classes.Categories.Count == 0 && methods[0].Runs.Count > 1 ? " Each seed orders the classes anew, so a rank is another class in another seed." : "") + MethodRuns.NoiseNote(results),
        };
    }

    private static double Farthest(Panel panel)
    {
        var bars = (Bars)panel.Traces[0];
        var ends = bars.Y.Select((y, i) => Math.Abs(y) + (bars.Errors is { } errors && double.IsFinite(errors.Above[i]) ? errors.Above[i] : 0));
        return ends.Where(end => end > 0 && double.IsFinite(end)).DefaultIfEmpty(1).Max();
    }

    private static Panel Panel(MethodRuns method, Axis axis, DeviationBy by)
    {
        var (first, isProbability) = (axis.Categories.Count > 0 ? 0 : 1, by == DeviationBy.Probability);
        var classes = method.Runs.Select(Measures.HeadToTail).ToArray();
        Estimate[] means = [.. classes[0].Select((_, k) => Statistics.Over(method.Runs.Select((run, i) => Measures.Deviation(run, [classes[i][k]], by))))];
        var mean = method.Over(isProbability ? Measures.MeanDeviation : Measures.ClassBalancedGap).Mean;
        return new Panel(axis, new Axis(isProbability ? "deviation" : "ΔFA", "points"), [Panels.Means(method.Title, means, first) with { Errors = method.Runs.Count > 1 ? Whiskers(means) : null }])
        {
            Title = method.Title,
            Annotations =
            [
                .. Panels.Zones(method.Runs[0].Groups, first),
                Panels.Corner(0.985, 0.05, Invariant($"{(isProbability ? "mean |deviation|" : "mean |ΔFA|")} {mean:F1}")) with { Align = Align.Right, Halo = false },
                Panels.Corner(0.015, 0.83, "under-forgotten") with { Halo = false }, Panels.Corner(0.015, 0.05, "over-forgotten") with { Halo = false },
            ],
        };
    }

    // Of two or three seeds the interval can be wider than a difference of probabilities can be; it is cut where nothing is possible.
    private static ErrorBars Whiskers(IReadOnlyList<Estimate> means) => new(
        [.. means.Select(m => Math.Min(m.HalfWidth, m.Mean + 100))], [.. means.Select(m => Math.Min(m.HalfWidth, 100 - m.Mean))]);
}

/// <summary>
/// Where methods miss Retrain: signed deviation of head, middle and tail classes, in true-class probability and in forget
/// accuracy (the paper's Delta FA). Positive is under-forgotten, negative over-forgotten.
/// </summary>
public static class DeviationTable
{
    private static readonly string[] Groups = ["Head", "Middle", "Tail"];

    /// <summary>One row per method and setting.</summary>
    /// <param name="results">Any number of methods, seeds and settings.</param>
    /// <exception cref="Fault">There is no result.</exception>
    public static Table Of(IEnumerable<RunResult> results)
    {
        var all = results.ToArray();
        var settings = MethodRuns.BySetting(all).Select(setting => Table.Of("Deviation from Retrain, head to tail", setting.OrderByDescending(m => m.IsReference), Columns, m => m.IsReference).MarkBest()).ToArray();
        return settings[0] with
        {
            Rows = settings.SelectMany(setting => setting.Rows).ToValueList(),
            Note = "Positive: under-forgotten, negative: over-forgotten; nearest to zero is best. Head, middle and tail are thirds of the classes by forget count (this kit's rule). "
                + "Forgotten?: head, middle, tail; never learned where Original's forget accuracy is at most 5 points above Retrain's, kept where more than half of that is left." + MethodRuns.NoiseNote(all),
        };
    }

    /// <summary>Where a method moves the images that Retrain knows, half knows and does not know: what the scatter of probabilities shows, as numbers.</summary>
    /// <param name="results">Any number of methods and seeds, one setting.</param>
    /// <exception cref="Fault">There is no result, or results of different settings.</exception>
    public static Table ByRetrain(IEnumerable<RunResult> results)
    {
        var all = results.ToArray();
        MethodRuns[] methods = [.. MethodRuns.Noise(all), .. MethodRuns.Of(all)];
        KnownDeviation Part(RunResult run, int i) => DeviationReport.ByRetrain([.. run.Samples.Select(s => s.Unlearned)], [.. run.Samples.Select(s => s.Retrain)]).ElementAt(i);
        var counts = Enumerable.Range(0, 3).Select(i => methods[0].Over(run => 100.0 * Part(run, i).Count / run.Samples.Count).Mean).ToArray();
        string[] heads = ["known", "between", "unknown"];
        return Table.Of("Deviation of images that Retrain knows and does not know", methods,
            [
                new("Method", m => m.Title),
                .. heads.Select((head, i) => new Column<MethodRuns>(head, m => m.Cell(run => 100 * Part(run, i).Mean), "points", 1) { Meaning = Invariant($"{counts[i]:F0} % of the forget images.") }),
            ],
            m => m.IsReference,
            Invariant(
                $"Known: p(true class) under Retrain above 0.8 ({counts[0]:F0} % of the forget images); unknown: below 0.2 ({counts[2]:F0} %). Known images that lose and unknown ones that gain are pulled to the middle. ")
                + "The images are sorted by Retrain's own p, so two Retrains differ in this direction too: only what goes beyond that is the method's." + MethodRuns.NoiseNote(all));
    }

    private static IEnumerable<Column<MethodRuns>> Columns =>
    [
        new("Method", m => m.Title),
        .. Groups.Select((g, i) => new Column<MethodRuns>($"{g} p", m => m.Cell(r => Measures.Deviation(r, Measures.Groups[i].Of(r.Groups))), "points", 1)
            { Meaning = $"{g} classes: mean over their forget samples of p(true class) under the method minus under Retrain." }),
        .. Groups.Select((g, i) => new Column<MethodRuns>($"{g} ΔFA", m => m.Cell(r => Measures.AccuracyGap(r, Measures.Groups[i].Of(r.Groups))), "points", 1)
            { Meaning = $"{g} classes: forget accuracy of the method minus Retrain's." }),
        new("Forgotten?", m => m.IsReference ? "–" : string.Join(", ", Groups.Select((_, g) => Forgetting(m, g))))
            { Meaning = "Head, middle and tail: never learned, kept or forgotten, by forget accuracy against Original's and Retrain's; mean over seeds." },
    ];

    private static string Forgetting(MethodRuns runs, int group)
    {
        double Over(Func<GroupForgetting, double> accuracy) => runs.Over(r => accuracy(r.Forgetting()[group])).Mean;
        return new GroupForgetting(Groups[group], Over(g => g.Original), Over(g => g.Retrain), Over(g => g.Model)).Verdict;
    }
}

/// <summary>
/// Size of the deviation, in probability or in forget accuracy, against the number of forgotten images: the paper's skewed deviation is a rise towards few images. A
/// mean over few images is far from zero by chance alone, so the distance to be expected without any deviation is drawn too.
/// </summary>
public static class SkewPlot
{
    // Room for the words above the points.
    private const double HeadRoom = 1.25;

    /// <summary>One panel per method, one point per class and seed.</summary>
    /// <param name="results">Any number of methods and seeds, one setting.</param>
    /// <param name="by">What the distance is counted in.</param>
    /// <exception cref="Fault">There is no result, or results of different settings.</exception>
    public static Figure Of(IEnumerable<RunResult> results, DeviationBy by = DeviationBy.Probability)
    {
        var methods = MethodRuns.WithNoise(results);
        var panels = methods.Select(m => Panel(m, by)).ToArray();
        var reach = HeadRoom * panels.Max(p => ((Points)p.Traces[1]).Y.Max());
        return Panels.Facets("Is the tail missed by more? Size of the deviation against class size", [.. panels.Select(p => p with { Y = p.Y with { High = reach } })]) with
        {
            Subtitle = Setting.WordsOf(methods),
            Note = "One point per class and seed. Dashed: what chance alone gives to a class of that size, √(2/π) s/√n with s the spread within classes" + (by == DeviationBy.Probability ? "" : ", s² = a(1 − a) + b(1 − b) of the accuracies a, b of both models") + ". ρ: Spearman, size against count; below zero the tail is missed by more." + MethodRuns.NoiseNote(results),
        };
    }

    /// <summary>The mean distance from zero of a mean of n values without any shift: half-normal, for a spread s.</summary>
    internal static double Floor(double spread, double count) => Math.Sqrt(2 / (Math.PI * count)) * spread;

    private static Panel Panel(MethodRuns method, DeviationBy by)
    {
        var classes = method.Runs.SelectMany(run => run.Deviation(by).Classes).Where(k => k.Count > 0).Select(k => (Count: (double)k.Count, Mean: 100 * k.Mean)).ToArray();
        var spread = 100 * (by == DeviationBy.Probability ? Spread(method.Runs) : AccuracySpread(method.Runs));
        var places = classes.Select(k => k.Count).Distinct().Order().ToArray();
        return new Panel(
            Axis.Log("forgotten images of the class"), new Axis(by == DeviationBy.Probability ? "|mean deviation|" : "|ΔFA|", "points") { Low = 0 },
            [
                new Line("chance alone", places, places.Select(n => Floor(spread, n))) { Paint = Palette.Muted, Dash = Dash.Dashed },
                new Points(method.Title, classes.Select(k => k.Count), classes.Select(k => Math.Abs(k.Mean))) { Opacity = 0.75, Radius = 4 },
            ])
        {
            Title = method.Title,
            Annotations = [Panels.Corner(0.97, 0.9, Panels.Signed($"ρ = {method.Over(run => run.Deviation(by).Spearman).Mean:F2}")) with { Align = Align.Right }],
        };
    }

    // Pooled over classes and seeds: squares around each class's own mean.
    private static double Spread(IEnumerable<RunResult> runs)
    {
        var classes = runs.SelectMany(run => run.Samples.GroupBy(s => s.Class)).Select(k => k.Select(s => s.Deviation).ToArray()).Where(k => k.Length > 1).ToArray();
        var squares = classes.Sum(values => values.Average() is var mean ? values.Sum(v => (v - mean) * (v - mean)) : 0);
        return classes.Length == 0 ? 0 : Math.Sqrt(squares / classes.Sum(k => k.Length - 1));
    }

    // Right or wrong is all a sample says, so the accuracies of a class tell the spread; two models that agree on images have less.
    private static double AccuracySpread(IEnumerable<RunResult> runs)
    {
        static double Square(ClassRow row) => row.ForgetAccuracy / 100 * (1 - (row.ForgetAccuracy / 100));
        var classes = runs.SelectMany(run => run.UnlearnedClasses.Zip(run.RetrainClasses)).Where(both => both.First.ForgetCount > 0).ToArray();
        return Math.Sqrt(classes.Sum(both => both.First.ForgetCount * (Square(both.First) + Square(both.Second))) / classes.Sum(both => both.First.ForgetCount));
    }
}

/// <summary>The paper's two claims about deviation, by probability and by forget accuracy: head under- and tail over-forgotten (heterogeneous), and the tail missed by more (skewed).</summary>
public static class SkewTable
{
    private const double Point = 0.01;

    /// <summary>One row per method; patterns are counted over seeds, numbers are means with a 95 % interval.</summary>
    /// <param name="results">Any number of methods and seeds, one setting.</param>
    /// <exception cref="Fault">There is no result, or results of different settings.</exception>
    public static Table Of(IEnumerable<RunResult> results) => Table.Of("Heterogeneous? Skewed?", MethodRuns.Noise(results).Concat(MethodRuns.Of(results)),
        [
            new("Method", m => m.Title),
            .. Both((by, name) => new($"pattern by {name}", m => Counted([.. m.Runs.Select(run => run.Deviation(by).Pattern(Point))])) { Meaning = "Head and tail classes seen from Retrain, seed by seed." }),
            .. Both((by, name) => new($"ρ by {name}", m => m.Cell(run => run.Deviation(by).Spearman)) { Meaning = "Spearman correlation of |class mean| with the number of forgotten images of the class." }),
            .. Both((by, name) => new($"slope by {name}", m => m.Cell(run => 100 * 100 * run.Deviation(by).Slope), "points per 100 images", 1) { Meaning = "Least squares of |class mean| on the number of forgotten images of the class." }),
        ], note: "Heterogeneous, as the paper means it: head under-forgotten and tail over-forgotten; reversed: the opposite. A mean within one point of Retrain's counts as no deviation (ours). " +
            "Skewed: ρ and slope below zero, classes with few forgotten images are missed by more; a mean of few images is far from zero by chance too.");

    private static string Words(DeviationPattern pattern) => pattern switch
    {
        DeviationPattern.None => "none",
        DeviationPattern.UnderForgotten => "one-sided, under-forgotten",
        DeviationPattern.OverForgotten => "one-sided, over-forgotten",
        DeviationPattern.Heterogeneous => "heterogeneous",
        DeviationPattern.Reversed => "reversed",
        _ => "unknown",
    };

    private static string Counted(DeviationPattern[] patterns) => string.Join("; ", patterns.GroupBy(p => p).OrderByDescending(p => p.Count()).ThenBy(p => p.Key)
        .Select(p => Invariant($"{Words(p.Key)} in {p.Count()} of {patterns.Length}")));

    private static Column<MethodRuns>[] Both(Func<DeviationBy, string, Column<MethodRuns>> of) => [of(DeviationBy.Probability, "p"), of(DeviationBy.ForgetAccuracy, "ΔFA")];
}

/// <summary>Every forget sample as a point: true-class probability under Retrain against that under the method. On the diagonal a sample is forgotten exactly.</summary>
public static class ProbabilityScatter
{
    /// <summary>One panel per method; of several seeds the first is shown.</summary>
    /// <param name="results">Any number of methods, seeds and settings.</param>
    /// <exception cref="Fault">There is no result.</exception>
    public static Figure Of(IEnumerable<RunResult> results)
    {
        var methods = MethodRuns.WithNoise(results);
        var figure = Panels.Facets("Probability of the true class, sample by sample", [.. methods.Select(m => Panel(m.Title, m.Runs[0].Samples, few: m.Runs[0].Samples.Count < 500))]);
        return figure with
        {
            Subtitle = Setting.WordsOf(methods),
            Note = "Above the diagonal: under-forgotten, below it: over-forgotten. One seed." + MethodRuns.NoiseNote(results),
            Width = figure.Columns == 1 ? 620 : 960,
            Height = 170 + (figure.Columns == 1 ? 470 : 290) * ((methods.Count + figure.Columns - 1) / figure.Columns),
        };
    }

    private static Panel Panel(string title, ValueList<SampleRow> samples, bool few) => new(
        new Axis("p under Retrain") { Low = 0, High = 1 }, new Axis("p under the method") { Low = 0, High = 1 },
        [new Points(title, samples.Select(s => s.Retrain), samples.Select(s => s.Unlearned)) { Opacity = few ? 0.6 : 0.35, Radius = few ? 3.5 : 2.5 }, Panels.Equal()])
    {
        Title = title,
        Annotations = [Panels.Corner(0.03, 0.92, "under-forgotten") with { Behind = true }, Panels.Corner(0.97, 0.04, "over-forgotten") with { Behind = true, Align = Align.Right }],
    };
}
