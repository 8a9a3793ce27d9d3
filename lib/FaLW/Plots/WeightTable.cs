using FaLW.Data;
using FaLW.Experiments;
using FaLW.Figures;

namespace FaLW.Plots;

/// <summary>Does a weight know, image by image? The weight each image was given last against what no weighting may see.</summary>
public static class WeightTable
{
    /// <summary>One row per seed of the first weighted method.</summary>
    /// <param name="results">Runs of which at least one was weighted; others are passed over.</param>
    /// <exception cref="Fault">No run was weighted, or settings differ.</exception>
    public static Table Of(IEnumerable<RunResult> results)
    {
        var method = Weighted.Of(results);
        return new Table(
            $"{method.Title}: what the weights agree with",
            [new Column("seed", "", 0), new Column("ρ, to forget") { Meaning = "Spearman correlation of weight and p under Original − p under Retrain." }, new Column("ρ, left") { Meaning = "Spearman correlation of weight and deviation." }, new Column("still counts", "%", 0)],
            [.. method.Runs.Select(Seed)])
        { Note = "Rank correlation of the last weight with what there was to forget and with what is left of it; effective sample size in the last epoch." };
    }

    private static Row Seed(RunResult run)
    {
        var found = WeightDiagnostics.Of(run);
        return new Row([Cell.Of(run.Spec.Data.Seed), Cell.Of(found?.WithDistance ?? double.NaN), Cell.Of(found?.WithSignedDeviation ?? double.NaN), Cell.Of(100 * found?.EffectiveShare ?? double.NaN)]);
    }
}
