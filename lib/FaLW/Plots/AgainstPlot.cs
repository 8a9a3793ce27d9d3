using System.Runtime.CompilerServices;
using FaLW.Data;
using FaLW.Experiments;
using FaLW.Figures;
using FaLW.Metrics;

namespace FaLW.Plots;

/// <summary>
/// A metric against any setting, one line per method: γ, τ, the learning rate, a setting of a weighting of your own. Whatever else differs between
/// the results splits the lines and is named in the legend, so nothing is averaged over but seeds.
/// </summary>
public static class AgainstPlot
{
    // More lines than this cannot be told apart in one panel.
    private const int MostInPanel = 6;
    private const int Columns = 3;

    // How far left of the smallest positive value zero stands on a logarithmic axis, as a factor: half a decade.
    private const double ZeroGap = 3.16;

    private static readonly Marker[] Shapes = [Marker.Circle, Marker.Square, Marker.Triangle, Marker.Diamond];

    /// <summary>One line per method through the mean over seeds, with 95 % t-intervals where there are several.</summary>
    /// <param name="results">Any number of methods, settings and seeds.</param>
    /// <param name="setting">The setting, for example <c>r => r.Weighting&lt;Mine&gt;().Beta</c> or <c>r => r.Spec.Data.Forget.Gamma</c>; NaN for a run that has none, which is drawn as a level line.</param>
    /// <param name="metric">The metric; null for Average Gap.</param>
    /// <param name="y">The metric's axis; null for the axis of Average Gap, or one that names what <paramref name="metric"/> asks for.</param>
    /// <param name="log">Whether the setting's axis is logarithmic; a zero then gets a place of its own at the left.</param>
    /// <param name="x">What the setting is called; null for the last word of <paramref name="setting"/>.</param>
    /// <param name="asked">Filled in by the compiler.</param>
    /// <param name="measured">Filled in by the compiler.</param>
    /// <exception cref="Fault">There is no result, or a negative setting on a logarithmic axis.</exception>
    public static Figure Of(
        IEnumerable<RunResult> results, Func<RunResult, double> setting, Func<RunResult, double>? metric = null, Axis? y = null, bool log = false, string? x = null,
        [CallerArgumentExpression(nameof(setting))] string asked = "", [CallerArgumentExpression(nameof(metric))] string measured = "")
    {
        var points = results.Select(run => (Run: run, X: setting(run), Y: (metric ?? (r => r.AverageGap))(run))).ToArray();
        if (points.Length == 0) throw new Fault("There is no result to draw. Run experiments first, for example lab.Run(specs).");
        var rows = points.GroupBy(p => p.Run.Title, StringComparer.Ordinal).SelectMany(method => Split([.. method]));
        var axis = y ?? (metric is null ? new Axis("Average Gap", "points") { Low = 0 } : new Axis(LastWord(measured)));
        return Of(rows, axis, x ?? LastWord(asked), log) with { Subtitle = Setting.WordsOf(MethodRuns.Of(points.Select(p => p.Run))) };
    }

    /// <summary>The same from plain numbers.</summary>
    /// <param name="rows">Method, setting and metric, one row per run.</param>
    /// <param name="y">The metric's axis; null for Average Gap, whose smallest value is marked.</param>
    /// <param name="x">What is varied.</param>
    /// <param name="log">Whether the setting's axis is logarithmic.</param>
    /// <exception cref="Fault">There is no row, or a negative setting on a logarithmic axis.</exception>
    public static Figure Of(IEnumerable<(string Method, double Setting, double Metric)> rows, Axis? y = null, string x = "learning rate", bool log = true)
    {
        var all = rows.ToArray();
        if (all.Length == 0) throw new Fault("There is no run to draw. Run the experiments, or the pilot study, first.");
        var axis = y ?? new Axis("Average Gap", "points") { Low = 0 };
        var methods = all.GroupBy(row => row.Method, StringComparer.Ordinal).ToArray();
        var without = methods.Where(method => method.All(row => double.IsNaN(row.Setting))).ToArray();
        var across = Across(x, [.. all.Select(row => row.Setting).Where(double.IsFinite)], log);
        var figure = Figure.Of($"{axis.Label} against {x}", across, axis, [.. methods.Except(without).SelectMany((method, i) => Curve(method.Key, i, method, across, axis.Low == 0))]);
        return figure.Annotate([.. without.Select(method => new ReferenceLine(method.Average(row => row.Metric), method.Key))]) with
        {
            Note = ((axis.Low == 0 ? "A halo marks the smallest of each method. Lower is nearer to Retrain." : "") + (across.Zero is null ? "" : " 0 has a place of its own at the left of the logarithmic axis.")).TrimStart(),
            Height = 520,
        };
    }

    /// <summary>
    /// Average Gap on unseen images against the searched setting, as the pilot seeds saw it; a panel per method where there are many. What diverged
    /// has no point, and a method with nothing to search no line.
    /// </summary>
    /// <param name="pilots">The rows of a search.</param>
    /// <exception cref="Fault">There is no row.</exception>
    public static Figure Of(IEnumerable<Pilot> pilots)
    {
        var rows = pilots.Where(p => double.IsFinite(p.ValidationGap) && double.IsFinite(p.LearningRate)).Select(p => (p.Title, p.LearningRate, p.ValidationGap)).ToArray();
        var axis = new Axis("Average Gap on unseen images", "points") { Low = 0 };
        var methods = rows.GroupBy(row => row.Title, StringComparer.Ordinal).ToArray();
        return methods.Length <= MostInPanel ? Of(rows, axis) : Facets(methods, axis);
    }

    private static Figure Facets(IReadOnlyList<IGrouping<string, (string Method, double Setting, double Metric)>> methods, Axis axis) => new(
        $"{axis.Label} against the searched setting",
        [.. methods.Select(method => (method.Key, Rows: method.ToArray(), Across: Across("", [.. method.Select(row => row.Setting)], log: true)))
            .Select(m => new Panel(m.Across, axis with { Label = "gap" }, [.. Curve(m.Key, 0, m.Rows, m.Across, halo: true)]) { Title = m.Key })])
    {
        Note = "The learning rate; of IU, SSD and other methods without one, the setting they search. A halo marks the smallest. Lower is nearer to Retrain.",
        Columns = Columns,
        ShareY = true,
        Legend = false,
        Height = 60 + 190 * ((methods.Count + Columns - 1) / Columns),
    };

    // Of what differs between the runs of one method, the setting itself explains what it alone decides; the rest splits the line.
    private static IEnumerable<(string, double, double)> Split(IReadOnlyList<(RunResult Run, double X, double Y)> method)
    {
        IReadOnlyDictionary<string, string>[] leaves = [.. method.Select(p => SpecLeaves.Of(p.Run.Spec))];
        bool SplitsALine(string name) => leaves.Select((each, i) => (method[i].X, Value: SpecLeaves.Value(each, name))).Distinct().GroupBy(p => p.X).Any(p => p.Skip(1).Any());
        var marks = SpecLeaves.Marks(leaves, SplitsALine);
        return method.Select((p, i) => (p.Run.Title + marks[i], p.X, p.Y));
    }

    private static Axis Across(string label, IReadOnlyList<double> values, bool log)
    {
        if (!log) return new Axis(label);
        if (values.Any(value => value < 0))
            throw new Fault(FormattableString.Invariant($"A logarithmic axis has no place for {values.Min()}; draw {label} on a linear one (log: false)."));
        var zero = values.Contains(0) ? values.Where(value => value > 0).DefaultIfEmpty(1).Min() / ZeroGap : (double?)null;
        return Axis.Log(label) with { Zero = zero };
    }

    private static IEnumerable<Trace> Curve(string name, int place, IEnumerable<(string Method, double Setting, double Metric)> rows, Axis across, bool halo)
    {
        var points = rows.Where(r => double.IsFinite(r.Setting)).GroupBy(r => r.Setting).OrderBy(g => g.Key).Select(g => (X: g.Key, Y: Statistics.Over(g.Select(r => r.Metric)))).ToArray();
        var shape = Shapes[place % Shapes.Length];
        double At(double x) => x == 0 && across.Zero is { } zero ? zero : x;
        if (halo && points.MinBy(p => p.Y.Mean) is var best) yield return new Points(name, [At(best.X)], [best.Y.Mean]) { Radius = 9, Opacity = 0.3, InLegend = false };
        var apart = across.Zero is null ? [] : points.Where(p => p.X == 0).ToArray();
        var joined = points.Except(apart).ToArray();
        if (joined.Length > 0)
            yield return new Line(name, joined.Select(p => p.X), joined.Select(p => p.Y.Mean)) { Marker = shape, Errors = Bars(joined) };
        if (apart.Length > 0)
            yield return new Points(name, [At(0)], [apart[0].Y.Mean]) { Marker = shape, Errors = Bars(apart), InLegend = joined.Length == 0, Labels = [FormattableString.Invariant($"{name}: {apart[0].Y.Mean:0.##} at 0")] };
    }

    private static ErrorBars? Bars((double X, Estimate Y)[] points) => points.Any(p => p.Y.Count > 1) ? ErrorBars.Of(points.Select(p => p.Y.HalfWidth)) : null;

    // "r => r.Weighting<Mine>().Beta" asks for Beta.
    private static string LastWord(string expression) => Labels.ShortName(string.Concat(expression.TrimEnd(')', ' ', '(').Reverse().TakeWhile(c => char.IsLetterOrDigit(c) || c == '_').Reverse()));
}
