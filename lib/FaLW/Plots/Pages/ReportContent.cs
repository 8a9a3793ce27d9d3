using FaLW.Experiments;
using FaLW.Figures;
using FaLW.Metrics;

namespace FaLW.Plots;

/// <summary>A figure of a report with its words; drawn once for all files.</summary>
internal sealed record Plate(string Name, Figure Figure, string Caption)
{
    private readonly Lazy<(string Svg, byte[] Png)> drawn = new(() => (Figures.Svg.Of(Figure), Figures.Png.Of(Figure)));

    public string Svg => drawn.Value.Svg;

    public byte[] Png => drawn.Value.Png;

    /// <summary>Clouds of thousands of points would weigh more as vectors than as pixels.</summary>
    public bool AsPixels => Svg.Length > 250_000;
}

/// <summary>Everything a report says, before it has a form.</summary>
internal sealed record ReportContent(string Title, string Question, string Setting)
{
    // With more rows than this panels and sentences per method drown a reader.
    private const int MostMethods = 12;

    public required IReadOnlyList<string> Findings { get; init; }

    public required IReadOnlyList<(string Name, string Heading, Table Table)> Tables { get; init; }

    public required IReadOnlyList<Plate> Plates { get; init; }

    public required IReadOnlyList<string> Notes { get; init; }

    /// <summary>Every column of the first table with its meaning.</summary>
    public required IReadOnlyList<(string Name, string Meaning)> Meanings { get; init; }

    public required Table SharedSettings { get; init; }

    public required Table MethodSettings { get; init; }

    public required Table Provenance { get; init; }

    public static ReportContent Of(IReadOnlyList<RunResult> results, string title, string question, string choices)
    {
        if (!IsSweep(results) && VariedContent.Is(results)) return VariedContent.Of(results, title, question, choices);
        var methods = MethodRuns.OfOneSetting(results);
        var (many, sweep) = (methods.Count > MostMethods, IsSweep(results));
        var pilots = sweep ? Pilot.Of(results) : [];
        return new ReportContent(title, question, Plots.Setting.Of(results[0].Spec).Words)
        {
            Findings = many || sweep ? [] : FindingSentences.Of(methods),
            Tables = sweep ? [("search", "What each method gets", SearchTable.Of(pilots) with { Title = "" })] : [.. TablesOf(results)],
            Plates = sweep ? [Sensitivity(pilots)] : many ? [Forgotten(results), Map(results)] : [.. Comparison(results)],
            Notes = HonestNotes.Of(methods, choices),
            Meanings = sweep ? [] : [.. Metric.Meanings],
            SharedSettings = SpecTable.Shared(results.Select(r => r.Spec)),
            MethodSettings = SpecTable.PerMethod(results.Select(r => r.Spec)),
            Provenance = ProvenanceTable.Of(results),
        };
    }

    // One method at several values of its searched setting: the answer is a curve, and what test images say is nobody's business.
    private static bool IsSweep(IReadOnlyList<RunResult> results) =>
        results.GroupBy(r => r.Title, StringComparer.Ordinal).Any(method => method.Select(r => r.Spec.Unlearner.Searched).Distinct().Count() > 1);

    private static IEnumerable<(string Name, string Heading, Table Table)> TablesOf(IReadOnlyList<RunResult> results)
    {
        yield return ("results", "Results", ResultsTable.Of(results) with { Title = "" });
        yield return ("deviation", "Deviation, head to tail", DeviationTable.Of(results) with { Title = "" });
        yield return ("skew", "Heterogeneous or skewed deviation", SkewTable.Of(results) with { Title = "" });
        yield return ("known", "Images that Retrain knows and does not know", DeviationTable.ByRetrain(results) with { Title = "" });
        if (WeightingTable.Of(results) is { } weights) yield return ("weights", "What the weights did", weights with { Title = "" });
    }

    private static Plate Map(IReadOnlyList<RunResult> results) => new(
        "methods", MethodMap.Of(results), "Every method in one row: vermillion is above Retrain, blue below. A row without colour would be Retrain itself.");

    private static Plate Forgotten(IReadOnlyList<RunResult> results) => new("forget-set", ForgetHistogram.Of(results[0]),
        "How many images of each class are to be forgotten. The dashed line is what a balanced draw of the same size would ask of every class.");

    private static Plate Sensitivity(IReadOnlyList<Pilot> pilots) => new(
        "sensitivity", AgainstPlot.Of(pilots),
        "Every method with every value of its searched setting, judged on unseen images. Each method gets the value of its smallest.");

    private static IEnumerable<Plate> Comparison(IReadOnlyList<RunResult> results)
    {
        yield return Forgotten(results);
        yield return new("deviation", DeviationPlot.Of(results),
            "Where each method misses Retrain. Bars above zero: the model still knows these images too well; below zero: it knows them less than a model that never saw them.");
        yield return new("deviation-accuracy", DeviationPlot.Of(results, DeviationBy.ForgetAccuracy),
            "The same in forget accuracy, the paper's ΔFA: only images that cross the decision boundary count.");
        yield return new("gaps", GapBars.Of(results), "The four metrics of the papers as signed distances to Retrain.");
        yield return new("probability", ProbabilityScatter.Of(results),
            "Every forget sample under Retrain and under the method. On the line a sample is forgotten exactly.");
        if (results.Any(r => r.Log.EpochLoss.Count > 1))
            yield return new("loss", TrainingCurves.Of(results), "The loss each method optimised, epoch by epoch.");
    }
}
