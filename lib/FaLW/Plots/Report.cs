using FaLW.Data;
using FaLW.Experiments;
using FaLW.Figures;
using FaLW.Metrics;
using FaLW.Studies;

namespace FaLW.Plots;

/// <summary>
/// Writes what a study found for every use: one self-contained page to read and show, Markdown, tables as CSV and LaTeX,
/// figures as PNG and SVG. All of it is a function of the results: equal results, equal bytes.
/// </summary>
public static class Report
{
    /// <summary>Writes the report into a folder, in place of an earlier one.</summary>
    /// <param name="folder">Made when missing.</param>
    /// <param name="results">Results of any number of methods, settings and seeds; several settings, or several of one method, are shown as curves.</param>
    /// <param name="title">The heading.</param>
    /// <param name="question">The question the study asks; may be empty.</param>
    /// <param name="choices">What was chosen beforehand, on which pilot seed, by which rule; may be empty.</param>
    /// <param name="missing">What belongs to the study and is not among the results, a sentence each (<see cref="Missing"/>); null for nothing.</param>
    /// <param name="draws">Training images of each class of a set: the report then begins with random draws of them (the paper's Figure 1a), and there need be no result. Null for none.</param>
    /// <returns>Full paths of the files; the page is the first.</returns>
    /// <exception cref="Fault">There is no result.</exception>
    /// <exception cref="IOException">The folder cannot be written.</exception>
    public static IReadOnlyList<string> Write(
        string folder, IReadOnlyList<RunResult> results, string title, string question = "", string choices = "", IReadOnlyList<string>? missing = null, IReadOnlyList<int>? draws = null)
    {
        var content = draws is null ? ReportContent.Of(results, title, question, choices) : ReportContent.OfDraws(draws, results, title, question, choices);
        return Write(folder, content with { Notes = [.. missing ?? [], .. content.Notes] });
    }

    /// <summary>Which experiments of a study are not among its results: one sentence for each method and setting, with the seeds.</summary>
    /// <param name="asked">The experiments of the study, as they run.</param>
    /// <param name="results">What is there.</param>
    public static IReadOnlyList<string> Missing(IReadOnlyList<ExperimentSpec> asked, IReadOnlyList<RunResult> results)
    {
        var there = results.Select(result => result.Key).ToHashSet(StringComparer.Ordinal);
        var settings = SpecLeaves.Marks([.. asked.Select(SpecLeaves.Of)], name => name.StartsWith("Data.", StringComparison.Ordinal));
        return
        [
            .. from item in asked.Index()
               where !there.Contains(Stage.Unlearned(item.Item).Key)
               group item.Item.Seeds.Unlearning by item.Item.Label + settings[item.Index] into cell
               select $"Missing: {cell.Key}, seed{(cell.Count() == 1 ? "" : "s")} {string.Join(", ", cell)}.",
        ];
    }

    /// <summary>Writes the report of a job of audits into a folder, in place of an earlier one.</summary>
    /// <param name="folder">Made when missing.</param>
    /// <param name="result">What the job found.</param>
    /// <param name="title">The heading.</param>
    /// <param name="question">The question the study asks; may be empty.</param>
    /// <param name="choices">What was chosen beforehand; may be empty.</param>
    /// <returns>Full paths of the files; the page is the first.</returns>
    /// <exception cref="IOException">The folder cannot be written.</exception>
    public static IReadOnlyList<string> Write(string folder, AuditResult result, string title, string question = "", string choices = "") =>
        Write(folder, ReportContent.OfAudits(result, title, question, choices));

    /// <summary>Writes the reproduction report into a folder, in place of an earlier one; cells.csv has every row with everything.</summary>
    /// <param name="folder">Made when missing.</param>
    /// <param name="found">Every claim with its verdict.</param>
    /// <returns>Full paths of the files; the page is the first.</returns>
    /// <exception cref="IOException">The folder cannot be written.</exception>
    public static IReadOnlyList<string> Write(string folder, Reproduction found)
    {
        var written = Write(folder, ReproductionContent.Of(found));
        written.Add(Path.Combine(Path.GetFullPath(folder), "cells.csv"));
        WholeFile.Write(written[^1], ReproductionTable.Cells(found).ToCsv());
        return written;
    }

    private static List<string> Write(string folder, ReportContent content)
    {
        var written = new List<string>();
        var root = Directory.CreateDirectory(folder).FullName;
        // Pictures are most of the work, and none knows of another.
        var drawn = content.Plates.Select(plate => (plate.Name, Png: Task.Run(() => plate.Png), Pdf: Task.Run(() => Pdf.Of(plate.Figure)))).ToArray();
        Text("report.html", ReportPage.Html(content));
        Text("report.md", ReportPage.Markdown(content));
        foreach (var (name, _, table) in content.Tables)
        {
            Text($"{name}.csv", table.ToCsv());
            Text($"{name}.tex", table.ToLatex());
        }
        Directory.CreateDirectory(Path.Combine(root, "figures"));
        foreach (var (name, png, pdf) in drawn)
        {
            Bytes(Path.Combine("figures", name + ".png"), png.GetAwaiter().GetResult());
            Bytes(Path.Combine("figures", name + ".pdf"), pdf.GetAwaiter().GetResult());
        }
        return written;

        void Text(string name, string text) => Bytes(name, System.Text.Encoding.UTF8.GetBytes(text));

        void Bytes(string name, byte[] bytes)
        {
            var path = Path.Combine(root, name);
            WholeFile.Write(path, bytes);
            written.Add(path);
        }
    }
}

/// <summary>A figure of a report with its words; drawn once for all files.</summary>
internal sealed record Plate(string Name, Figure Figure, string Caption)
{
    private readonly Lazy<byte[]> png = new(() => Figures.Png.Of(Figure));

    public byte[] Png => png.Value;
}

/// <summary>Everything a report says, before it has a form.</summary>
internal sealed record ReportContent(string Title, string Question, string Setting)
{
    // With more rows than this panels and sentences per method drown a reader.
    private const int MostMethods = 12;

    // Figure 1 (ours): the share of the images, and the steepness of the request that stands beside the draws.
    private const double DrawnShare = 0.2, DrawnGamma = 1;

    public IReadOnlyList<string> Findings { get; init; } = [];

    public IReadOnlyList<(string Name, string Heading, Table Table)> Tables { get; init; } = [];

    public IReadOnlyList<Plate> Plates { get; init; } = [];

    public IReadOnlyList<string> Notes { get; init; } = [];

    /// <summary>Every column of the first table with its meaning.</summary>
    public IReadOnlyList<(string Name, string Meaning)> Meanings { get; init; } = [];

    public Table? SharedSettings { get; init; }

    public Table? MethodSettings { get; init; }

    public Table? Provenance { get; init; }

    public static ReportContent Of(IReadOnlyList<RunResult> results, string title, string question, string choices)
    {
        var methods = MethodRuns.Of(results);
        var about = new ReportContent(title, question, Plots.Setting.WordsOf(methods))
        {
            Notes = HonestNotes.Of(methods, choices),
            SharedSettings = SpecTable.Shared(results.Select(r => r.Spec)),
            MethodSettings = SpecTable.PerMethod(results.Select(r => r.Spec)),
            Provenance = ProvenanceTable.Of(results),
        };
        if (HonestNotes.AreOfASearch(results)) return OfASearch(about, results);
        about = about with { Tables = [.. TablesOf(results)], Meanings = [.. Metric.Meanings] };
        if (IsVaried(results)) return about with { Findings = [.. VariedFindings(results)], Plates = [.. Curves(results)] };
        return methods.Count > MostMethods
            ? about with { Plates = [Forgotten(results), Map(results)] }
            : about with { Findings = FindingSentences.Of(methods), Plates = [.. Comparison(results)] };
    }

    // One method at several values of its searched setting: the answer is a curve, and what test images say is nobody's business.
    private static ReportContent OfASearch(ReportContent about, IReadOnlyList<RunResult> results)
    {
        MethodRuns.OfOneSetting(results);
        var pilots = Pilot.Of(results);
        return about with
        {
            Tables = [("search", "What each method gets", SearchTable.Of(pilots) with { Title = "" })],
            Plates = [new("sensitivity", AgainstPlot.Of(pilots), "Every method with the values of its searched setting, judged on unseen images. Each method gets the value of its smallest.")],
        };
    }

    /// <summary>After the paper's Figure 1: (a) class counts of random draws, which need labels alone; (b) where methods miss Retrain, of runs that are there.</summary>
    public static ReportContent OfDraws(IReadOnlyList<int> capacity, IReadOnlyList<RunResult> results, string title, string question, string choices)
    {
        var content = results.Count > 0 ? Of(results, title, question, choices) : new ReportContent(title, question, "CIFAR-100, labels") { Notes = [choices] };
        var request = LongTail.Counts((int)Math.Round(DrawnShare * capacity.Sum()), DrawnGamma, capacity);
        return content with
        {
            Tables = [("draws", "Class counts of random draws and of a long-tailed request", RandomDrawTable.Of(capacity, request)), .. content.Tables],
            Plates =
            [
                new("draws", RandomDrawPlot.Of(capacity, request), "(a) Class counts of repeated random draws of a fifth of CIFAR-100, and of a long-tailed request of the same size. Labels alone; nothing was trained."),
                .. content.Plates.Where(plate => plate.Name.StartsWith("deviation", StringComparison.Ordinal)).Select(plate => plate with { Caption = "(b) " + plate.Caption }),
            ],
        };
    }

    private static IEnumerable<(string Name, string Heading, Table Table)> TablesOf(IReadOnlyList<RunResult> results)
    {
        yield return ("results", "Results", ResultsTable.Of(results) with { Title = "" });
        yield return ("deviation", "Deviation, head to tail", DeviationTable.Of(results) with { Title = "" });
        if (Knob.Cap.Varied(results).Count > 0) yield return ("deviation-by-samples", "The same with head, middle and tail as thirds of the images to forget", BySamples(results));
        yield return ("skew", "Heterogeneous or skewed deviation", SkewTable.Of(results) with { Title = "" });
        if (!IsVaried(results)) yield return ("known", "Images that Retrain knows and does not know", DeviationTable.ByRetrain(results) with { Title = "" });
        if (WeightingTable.Of(results) is { } weights) yield return ("weights", "What the weights did", weights with { Title = "" });
    }

    private static Table BySamples(IReadOnlyList<RunResult> results) => DeviationTable.Of(results.Select(run => run with { Groups = ClassGroups.OfSamples(run.ForgetCounts) })) with
    {
        Title = "",
        Note = "The head is here the fewest classes that hold a third of the images to forget, the tail the fewest forgotten ones that do.",
    };

    private static Plate Map(IReadOnlyList<RunResult> results) => new(
        "methods", MethodMap.Of(results), "Every method in one row: vermillion is above Retrain, blue below. A row without colour would be Retrain itself.");

    private static Plate Forgotten(IReadOnlyList<RunResult> results) => new("forget-set", ForgetHistogram.Of(results[0]),
        "How many images of each class are to be forgotten. The dashed line is what a balanced draw of the same size would ask of every class.");

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

    // Whether there is a curve to draw, or no table of one setting.
    private static bool IsVaried(IReadOnlyList<RunResult> results) => Plots.Setting.Groups(results).Count > 1 || Knob.All.Any(knob => knob.Varied(results).Count > 0);

    private static IEnumerable<Plate> Curves(IReadOnlyList<RunResult> results) =>
        from knob in Knob.All
        let varied = knob.Varied(results)
        where varied.Count > 0
        from plate in knob == Knob.Gamma ? OverGamma(varied) : knob == Knob.Tau ? OverTau(varied) : [Cost(knob, varied)]
        select plate;

    private static IEnumerable<Plate> OverGamma(IReadOnlyList<RunResult> results) =>
    [
        new("gap-over-gamma", SweepPlot.Gap(results), "Average Gap to Retrain over the steepness of the request; γ = 0 is balanced. Every γ has a Retrain of its own."),
        new("accuracy-over-gamma", SweepPlot.ForgetAccuracy(results), "Above zero a method forgets too little, below it too much."),
        new("deviation-over-gamma", SweepPlot.Groups(results), "The same for head, middle and tail classes."),
    ];

    private static IEnumerable<Plate> OverTau(IReadOnlyList<RunResult> results) =>
    [
        new("accuracy-over-tau", BalancePlot.Groups(results),
            "Forget accuracy minus Retrain's (the paper's ΔFA) of head, middle and tail classes over the exponent of the balance factor; 0 is FaLW without it."),
        new("deviation-over-tau", BalancePlot.Groups(results, DeviationBy.Probability), "The same in true-class probability."),
        new("gap-over-tau", BalancePlot.Gap(results), "Average Gap to Retrain over the same exponent."),
    ];

    private static Plate Cost(Knob knob, IReadOnlyList<RunResult> results) => new(
        knob.Name == "α : β" ? "alpha-beta" : knob.Name.Replace(' ', '-'),
        Knob.Beside($"Average Gap and time against {knob.Name}", shareY: false,
            ("Average Gap", AgainstPlot.Of(results, knob.Of, x: knob.Name, log: knob.Log)),
            ("time of the unlearning", AgainstPlot.Of(results, knob.Of, r => Measures.Seconds(r, "unlearned"), new Axis("time", "s"), knob.Log, knob.Name))),
        $"What {knob.Name} changes in distance to Retrain, and what it costs.");

    private static IEnumerable<string> VariedFindings(IReadOnlyList<RunResult> results)
    {
        foreach (var (mark, runs) in Plots.Setting.Groups(results))
        {
            var order = MethodRuns.Of(runs).Select(method => (method.Title, Gap: method.Over(run => run.AverageGap))).OrderBy(method => method.Gap.Mean).ToArray();
            yield return $"{(mark.Length > 0 ? $"{mark[2..]}: by" : "By")} Average Gap {order[0].Title} is nearest to Retrain ({Measures.Words(order[0].Gap)} points)"
                + (order.Length > 1 ? $", then {order[1].Title} ({Measures.Words(order[1].Gap)})" : "") + (order[0].Gap.Count < 2 ? "; one seed." : ".");
        }
        foreach (var method in Knob.Gamma.Varied(results).GroupBy(run => run.Title, StringComparer.Ordinal))
            yield return Crossing(method.Key, [.. method.GroupBy(Knob.Gamma.Of).OrderBy(at => at.Key).Select(at => (at.Key, at.Average(SweepPlot.Over)))]);
    }

    private static string Crossing(string method, (double Gamma, double Over)[] course)
    {
        string At(bool above) => string.Join(", ", course.Where(at => at.Over > 0 == above).Select(at => Invariant($"{at.Gamma:0.##}")));
        return (At(true), At(false)) switch
        {
            (_, "") => $"{method} leaves more forget accuracy than Retrain has at every γ.",
            ("", _) => $"{method} leaves no more forget accuracy than Retrain has at any γ.",
            var (above, below) => $"{method} leaves more forget accuracy than Retrain has at γ {above}, and no more at γ {below}.",
        };
    }

    public static ReportContent OfAudits(AuditResult result, string title, string question, string choices) => new(title, question, Plots.Setting.Of(result.Spec.Experiments[0]).Words)
    {
        Findings = [Sentence(result, result.Original, "is found by"), .. result.Rows.Skip(2).Select(row => Sentence(result, row, "differs from Retrain in"))],
        Tables = [("audits", "Results", AuditTable.Of(result) with { Title = "" }), ("times", "Time for one model", Times(result))],
        Plates =
        [
            new("audits", AuditPlot.Of(result), "Every audit on every model. A reading in the shaded stretch passes for nothing found; Original must lie outside, Retrain inside."),
            new("relearning", RelearnPlot.Of(result), "What comes back when models are trained on: with the forget set, and with the retain set alone."),
            new("null-levels", NullLevelPlot.Of(result), "What the distances of margins read where nothing differs, by the number of models."),
        ],
        Notes =
        [
            "An audit that finds nothing proves nothing: it was not strong enough, or there is nothing. What it finds in Original says how strong it is, what it reads of Retrain says what passes for nothing.",
            Invariant($"{result.Spec.Models} seeds of one split. With {result.Spec.Models / 2} models a side the distances of margins are far from zero where nothing differs; compare them with the null level, never with zero."),
            .. choices.Length > 0 ? [choices] : Array.Empty<string>(),
        ],
        Meanings = [.. AuditMeasure.All.Select(audit => (audit.Name, audit.Meaning))],
        SharedSettings = SpecTable.Shared(result.Spec.Experiments),
        MethodSettings = SpecTable.PerMethod(result.Spec.Experiments),
        Provenance = ProvenanceTable.Of(result),
    };

    private static string Sentence(AuditResult result, AuditRow row, string verb)
    {
        string[] found = [.. AuditMeasure.All.Where(audit => !audit.Passes(result, row)).Select(audit => audit.Name)];
        return $"{row.Title} {verb} {found.Length} of {AuditMeasure.All.Count} readings{(found.Length > 0 ? ": " : "")}{string.Join(", ", found)}.";
    }

    private static Table Times(AuditResult result) => Table.Of("", result.Rows, [new("Model", row => row.Title), new("Time", row => row.Seconds, "s", 1)], note: "Wall-clock seconds to make one model on the full training set, mean over seeds, measured when it was made.");
}
