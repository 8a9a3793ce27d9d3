using FaLW.Data;
using FaLW.Experiments;
using FaLW.Figures;
using FaLW.Metrics;

namespace FaLW.Plots;

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
        return new Table("Deviation from Retrain, head to tail", Columns, [.. MethodRuns.BySetting(all).SelectMany(setting => Best.Marked([.. setting.OrderByDescending(m => m.IsReference).Select(Method)], lastColumns: 1))])
        {
            Note = "Positive: under-forgotten, negative: over-forgotten; nearest to zero is best. Head, middle and tail are thirds of the classes by forget count (this kit's rule). "
                + "Forgotten?: head, middle, tail; never learned where Original's forget accuracy is at most 5 points above Retrain's, kept where more than half of that is left." + MethodRuns.NoiseNote(all),
        };
    }

    /// <summary>The same class by class, paired by rank over seeds: one row per rank, the class most forgotten first.</summary>
    /// <param name="results">Any number of methods and seeds, one setting.</param>
    /// <exception cref="Fault">There is no result, or results of different settings.</exception>
    public static Table PerClass(IEnumerable<RunResult> results)
    {
        var methods = MethodRuns.Of(results);
        var first = methods[0].Runs[0];
        var ways = Enum.GetValues<DeviationBy>();
        IEnumerable<Cell> Cells(int rank) => methods.SelectMany(m => ways.Select(by => Cell(m.Over(run => Measures.Deviation(run, [Measures.HeadToTail(run)[rank]], by)))));
        return new Table(
            "Deviation from Retrain, class by class",
            [
                new Column("rank", "", 0), new Column("group") { Words = true }, new Column("forgotten", "images", 0),
                .. methods.SelectMany(m => ways.Select(by => new Column($"{m.Title} {Measures.Short(by)}", "points", 1))),
            ],
            [.. Measures.HeadToTail(first).Select((label, rank) => new Row(
                [Figures.Cell.Of(rank + 1), new Cell(first.Groups.NameOf(label).ToLowerInvariant()), Figures.Cell.Of(first.ForgetCounts[label]), .. Cells(rank)]))])
        { Note = "p: mean over the class's forget images of p(true class) under the method minus under Retrain. ΔFA: forget accuracy minus Retrain's. Positive: under-forgotten. Classes of different seeds are paired by rank." };
    }

    /// <summary>Where a method moves the images that Retrain knows, half knows and does not know: what the scatter of probabilities shows, as numbers.</summary>
    /// <param name="results">Any number of methods and seeds, one setting.</param>
    /// <exception cref="Fault">There is no result, or results of different settings.</exception>
    public static Table ByRetrain(IEnumerable<RunResult> results)
    {
        var all = results.ToArray();
        IReadOnlyList<MethodRuns> methods = [.. MethodRuns.Noise(all), .. MethodRuns.Of(all)];
        double[] Parts(RunResult run, Func<KnownDeviation, double> of) => [.. DeviationReport.ByRetrain([.. run.Samples.Select(s => s.Unlearned)], [.. run.Samples.Select(s => s.Retrain)]).Select(of)];
        var counts = Enumerable.Range(0, 3).Select(i => methods[0].Over(run => 100 * Parts(run, part => part.Count)[i] / run.Samples.Count).Mean).ToArray();
        string[] heads = ["known", "between", "unknown"];
        return new Table(
            "Deviation of images that Retrain knows and does not know",
            [new Column("Method") { Words = true }, .. heads.Select((head, i) => new Column(head, "points", 1) { Meaning = FormattableString.Invariant($"{counts[i]:F0} % of the forget images.") })],
            [.. methods.Select(m => new Row([new Cell(m.Title), .. heads.Select((_, i) => Cell(m.Over(run => 100 * Parts(run, part => part.Mean)[i])))]) { Reference = m.IsReference })])
        {
            Note = FormattableString.Invariant(
                $"Known: p(true class) under Retrain above 0.8 ({counts[0]:F0} % of the forget images); unknown: below 0.2 ({counts[2]:F0} %). Known images that lose and unknown ones that gain are pulled to the middle. ")
                + "The images are sorted by Retrain's own p, so two Retrains differ in this direction too: only what goes beyond that is the method's." + MethodRuns.NoiseNote(all),
        };
    }

    private static ValueList<Column> Columns =>
    [
        new Column("Method") { Words = true },
        .. Groups.Select(g => new Column($"{g} p", "points", 1) { Meaning = $"{g} classes: mean over their forget samples of p(true class) under the method minus under Retrain." }),
        .. Groups.Select(g => new Column($"{g} ΔFA", "points", 1) { Meaning = $"{g} classes: forget accuracy of the method minus Retrain's." }),
        new Column("Forgotten?") { Words = true, Meaning = "Head, middle and tail: never learned, kept or forgotten, by forget accuracy against Original's and Retrain's; mean over seeds." },
    ];

    private static Row Method(MethodRuns runs) => new(
    [
        new Cell(runs.Title),
        .. Groups.Select(g => Cell(runs.Over(r => Measures.Deviation(r, Classes(r.Groups, g))))),
        .. Groups.Select(g => Cell(runs.Over(r => Measures.AccuracyGap(r, Classes(r.Groups, g))))),
        new Cell(runs.IsReference ? "–" : string.Join(", ", Groups.Select((_, g) => Forgetting(runs, g)))),
    ])
    { Reference = runs.IsReference };

    private static string Forgetting(MethodRuns runs, int group)
    {
        double Over(Func<GroupForgetting, double> accuracy) => runs.Over(r => accuracy(r.Forgetting()[group])).Mean;
        return new GroupForgetting(Groups[group], Over(g => g.Original), Over(g => g.Retrain), Over(g => g.Model)).Verdict;
    }

    private static Cell Cell(Estimate value) => Figures.Cell.Of(value.Mean, value.HalfWidth);

    private static ValueList<int> Classes(ClassGroups groups, string name) => name switch
    {
        "Head" => groups.Head,
        "Middle" => groups.Middle,
        _ => groups.Tail,
    };
}
