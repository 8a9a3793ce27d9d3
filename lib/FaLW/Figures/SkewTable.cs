using FaLW.Data;
using FaLW.Experiments;
using FaLW.Metrics;

namespace FaLW.Figures;

/// <summary>The paper's two claims about deviation, counted with this kit's diagnostics: does its sign change from head to tail, and is the tail missed by more?</summary>
public static class SkewTable
{
    /// <summary>One row per method; over several seeds the mean with a 95 % interval.</summary>
    /// <param name="results">Any number of methods and seeds, one setting.</param>
    /// <exception cref="Fault">There is no result, or results of different settings.</exception>
    public static Table Of(IEnumerable<RunResult> results) => new(
        "Heterogeneous? Skewed?",
        [
            new Column("Method") { Words = true }, new Column("Head", "points", 1), new Column("Tail", "points", 1),
            new Column("sign changes") { Words = true }, new Column("Spearman's ρ") { Meaning = "Rank correlation of |mean deviation| of a class with the number of its forgotten images." },
        ],
        [.. MethodRuns.Noise(results).Concat(MethodRuns.Of(results)).Select(Method)])
    { Note = "Heterogeneous: head and tail deviate in opposite directions, counted over seeds. Skewed: ρ below zero, classes with few forgotten images are missed by more." };

    private static Row Method(MethodRuns runs)
    {
        DeviationReport[] reports = [.. runs.Runs.Select(run => run.Deviation())];
        return new Row(
        [
            new Cell(runs.Title), Cell.Of(Statistics.Over(reports.Select(r => 100 * r.Groups[0].Mean))), Cell.Of(Statistics.Over(reports.Select(r => 100 * r.Groups[^1].Mean))),
            new Cell(FormattableString.Invariant($"in {reports.Count(r => r.ChangesSign)} of {reports.Length}")), Cell.Of(Statistics.Over(reports.Select(r => r.Spearman))),
        ]);
    }
}
