using FaLW.Data;
using FaLW.Experiments;

namespace FaLW.Figures;

/// <summary>How near each method is to Retrain by three yardsticks, which need not agree: over metrics, over images, over classes.</summary>
public static class YardstickTable
{
    /// <summary>One row per method, nearest by Average Gap first; over several seeds the mean with a 95 % interval.</summary>
    /// <param name="results">Any number of methods and seeds, one setting.</param>
    /// <exception cref="Fault">There is no result, or results of different settings.</exception>
    public static Table Of(IEnumerable<RunResult> results)
    {
        var all = results.ToArray();
        Row[] rows = [.. MethodRuns.Noise(all).Concat(MethodRuns.Of(all).OrderBy(m => m.Over(r => r.AverageGap).Mean)).Select(Method)];
        return new Table(
            "Distance to Retrain by three yardsticks",
            [
                new Column("Method") { Words = true }, new Column("Average Gap", "points") { Meaning = Metric.GapDefinition },
                new Column("each image once", "points") { Meaning = Metric.DeviationDefinition }, new Column("each class once", "points") { Meaning = Metric.BalancedDefinition },
            ],
            [.. Best.Marked(rows, lastColumns: 0)])
        { Note = "Average Gap of four metrics; mean |deviation| of the true-class probability over images; mean |gap in forget accuracy| over classes." + MethodRuns.NoiseNote(all) };
    }

    private static Row Method(MethodRuns runs) => new(
        [new Cell(runs.Title), Cell.Of(runs.Over(r => r.AverageGap)), Cell.Of(runs.Over(Measures.MeanDeviation)), Cell.Of(runs.Over(Measures.ClassBalancedGap))])
    { Reference = runs.IsNoise };
}
