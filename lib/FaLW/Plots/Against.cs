using System.Runtime.CompilerServices;
using FaLW.Data;
using FaLW.Experiments;
using FaLW.Figures;
using FaLW.Metrics;
using FaLW.Studies;
using FaLW.Weighting;

namespace FaLW.Plots;

/// <summary>A setting that studies vary on purpose; its value is NaN for a run that has none, and its axis logarithmic where values lie apart by factors.</summary>
internal sealed record Knob(string Name, Func<RunResult, double> Of, bool Log = false)
{
    private Func<ForgettingAwareWeighting, ExperimentSpec, ForgettingAwareWeighting>? Joined { get; init; }

    // Fewer values are rows of a table, not a curve.
    private const int Curve = 3;

    public static Knob Gamma { get; } = new("γ", run => run.Spec.Data.Forget.Gamma);

    public static Knob Cap { get; } = new("cap", run => run.Spec.Data.Forget.Cap);

    /// <summary>Without the factor it is the factor's exponent 0: the same weight.</summary>
    public static Knob Tau { get; } = OfFaLW("τ", (falw, _) => falw.Balance ? falw.Tau : 0) with
    {
        Joined = (falw, _) => falw is { Balance: false, Eta: null } ? falw with { Balance = true, Tau = 0 } : falw,
    };

    private static IReadOnlyList<Knob> OfWeightings { get; } =
    [
        Tau,
        OfFaLW("steps between two profiles", (falw, _) => falw.RefreshEvery) with { Log = true },
        OfFaLW("unseen images asked in a step", (falw, spec) => falw.Slice > 0 ? falw.Slice : spec.Data.UnseenPerClass * spec.Data.Classes) with
        {
            Log = true,
            Joined = (falw, spec) => falw.Slice > 0 ? falw : falw with { Slice = (int)(spec.Data.UnseenPerClass * spec.Data.Classes) },
        },
        OfFaLW("unseen images of a class", (falw, spec) => falw.UnseenPerClass > 0 ? falw.UnseenPerClass : spec.Data.UnseenPerClass) with { Log = true },
        OfFaLW("α : β", (falw, _) => falw.Alpha ?? 1) with { Log = true },
    ];

    public static IReadOnlyList<Knob> All { get; } = [Gamma, Cap, .. OfWeightings];

    /// <summary>The runs that differ in this setting and in no other of a weighting, and those without any; none where it has too few values for a curve.</summary>
    public IReadOnlyList<RunResult> Varied(IReadOnlyList<RunResult> results)
    {
        var methods = results.Where(run => OfWeightings.All(other => other == this || double.IsNaN(other.Of(run)) || other.Of(run).Equals(Usual(other, results))))
            .Select(Join).GroupBy(run => run.Title, StringComparer.Ordinal).Select(method => (Runs: method, Values: method.Select(Of).Distinct().ToArray())).ToArray();
        return methods.Any(method => method.Values.Length >= Curve) ? [.. methods.Where(method => method.Values.Length > 1 || double.IsNaN(method.Values[0])).SelectMany(method => method.Runs)] : [];
    }

    // What another name has for the same thing belongs to the curve: FaLW without the factor is FaLW with exponent 0.
    private RunResult Join(RunResult run) => Joined is { } joined && run.Spec.Weighting is ForgettingAwareWeighting falw
        ? run with { Spec = run.Spec with { Weighting = joined(falw, run.Spec) } } : run;

    public Figure Groups(IReadOnlyList<RunResult> results, DeviationBy by)
    {
        var (title, axis) = by == DeviationBy.ForgetAccuracy ? ("Forget accuracy minus Retrain's", "ΔFA") : ("Deviation from Retrain", "deviation");
        return Beside($"{title}, head to tail, against {Name}", shareY: true, [.. Measures.Groups.Select(group => (group.Name, AgainstPlot.Of(
            results, Of, run => Measures.Deviation(run, group.Of(run.Groups), by), new Axis(axis, "points"), x: Name)))]).OverRetrain();
    }

    /// <summary>The only panels of several figures as panels of one.</summary>
    public static Figure Beside(string title, bool shareY, params (string Title, Figure Figure)[] parts) => parts[0].Figure with
    {
        Title = title,
        Panels = [.. parts.Select(part => part.Figure.Panels[0] with { Title = part.Title })],
        Columns = parts.Length,
        ShareX = true,
        ShareY = shareY,
    };

    private static double Usual(Knob knob, IReadOnlyList<RunResult> results) =>
        results.Select(knob.Of).Where(value => !double.IsNaN(value)).GroupBy(value => value).MaxBy(group => group.Count())!.Key;

    private static Knob OfFaLW(string name, Func<ForgettingAwareWeighting, ExperimentSpec, double> of) =>
        new(name, run => run.Spec.Weighting is ForgettingAwareWeighting falw ? of(falw, run.Spec) : double.NaN);
}

/// <summary>
/// A metric against any setting, one line per method: γ, τ, the learning rate, a setting of a weighting of your own. Whatever else differs between
/// the results splits the lines and is named in the legend, so nothing is averaged over but seeds.
/// </summary>
public static class AgainstPlot
{
    // More lines than this cannot be told apart in one panel.
    private const int MostInPanel = 6;

    // How far left of the smallest positive value zero stands on a logarithmic axis, as a factor: half a decade.
    private const double ZeroGap = 3.16;

    // Whiskers of several methods at one place would lie over each other: they stand beside it, this share of the axis apart.
    private const double Aside = 0.006;

    private static Axis AverageGap => new("Average Gap", "points") { Low = 0 };

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
        return Of(rows, y ?? (metric is null ? AverageGap : new Axis(LastWord(measured))), x ?? LastWord(asked), log) with { Subtitle = Setting.WordsOf(MethodRuns.Of(points.Select(p => p.Run))) };
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
        var axis = y ?? AverageGap;
        var methods = all.GroupBy(row => row.Method, StringComparer.Ordinal).ToLookup(method => method.All(row => double.IsNaN(row.Setting)));
        var across = Across(x, [.. all.Select(row => row.Setting).Where(double.IsFinite)], log);
        var apart = Apart([.. all.Select(row => row.Setting).Where(double.IsFinite).Distinct()], log);
        var curves = methods[false].ToArray();
        var figure = Figure.Of($"{axis.Label} against {x}", across, axis,
            [.. curves.SelectMany((method, i) => Curve(method.Key, Panels.Shapes[i % Panels.Shapes.Length], method, across, axis.Low == 0, at => apart(at, i - (curves.Length - 1) / 2.0)))]);
        return (figure.Annotate([.. methods[true].Select(method => new ReferenceLine(method.Average(row => row.Metric), method.Key))]) with
        {
            Note = ((axis.Low == 0 ? "A halo marks the smallest of each method. Lower is nearer to Retrain." : "") + (across.Zero is null ? "" : " 0 has a place of its own at the left of the logarithmic axis.")).TrimStart(),
            Height = 520,
        }).TellingWhiskers();
    }

    /// <summary>
    /// Average Gap on unseen images against the searched setting, as the pilot seeds saw it; a panel per method where there are many. What diverged
    /// has no point, what could no longer be chosen the least its gap can be, and a method with nothing to search no line.
    /// </summary>
    /// <exception cref="Fault">There is no row.</exception>
    public static Figure Of(IEnumerable<Pilot> pilots)
    {
        Pilot[] searched = [.. pilots.Where(row => double.IsFinite(row.LearningRate))];
        var best = searched.Where(row => row.Chosen).ToDictionary(row => row.Title, row => row.ValidationGap, StringComparer.Ordinal);
        double Shown(Pilot row) => double.IsFinite(row.ValidationGap) ? row.ValidationGap : best.TryGetValue(row.Title, out var least) && row.AtLeast > least ? row.AtLeast : double.NaN;
        var rows = searched.Select(row => (row.Title, row.LearningRate, Gap: Shown(row))).Where(row => double.IsFinite(row.Gap)).ToArray();
        var axis = AverageGap with { Label = "Average Gap on unseen images" };
        var methods = rows.GroupBy(row => row.Title, StringComparer.Ordinal).ToArray();
        var figure = methods.Length <= MostInPanel ? Of(rows, axis) : Panels.Facets($"{axis.Label} against the searched setting", [.. methods.Select(method => Facet(method.Key, [.. method], axis))]) with
        {
            Note = "Across: what was searched, the learning rate or what a method without one, or a weighting, has in its place. A halo marks the smallest. Lower is nearer to Retrain.",
            Columns = 3,
            ShareX = false,
            Height = 60 + 190 * ((methods.Length + 2) / 3),
        };
        return rows.Length == searched.Count(row => double.IsFinite(row.ValidationGap)) ? figure : figure with { Note = $"{figure.Note} A value left out on some pilot seeds stands at the least its gap can be." };
    }

    private static Panel Facet(string title, (string, double Setting, double)[] rows, Axis axis)
    {
        var across = Across("", [.. rows.Select(row => row.Setting)], log: true);
        return new Panel(across, axis with { Label = "gap" }, [.. Curve(title, Panels.Shapes[0], rows, across, halo: true, at => at)]) { Title = title };
    }

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
        if (!log) return values.All(double.IsInteger) ? Axis.Whole(label) : new Axis(label);
        if (values.Any(value => value < 0))
            throw new Fault(Invariant($"A logarithmic axis has no place for {values.Min()}; draw {label} on a linear one (log: false)."));
        return Axis.Log(label) with { Zero = values.Contains(0) ? values.Where(value => value > 0).DefaultIfEmpty(1).Min() / ZeroGap : null };
    }

    private static Func<double, double, double> Apart(IReadOnlyList<double> values, bool log)
    {
        var shown = values.Where(value => !log || value > 0).DefaultIfEmpty(1).ToArray();
        var span = log ? Math.Log(shown.Max() / shown.Min()) : shown.Max() - shown.Min();
        return (at, places) => log ? at * Math.Exp(Aside * places * span) : at + Aside * places * span;
    }

    private static IEnumerable<Trace> Curve(string name, Marker shape, IEnumerable<(string Method, double Setting, double Metric)> rows, Axis across, bool halo, Func<double, double> apart)
    {
        var points = rows.Where(r => double.IsFinite(r.Setting)).GroupBy(r => r.Setting).OrderBy(g => g.Key).Select(g => (X: g.Key, Y: Statistics.Over(g.Select(r => r.Metric)))).ToArray();
        double Beside(double x) => points.Any(p => p.Y.Count > 1) ? apart(x) : x;
        double At(double x) => Beside(x == 0 && across.Zero is { } zero ? zero : x);
        if (halo && points.MinBy(p => p.Y.Mean) is var best) yield return new Points(name, [At(best.X)], [best.Y.Mean]) { Radius = 9, Opacity = 0.3, InLegend = false };
        var zeros = across.Zero is null ? [] : points.Where(p => p.X == 0).ToArray();
        var joined = points.Except(zeros).ToArray();
        if (joined.Length > 0)
            yield return new Line(name, joined.Select(p => At(p.X)), joined.Select(p => p.Y.Mean)) { Marker = shape, Errors = Panels.Whiskers(joined.Select(p => p.Y)) };
        foreach (var (_, mean) in zeros)
            yield return new Points(name, [At(0)], [mean.Mean]) { Marker = shape, Errors = Panels.Whiskers([mean]), InLegend = joined.Length == 0, Labels = [Invariant($"{name}: {mean.Mean:0.##} at 0")] };
    }

    // "r => r.Weighting<Mine>().Beta" asks for Beta.
    private static string LastWord(string expression) => Labels.ShortName(string.Concat(expression.TrimEnd(')', ' ', '(').Reverse().TakeWhile(c => char.IsLetterOrDigit(c) || c == '_').Reverse()));
}

/// <summary>The imbalance sweep: what becomes of methods as the request grows steeper. The noise floor is a line of its own.</summary>
public static class SweepPlot
{
    /// <summary>Average Gap over γ, one line per method, with 95 % t-intervals where there are several seeds.</summary>
    /// <param name="results">Results of <see cref="Study.Sweep"/>, or any of several γ.</param>
    public static Figure Gap(IReadOnlyList<RunResult> results) => AgainstPlot.Of(WithNoise(results), Knob.Gamma.Of, x: Knob.Gamma.Name);

    /// <summary>Forget accuracy minus Retrain's over γ, in points: above zero a method forgets too little, below it too much.</summary>
    public static Figure ForgetAccuracy(IReadOnlyList<RunResult> results) =>
        AgainstPlot.Of(WithNoise(results), Knob.Gamma.Of, Over, new Axis("Forget accuracy minus Retrain's", "points"), x: Knob.Gamma.Name).OverRetrain();

    /// <summary>The same for head, middle and tail classes.</summary>
    /// <param name="results">Results of several γ.</param>
    public static Figure Groups(IReadOnlyList<RunResult> results) => Knob.Gamma.Groups(WithNoise(results), DeviationBy.ForgetAccuracy);

    internal static double Over(RunResult run) => run.Unlearned.ForgetAccuracy - run.Retrain.ForgetAccuracy;

    private static RunResult[] WithNoise(IReadOnlyList<RunResult> results) => [.. results, .. MethodRuns.Noise(results).SelectMany(noise => noise.Runs)];
}

/// <summary>FaLW over the exponent τ of its balance factor; τ = 0 is FaLW without the factor.</summary>
public static class BalancePlot
{
    /// <summary>Average Gap over τ.</summary>
    /// <param name="results">Results of <see cref="Study.Balance"/>, or any of several τ.</param>
    public static Figure Gap(IReadOnlyList<RunResult> results) => AgainstPlot.Of(Joined(results), Knob.Tau.Of, x: Knob.Tau.Name);

    /// <summary>Deviation of head, middle and tail classes over τ, in points.</summary>
    /// <param name="results">Results of several τ.</param>
    /// <param name="by">In forget accuracy, the paper's ΔFA, or in true-class probability.</param>
    public static Figure Groups(IReadOnlyList<RunResult> results, DeviationBy by = DeviationBy.ForgetAccuracy) => Knob.Tau.Groups(Joined(results), by);

    // FaLW without the factor belongs to the curve: it is τ = 0.
    private static IReadOnlyList<RunResult> Joined(IReadOnlyList<RunResult> results) => Knob.Tau.Varied(results) is { Count: > 0 } joined ? joined : results;
}

/// <summary>What a search tried and what each method gets.</summary>
public static class SearchTable
{
    /// <summary>One row per method: the value it gets, the gap there, and every value with its gap. Test images have no say in any of them.</summary>
    public static Table Of(IEnumerable<Pilot> pilots) => Table.Of("What the search found",
        pilots.GroupBy(row => row.Title, StringComparer.Ordinal).Select(tried => (Rows: tried, Chosen: tried.FirstOrDefault(row => row.Chosen), IsSearched: tried.Any(row => double.IsFinite(row.LearningRate)))),
        [
            new("Method", tried => tried.Rows.Key),
            new("value", tried => tried is { Chosen: { LearningRate: var rate }, IsSearched: true } ? new Cell(Invariant($"{rate:0.######}"), rate) : new Cell("–"), "", 4)
                { Meaning = "The value each method gets: its learning rate, where it takes gradient steps." },
            new("gap", tried => tried.Chosen?.ValidationGap ?? double.NaN, "points") { Meaning = "Average Gap to Retrain at that value, with unseen images in place of test images; mean over pilot seeds." },
            new("steps", tried => tried.Rows.Max(row => row.Steps) is var steps and > 0 ? steps : double.NaN, "", 0) { Meaning = $"Optimizer steps of one run. {Tuning.EqualBudget}" },
            new("tried: value → gap", tried => tried.IsSearched ? string.Join(", ", tried.Rows.OrderBy(row => row.LearningRate).Select(row => Words(row, tried.Chosen))) : "nothing to search"),
        ], note: $"Gap: Average Gap to Retrain in points. –: diverged on a pilot seed, or not run yet. ≥: left out on the other pilot seeds, where it could no longer be chosen. s: suppressed on a pilot seed. Rule: {Tuning.SmallestValidationGap} Budget: {Tuning.EqualBudget}");

    /// <summary>One row per method and value, for scripts.</summary>
    public static Table Tried(IEnumerable<Pilot> pilots) => Table.Of("What the search tried", pilots,
    [
        new("method", row => row.Title), new("learning_rate", row => row.LearningRate), new("validation_gap", row => row.ValidationGap),
        new("chosen", row => row.Chosen ? "yes" : "no"), new("at_least", row => row.AtLeast > 0 ? row.AtLeast : double.NaN), new("suppressed_on_seeds", row => row.Suppressed), new("steps", row => row.Steps),
    ]);

    private static string Words(Pilot row, Pilot? chosen)
    {
        var isOut = row.Suppressed > 0 || row.AtLeast >= chosen?.ValidationGap;
        var gap = !double.IsNaN(row.ValidationGap) ? Invariant($"{row.ValidationGap:0.0}") : row.AtLeast > 0 && isOut ? Invariant($"≥ {row.AtLeast:0.0}") : "–";
        return Invariant($"{row.LearningRate:0.######} → {gap}{(row.Suppressed > 0 ? " s" : "")}");
    }
}
