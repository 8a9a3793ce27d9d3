using System.Globalization;
using FaLW.Data;
using FaLW.Experiments;
using FaLW.Figures;
using FaLW.Metrics;

namespace FaLW.Plots;

/// <summary>What a report says of results of several settings, or of one method in several: curves over what was varied.</summary>
internal static class VariedContent
{
    private static readonly Axis Distance = new("Average Gap", "points") { Low = 0 };

    /// <summary>Whether there is a curve to draw, or no table of one setting.</summary>
    public static bool Is(IReadOnlyList<RunResult> results) => Setting.Groups(results).Count > 1 || Knob.All.Any(knob => knob.Varied(results).Count > 0);

    public static ReportContent Of(IReadOnlyList<RunResult> results, string title, string question, string choices)
    {
        var methods = MethodRuns.Of(results);
        return new ReportContent(title, question, Setting.WordsOf(methods))
        {
            Findings = [.. Findings(results)],
            Tables = [.. Tables(results)],
            Plates = [.. Plates(results)],
            Notes = HonestNotes.Of(methods, choices),
            Meanings = [.. Metric.Meanings],
            SharedSettings = SpecTable.Shared(results.Select(r => r.Spec)),
            MethodSettings = SpecTable.PerMethod(results.Select(r => r.Spec)),
            Provenance = ProvenanceTable.Of(results),
        };
    }

    private static IEnumerable<(string Name, string Heading, Table Table)> Tables(IReadOnlyList<RunResult> results)
    {
        yield return ("results", "Results", ResultsTable.Of(results) with { Title = "" });
        yield return ("deviation", "Deviation, head to tail", DeviationTable.Of(results) with { Title = "" });
        if (Knob.Cap.Varied(results).Count > 0) yield return ("deviation-by-samples", "The same with head, middle and tail as thirds of the images to forget", BySamples(results));
        yield return ("skew", "Heterogeneous or skewed deviation", SkewTable.Of(results) with { Title = "" });
        if (WeightingTable.Of(results) is { } weights) yield return ("weights", "What the weights did", weights with { Title = "" });
    }

    private static Table BySamples(IReadOnlyList<RunResult> results) =>
        DeviationTable.Of(results.Select(run => run with { Groups = ClassGroups.OfSamples(run.ForgetCounts) })) with
        {
            Title = "",
            Note = "The head is here the fewest classes that hold a third of the images to forget, the tail the fewest forgotten ones that do.",
        };

    private static IEnumerable<Plate> Plates(IReadOnlyList<RunResult> results)
    {
        foreach (var knob in Knob.All)
        {
            if (knob.Varied(results) is not { Count: > 0 } varied) continue;
            foreach (var plate in knob == Knob.Gamma ? OverGamma(varied) : knob == Knob.Tau ? OverTau(varied) : [Cost(knob, varied)]) yield return plate;
        }
    }

    private static IEnumerable<Plate> OverGamma(IReadOnlyList<RunResult> results)
    {
        yield return new("gap-over-gamma", SweepPlot.Gap(results), "Average Gap to Retrain over the steepness of the request; γ = 0 is balanced. Every γ has a Retrain of its own.");
        yield return new("accuracy-over-gamma", SweepPlot.ForgetAccuracy(results), "Above zero a method forgets too little, below it too much.");
        yield return new("deviation-over-gamma", SweepPlot.Groups(results), "The same for head, middle and tail classes.");
    }

    private static IEnumerable<Plate> OverTau(IReadOnlyList<RunResult> results)
    {
        yield return new("accuracy-over-tau", BalancePlot.Groups(results),
            "Forget accuracy minus Retrain's (the paper's ΔFA) of head, middle and tail classes over the exponent of the balance factor; 0 is FaLW without it.");
        yield return new("deviation-over-tau", BalancePlot.Groups(results, DeviationBy.Probability), "The same in true-class probability.");
        yield return new("gap-over-tau", BalancePlot.Gap(results), "Average Gap to Retrain over the same exponent.");
    }

    private static Plate Cost(Knob knob, IReadOnlyList<RunResult> results)
    {
        var name = knob.Name == "α : β" ? "alpha-beta" : knob.Name.Replace(' ', '-');
        Figure Against(Func<RunResult, double> metric, Axis y) => AgainstPlot.Of(results, knob.Of, metric, y, knob.Log, knob.Name);
        return new(name, VariedPanels.Beside($"Average Gap and time against {knob.Name}", shareY: false,
            ("Average Gap", Against(r => r.AverageGap, Distance)), ("time of the unlearning", Against(r => Measures.Seconds(r, "unlearned"), new Axis("time", "s")))),
            $"What {knob.Name} changes in distance to Retrain, and what it costs.");
    }

    private static IEnumerable<string> Findings(IReadOnlyList<RunResult> results)
    {
        foreach (var (mark, runs) in Setting.Groups(results))
        {
            var order = MethodRuns.Of(runs).Select(method => (method.Title, Gap: method.Over(run => run.AverageGap))).OrderBy(method => method.Gap.Mean).ToArray();
            yield return $"{(mark.Length > 0 ? $"{mark[2..]}: by" : "By")} Average Gap {order[0].Title} is nearest to Retrain ({Words(order[0].Gap)} points)"
                + (order.Length > 1 ? $", then {order[1].Title} ({Words(order[1].Gap)})" : "") + (order[0].Gap.Count < 2 ? "; one seed." : ".");
        }
        foreach (var method in Knob.Gamma.Varied(results).GroupBy(run => run.Title, StringComparer.Ordinal))
            yield return Crossing(method.Key, [.. method.GroupBy(Knob.Gamma.Of).OrderBy(at => at.Key).Select(at => (at.Key, at.Average(SweepPlot.Over)))]);
    }

    private static string Crossing(string method, (double Gamma, double Over)[] course)
    {
        string At(IEnumerable<(double Gamma, double Over)> some) => string.Join(", ", some.Select(at => at.Gamma.ToString("0.##", CultureInfo.InvariantCulture)));
        (double, double)[] above = [.. course.Where(at => at.Over > 0)], below = [.. course.Where(at => at.Over <= 0)];
        return (above.Length, below.Length) switch
        {
            (_, 0) => $"{method} leaves more forget accuracy than Retrain has at every γ.",
            (0, _) => $"{method} leaves no more forget accuracy than Retrain has at any γ.",
            _ => $"{method} leaves more forget accuracy than Retrain has at γ {At(above)}, and no more at γ {At(below)}.",
        };
    }

    private static string Words(Estimate value) => double.IsNaN(value.HalfWidth)
        ? FormattableString.Invariant($"{value.Mean:F2}") : FormattableString.Invariant($"{value.Mean:F2} ± {value.HalfWidth:F2}");
}
