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
        Row[] rows = [.. MethodRuns.Of(results).Select(Method)];
        return new Table("Deviation from Retrain, head to tail", Columns, [.. Best.Marked(rows, lastColumns: 0)])
        {
            Note = "Positive: under-forgotten, negative: over-forgotten; nearest to zero is best. Head, middle and tail are thirds of the classes by forget count (this kit's rule).",
        };
    }

    private static ValueList<Column> Columns =>
    [
        new Column("Method") { Words = true },
        .. Groups.Select(g => new Column($"{g} p", "points", 1) { Meaning = $"{g} classes: mean over their forget samples of p(true class) under the method minus under Retrain." }),
        .. Groups.Select(g => new Column($"{g} ΔFA", "points", 1) { Meaning = $"{g} classes: forget accuracy of the method minus Retrain's." }),
    ];

    private static Row Method(MethodRuns runs) => new(
    [
        new Cell(runs.Title),
        .. Groups.Select(g => Cell(runs.Over(r => Measures.Deviation(r, Classes(r.Groups, g))))),
        .. Groups.Select(g => Cell(runs.Over(r => Measures.AccuracyGap(r, Classes(r.Groups, g))))),
    ]);

    private static Cell Cell(Estimate value) => Figures.Cell.Of(value.Mean, value.HalfWidth);

    private static ValueList<int> Classes(ClassGroups groups, string name) => name switch
    {
        "Head" => groups.Head,
        "Middle" => groups.Middle,
        _ => groups.Tail,
    };
}
