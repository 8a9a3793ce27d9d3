using FaLW.Data;
using FaLW.Experiments;
using FaLW.Figures;

namespace FaLW.Plots;

/// <summary>Weightings crossed with the methods that carry them: one row per weighting, one column per method.</summary>
public static class CrossTable
{
    /// <summary>Average Gap of every pair and, beside it, what the weight changes, paired by seed.</summary>
    /// <param name="results">Results of one setting; pairs that were not run show a dash.</param>
    /// <exception cref="Fault">There is no result, or results of different settings.</exception>
    public static Table Of(IEnumerable<RunResult> results)
    {
        var crossing = new Crossing(results);
        return new Table(
            crossing.Setting,
            [new Column("Weighting") { Words = true }, .. crossing.Carriers.Select(c => new Column(c, "points") { Meaning = $"Average Gap of {c} with the weighting, and its difference to {c} alone." })],
            [.. crossing.Weightings.Select(weighting => new Row([new Cell(weighting), .. crossing.Carriers.Select(c => Pair(crossing, c, weighting))]))])
        {
            Note = "Average Gap to Retrain, 0 is Retrain itself; in brackets the change against the same method without a weight, negative is nearer. Over seeds: mean ± 95 % t-interval."
                + MethodRuns.NoiseNote(results, "Average Gap", run => run.AverageGap),
        };
    }

    private static Cell Pair(Crossing crossing, string carrier, string weighting)
    {
        var gap = crossing.Of(carrier, weighting, run => run.AverageGap);
        var change = weighting == Crossing.None ? double.NaN : crossing.Change(carrier, weighting, run => run.AverageGap).Mean;
        return Cell.Of(gap.Mean, gap.HalfWidth, change);
    }
}
