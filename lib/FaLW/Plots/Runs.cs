using FaLW.Data;
using FaLW.Experiments;
using FaLW.Figures;
using FaLW.Metrics;

namespace FaLW.Plots;

/// <summary>The runs of one method over its seeds, and what tables and figures read from them.</summary>
internal sealed record MethodRuns(string Title, ValueList<RunResult> Runs)
{
    /// <summary>The results by setting and method, in the order of first appearance; the title says the setting where there are several, and the variant where a method has several.</summary>
    public static IReadOnlyList<MethodRuns> Of(IEnumerable<RunResult> results) =>
        [.. Setting.Groups(results).SelectMany(group => group.Runs.GroupBy(r => r.Title, StringComparer.Ordinal).SelectMany(Variants).Select(method => method with { Title = method.Title + group.Mark }))];

    /// <summary>As <see cref="Of"/>, for what makes sense on one setting only.</summary>
    public static IReadOnlyList<MethodRuns> OfOneSetting(IEnumerable<RunResult> results)
    {
        var all = results.ToArray();
        var groups = Setting.Groups(all);
        return groups.Count == 1 ? Of(all) : throw new Fault(
            $"This compares methods on one setting, but these results have {groups.Count}: {string.Join("; ", groups.Select(group => Setting.Of(group.Runs[0].Spec).Words + group.Mark))}. Show them apart.");
    }

    /// <summary>Setting by setting, what chance alone changes first, then the methods as <see cref="Of"/> names them.</summary>
    public static IEnumerable<IReadOnlyList<MethodRuns>> BySetting(IReadOnlyCollection<RunResult> results)
    {
        var methods = Noise(results).Concat(Of(results)).ToArray();
        return Setting.Groups(results).Select(group => methods.Where(each => Setting.Of(each.Runs[0].Spec) == Setting.Of(group.Runs[0].Spec)).ToArray());
    }

    /// <summary>The methods, and behind them what chance alone changes.</summary>
    public static IReadOnlyList<MethodRuns> WithNoise(IEnumerable<RunResult> results) => [.. Of(results), .. Noise(results)];

    /// <summary>Retrain alone, on one setting: start and target are the same for every method.</summary>
    public static MethodRuns OfReferences(IEnumerable<RunResult> results)
    {
        var all = results.ToArray();
        OfOneSetting(all);
        return new MethodRuns("Retrain", References(all).ToValueList());
    }

    /// <summary>One result per pair of data and training.</summary>
    public static IReadOnlyList<RunResult> References(IEnumerable<RunResult> results) =>
        [.. results.DistinctBy(r => (r.Spec.Data, r.Spec.Training, r.Spec.Network, r.Spec.Seeds.Training))];

    /// <summary>Retrain of another seed in the place of a method, where results know it: every distance it shows is noise. Empty where they do not.</summary>
    public static IReadOnlyList<MethodRuns> Noise(IEnumerable<RunResult> results) => results.ToArray() is { Length: > 0 } all
        ? [.. Setting.Groups(all).Select(group => new MethodRuns(RetrainControl.Title + group.Mark, References(group.Runs).Select(r => r.NoiseFloor()).OfType<RunResult>().ToValueList())).Where(noise => noise.Runs.Count > 0)]
        : [];

    /// <summary>A sentence on that row for the note under a table or figure, with a blank before it; empty without one.</summary>
    public static string NoiseNote(IEnumerable<RunResult> results) =>
        (results.Any(r => r.Reference == ReweightedRetrain.Title) ? $" {ReweightedRetrain.Meaning}" : "")
        + (Noise(results).Count == 0 ? "" : $" {RetrainControl.Title}: what chance alone changes on the same images; no method can be shown to be nearer to Retrain than this.");

    /// <summary>A distance that chance alone makes, for a note under differences: " Two Retrains of different seeds differ by 1.20 points of Average Gap."</summary>
    public static string NoiseNote(IEnumerable<RunResult> results, string name, Func<RunResult, double> distance) =>
        Noise(results) is [var noise] ? Invariant($" Two Retrains of different seeds differ by {noise.Over(distance).Mean:F2} points of {name}.") : "";

    public bool IsNoise => Runs[0].IsNoise;

    /// <summary>Whether this is a Retrain of any kind and no method.</summary>
    public bool IsReference => Runs[0].Reference is not null;

    public string Words => Setting.Of(Runs[0].Spec).Words;

    public Estimate Over(Func<RunResult, double> number) => Statistics.Over(Runs.Select(number));

    public Cell Cell(Func<RunResult, double> number) => Over(number).ToCell();

    /// <summary>A number of a model, and in brackets its distance to Retrain's, paired by seed.</summary>
    public Cell Paired(Func<RunResult, double> number, Func<RunResult, double> retrain) =>
        Cell(number) with { Gap = Over(run => number(run) - retrain(run)).Mean };

    // One method with several settings is several rows, each named by its own settings; where these are its budget alone, by what tells it from the others.
    private static IEnumerable<MethodRuns> Variants(IGrouping<string, RunResult> method)
    {
        // The same result twice is no second seed.
        return RunResult.ByName(method.DistinctBy(run => (run.Key, run.Spec, run.IsNoise, run.Retrain))).SelectMany(name =>
        {
            var groups = name.GroupBy(r => CanonicalJson.Text(CanonicalJson.Node(r.Spec.Method)), StringComparer.Ordinal).ToArray();
            var marks = SpecLeaves.Marks([.. groups.Select(g => SpecLeaves.Of(g.First().Spec))], _ => true);
            return groups.Select((g, i) => new MethodRuns(name.Key + marks[i], g.ToValueList()));
        });
    }
}

/// <summary>The numbers of one run that no record holds ready: distances to Retrain per sample, class and group.</summary>
internal static class Measures
{
    public static readonly IReadOnlyList<(string Name, Func<ClassGroups, ValueList<int>> Of)> Groups = [("head", g => g.Head), ("middle", g => g.Middle), ("tail", g => g.Tail)];

    /// <summary>Mean absolute deviation of the true-class probability from Retrain over the forget samples, in points.</summary>
    public static double MeanDeviation(RunResult run) => 100 * run.Samples.Average(s => Math.Abs(s.Deviation));

    /// <summary>The same for the model before unlearning.</summary>
    public static double OriginalDeviation(RunResult run) => 100 * run.Samples.Average(s => Math.Abs(s.Original - s.Retrain));

    /// <summary>Mean over classes of the absolute distance of forget accuracy to Retrain, in points: tail classes count as much as head classes.</summary>
    public static double ClassBalancedGap(RunResult run) => ForgetGap.Of(run.UnlearnedClasses, run.RetrainClasses).ClassBalancedAbsolute;

    /// <summary>The same for the model before unlearning.</summary>
    public static double OriginalBalancedGap(RunResult run) => ForgetGap.Of(run.OriginalClasses, run.RetrainClasses).ClassBalancedAbsolute;

    /// <summary>Distance of forget accuracy to Retrain over the forget samples of some classes, in points; negative is over-forgotten.</summary>
    public static double AccuracyGap(RunResult run, IReadOnlyCollection<int> classes)
    {
        double Accuracy(IEnumerable<ClassRow> rows) => GroupAccuracy.Pooled([.. rows.Where(row => classes.Contains(row.Class))]);
        return Accuracy(run.UnlearnedClasses) - Accuracy(run.RetrainClasses);
    }

    /// <summary>Signed distance of some classes to Retrain in points, by probability or by forget accuracy; NaN without samples.</summary>
    public static double Deviation(RunResult run, IReadOnlyCollection<int> classes, DeviationBy by = DeviationBy.Probability) => by == DeviationBy.ForgetAccuracy
        ? AccuracyGap(run, classes)
        : 100 * run.Samples.Where(s => classes.Contains(s.Class)).Select(s => s.Deviation).DefaultIfEmpty(double.NaN).Average();

    /// <summary>Seconds of a stage; NaN when the result does not tell.</summary>
    public static double Seconds(RunResult run, string stage) => run.Times.FirstOrDefault(t => t.Stage == stage)?.Seconds ?? double.NaN;

    /// <summary>Peak memory of a stage in mebibytes; NaN when the result does not tell.</summary>
    public static double Memory(RunResult run, string stage) => run.Times.FirstOrDefault(t => t.Stage == stage)?.PeakMemory ?? double.NaN;

    /// <summary>Classes from the most forgotten to the least.</summary>
    public static IReadOnlyList<int> HeadToTail(RunResult run) => [.. run.Groups.Head, .. run.Groups.Middle, .. run.Groups.Tail];

    /// <summary>The forget samples of the class of that rank; 0 is the class most forgotten.</summary>
    public static IEnumerable<SampleRow> OfRank(RunResult run, int rank)
    {
        var label = HeadToTail(run)[rank];
        return run.Samples.Where(s => s.Class == label);
    }

    /// <summary>"1.20 ± 0.30", or "1.20" of one seed.</summary>
    public static string Words(Estimate value) => Invariant($"{value.Mean:F2}{(double.IsNaN(value.HalfWidth) ? "" : Invariant($" ± {value.HalfWidth:F2}"))}");
}

/// <summary>An estimate in a table: mean and half-width.</summary>
internal static class Cells
{
    public static Cell ToCell(this Estimate value) => Cell.Of(value.Mean, value.HalfWidth);

    public static Cell MeanCell<T>(this IEnumerable<T> rows, Func<T, double> number) => Statistics.Over(rows.Select(number)).ToCell();
}

/// <summary>A metric of the papers: short name, full name, definition, how to read it, and where its number is.</summary>
internal sealed record Metric(string Short, string Name, string Definition, Func<Scores, double> Of)
{
    public static readonly IReadOnlyList<Metric> All =
    [
        new("FA", "Forget accuracy", "Share of the forget set that the model classifies correctly. It is to match Retrain's, which is not zero: images like those forgotten are still recognised.", s => s.ForgetAccuracy),
        new("RA", "Retain accuracy", "Share of the retain set that the model classifies correctly. It is to match Retrain's, usually near 100 %.", s => s.RetainAccuracy),
        new("TA", "Test accuracy", "Share of the test set, never used for training or tuning, that the model classifies correctly. It is to match Retrain's.", s => s.TestAccuracy),
        new("MIA", "Membership inference", "Share of the forget set that an attack (a support vector classifier on the true-class probability, as in SalUn) takes for never trained on. It is to match Retrain's; above it is not better.", s => s.MembershipInference),
    ];

    /// <summary>Every column of the results table with its meaning.</summary>
    public static IEnumerable<(string Name, string Meaning)> Meanings =>
    [
        .. All.Select(m => ($"{m.Name} ({m.Short})", m.Definition)), ("Average Gap", GapDefinition), ("Mean |deviation|", DeviationDefinition),
        ("Class-balanced FA gap", BalancedDefinition), (RetrainControl.Title, RetrainControl.Meaning), ("Steps", StepsDefinition), ("Time", TimeDefinition), ("Peak memory", MemoryDefinition),
    ];

    public const string GapDefinition = "Mean of the four absolute distances to Retrain, paired by seed. 0 is Retrain itself. It hides direction and class: read it beside the deviation.";
    public const string DeviationDefinition = "Mean over the forget set of |p(true class) under the method − under Retrain|, in points. 0 is Retrain itself; every image counts once.";
    public const string BalancedDefinition = "Mean over classes of |forget accuracy − Retrain's|, in points: a tail class with few forgotten images counts as much as a head class.";
    public const string StepsDefinition = "Optimizer steps the method took. Methods are given equal epochs, each over the set it trains on, which is not the same number of steps.";
    public const string TimeDefinition = "Wall-clock seconds of the whole call, masks and profiles included, measured when it was computed.";
    public const string MemoryDefinition = "The most memory the process held during that call: resident set, runtime and images included, a GPU's memory left out; over several seeds the largest.";

    /// <summary>The signed distance to Retrain, in points.</summary>
    public double Gap(RunResult run) => Of(run.Unlearned) - Of(run.Retrain);
}

/// <summary>Marks in every column the method nearest to Retrain; equal ones share the mark. The first column and some of the last hold no distances.</summary>
internal static class Best
{
    public static Table MarkBest(this Table table, int lastColumns = 1)
    {
        Row[] methods = [.. table.Rows.Where(row => !row.Reference)];
        if (methods.Length < 2) return table;
        var nearest = table.Columns.Select((_, c) => methods.Min(r => Distance(r.Cells[c]))).ToArray();
        Cell Marked(Cell cell, int c) => c == 0 || c >= nearest.Length - lastColumns ? cell : cell with { Best = Distance(cell) <= nearest[c] };
        return table with { Rows = [.. table.Rows.Select(row => row.Reference ? row : row with { Cells = [.. row.Cells.Select(Marked)] })] };
    }

    // Where no gap is given the number itself is a distance to Retrain. Time and memory are not: their columns are left out.
    private static double Distance(Cell cell) => Math.Abs(double.IsNaN(cell.Gap) ? cell.Value : cell.Gap) is var distance && double.IsNaN(distance) ? double.PositiveInfinity : distance;
}
