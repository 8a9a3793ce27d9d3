using FaLW.Data;
using FaLW.Experiments;
using FaLW.Metrics;

namespace FaLW.Figures;

/// <summary>One method against each other, paired by seed: the same splits and the same Original under both.</summary>
public static class PairedTable
{
    /// <summary>One row per rival: mean over seeds of rival minus method in Average Gap, with a 95 % t-interval.</summary>
    /// <param name="results">Any number of methods and seeds, one setting.</param>
    /// <param name="method">The method the others are compared with.</param>
    /// <exception cref="Fault">There is no result of that method, or results of different settings.</exception>
    public static Table Of(IEnumerable<RunResult> results, string method = "FaLW")
    {
        var methods = MethodRuns.Of(results);
        var own = methods.FirstOrDefault(m => m.Title == method)
            ?? throw new Fault($"There is no result of {method} to compare with; the results are of {string.Join(", ", methods.Select(m => m.Title))}.");
        var gaps = own.Runs.ToDictionary(run => run.Spec.Seeds, run => run.AverageGap);
        return new Table(
            $"Average Gap of others minus that of {method}, seed by seed",
            [new Column("Method") { Words = true }, new Column("difference", "points"), new Column("seeds", "", 0), new Column("can these seeds tell?") { Words = true }],
            [.. methods.Where(m => m != own).Select(m => Rival(m, [.. m.Runs.Where(run => gaps.ContainsKey(run.Spec.Seeds)).Select(run => run.AverageGap - gaps[run.Spec.Seeds])]))])
        { Note = $"Above zero: {method} is nearer to Retrain. Mean ± half-width of the 95 % t-interval; an interval that holds zero tells nothing." };
    }

    private static Row Rival(MethodRuns rival, double[] differences)
    {
        var mean = Statistics.Over(differences);
        var verdict = double.IsNaN(mean.HalfWidth) ? "one seed has no interval" : Math.Abs(mean.Mean) > mean.HalfWidth ? "yes" : "no";
        return new Row([new Cell(rival.Title), Cell.Of(mean), Cell.Of(differences.Length), new Cell(verdict)]);
    }
}
