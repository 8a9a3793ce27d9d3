using FaLW.Data;
using FaLW.Experiments;
using FaLW.Metrics;

namespace FaLW.Figures;

/// <summary>
/// Where methods miss Retrain: signed deviation of head, middle and tail classes, in true-class probability and in forget
/// accuracy (the paper's Delta FA). Positive is under-forgotten, negative over-forgotten.
/// </summary>
public static class DeviationTable
{
    private static readonly string[] Groups = ["Head", "Middle", "Tail"];

    /// <summary>The table of results of one setting, one row per method.</summary>
    /// <param name="results">Any number of methods and seeds, one setting.</param>
    /// <exception cref="Fault">There is no result, or results of different settings.</exception>
    public static Table Of(IEnumerable<RunResult> results)
    {
        var all = results.ToArray();
        Row[] rows = [.. MethodRuns.Noise(all).Concat(MethodRuns.Of(all)).Select(Method)];
        return new Table("Deviation from Retrain, head to tail", Columns, [.. Best.Marked(rows, lastColumns: 1)])
        {
            Note = "Positive: under-forgotten, negative: over-forgotten; nearest to zero is best. Head, middle and tail are thirds of the classes by forget count (this kit's rule). "
                + "Forgotten?: head, middle, tail; never learned where Original's forget accuracy is at most 5 points above Retrain's, kept where more than half of that is left." + MethodRuns.NoiseNote(all),
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
        new Cell(runs.IsNoise ? "–" : string.Join(", ", Groups.Select((_, g) => Forgetting(runs, g)))),
    ])
    { Reference = runs.IsNoise };

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
