using System.Globalization;
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
        IReadOnlyList<MethodRuns> methods = [.. MethodRuns.Of(results), .. MethodRuns.Noise(results)];
        var classes = Classes(methods);
        var most = classes.Categories.Count switch { 0 => 3, > ManyNames => 1, _ => 2 };
        var columns = methods.Count <= most ? methods.Count : methods.Count == 4 ? Math.Min(2, most) : most;
        var rows = (methods.Count + columns - 1) / columns;
        var panels = methods.Select(m => Panel(m, classes, by)).ToArray();
        var reach = HeadRoom * panels.Select(Farthest).DefaultIfEmpty(1).Max();
        return new Figure(by == DeviationBy.Probability ? "Deviation from Retrain per class, head to tail" : "Forget accuracy minus Retrain's per class, head to tail", panels.Select(p => p with { Y = p.Y with { Low = -reach, High = reach } }).ToValueList())
        {
            Subtitle = Setting.WordsOf(methods) + Seeds(methods),
            Note = (by == DeviationBy.Probability
                ? "Mean over a class's forget samples of p(true class) under the method minus under Retrain. Zero is Retrain."
                : "Forget accuracy of a class under the method minus under Retrain: the paper's ΔFA. Zero is Retrain.") + Unnamed(classes, methods) + MethodRuns.NoiseNote(results),
            Columns = columns,
            ShareX = true,
            ShareY = true,
            Legend = false,
            Height = 190 + (most == 1 ? 205 : 230) * rows,
        };
    }

    private static double Farthest(Panel panel)
    {
        var bars = (Bars)panel.Traces[0];
        var ends = bars.Y.Select((y, i) => Math.Abs(y) + (bars.Errors is { } errors && double.IsFinite(errors.Above[i]) ? errors.Above[i] : 0));
        return ends.Where(double.IsFinite).DefaultIfEmpty(1).Max();
    }

    private static Axis Classes(IReadOnlyList<MethodRuns> methods)
    {
        RunResult[] runs = [.. methods.SelectMany(method => method.Runs)];
        var (set, order) = (runs[0].Spec.Data.Benchmark, Measures.HeadToTail(runs[0]));
        var isOne = runs.All(run => run.Spec.Data.Benchmark == set && Measures.HeadToTail(run).SequenceEqual(order));
        return isOne && set.NamesClasses ? Axis.Of("class, most forgotten first", order.Select(set.ClassName)) : Axis.Whole("class, most forgotten first", "rank");
    }

    private static string Unnamed(Axis classes, IReadOnlyList<MethodRuns> methods) =>
        classes.Categories.Count == 0 && methods[0].Runs.Count > 1 ? " Each seed orders the classes anew, so a rank is another class in another seed." : "";

    private static Panel Panel(MethodRuns method, Axis axis, DeviationBy by)
    {
        var first = axis.Categories.Count > 0 ? 0 : 1;
        var groups = method.Runs[0].Groups;
        var ranks = Enumerable.Range(0, Measures.HeadToTail(method.Runs[0]).Count).ToArray();
        var classes = method.Runs.Select(Measures.HeadToTail).ToArray();
        var means = ranks.Select(k => Statistics.Over(method.Runs.Select((run, i) => Measures.Deviation(run, [classes[i][k]], by)))).ToArray();
        var bars = new Bars(method.Title, ranks.Select(k => (double)(k + first)), means.Select(m => m.Mean))
        {
            Errors = method.Runs.Count > 1 ? Whiskers(means) : null,
        };
        var mean = method.Over(by == DeviationBy.Probability ? Measures.MeanDeviation : Measures.ClassBalancedGap).Mean;
        var size = by == DeviationBy.Probability ? "mean |deviation|" : "mean |ΔFA|";
        return new Panel(axis, new Axis(by == DeviationBy.Probability ? "deviation" : "ΔFA", "points"), [bars])
        {
            Title = method.Title,
            Annotations =
            [
                .. GroupZones.Of(groups, first),
                new Note(0.985, 0.05, string.Create(CultureInfo.InvariantCulture, $"{size} {mean:F1}"), Corner: true) { Align = Align.Right, Halo = false },
                new Note(0.015, 0.83, "under-forgotten", Corner: true) { Halo = false },
                new Note(0.015, 0.05, "over-forgotten", Corner: true) { Halo = false },
            ],
        };
    }

    // Of two or three seeds the interval can be wider than a difference of probabilities can be; it is cut where nothing is possible.
    private static ErrorBars Whiskers(IReadOnlyList<Estimate> means) => new(
        [.. means.Select(m => Math.Min(m.HalfWidth, m.Mean + 100))], [.. means.Select(m => Math.Min(m.HalfWidth, 100 - m.Mean))]);

    private static string Seeds(IReadOnlyList<MethodRuns> methods) => methods.Max(m => m.Runs.Count) is var seeds and > 1
        ? string.Create(CultureInfo.InvariantCulture, $"; {seeds} seeds, 95 % intervals")
        : "; one seed";
}
