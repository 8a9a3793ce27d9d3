using FaLW.Data;
using FaLW.Experiments;
using FaLW.Figures;

namespace FaLW.Plots;

/// <summary>What every weighting did, side by side: how strong its hand was, whom it pushed, and whether it knew what is hard.</summary>
public static class WeightingTable
{
    /// <summary>One row per weighted method; over several seeds the mean.</summary>
    /// <param name="results">Results of one setting; methods without weights are passed over.</param>
    /// <returns>Null when no run was weighted.</returns>
    /// <exception cref="Fault">There is no result.</exception>
    public static Table? Of(IEnumerable<RunResult> results)
    {
        Row[] rows = [.. MethodRuns.Of(results).Where(m => m.Runs.All(run => WeightDiagnostics.Of(run) is not null)).Select(Row)];
        return rows.Length == 0 ? null : new Table("What the weights did", Columns, [.. rows])
        {
            Note = "Last weight of every forget sample. Rank correlations (Spearman) near zero mean that the weight does not know where the work is.",
        };
    }

    private static ValueList<Column> Columns =>
    [
        new Column("Method") { Words = true },
        new Column("Still counts", "%", 0) { Meaning = "Effective sample size (Kish) over the number of forget samples in the last epoch." },
        new Column("Head"), new Column("Middle"), new Column("Tail"),
        new Column("ρ, |deviation|") { Meaning = "Spearman correlation of weight and |p − p under Retrain|: the fair test of whether a weight knows what is hard." },
        new Column("ρ, deviation") { Meaning = "The same with the signed deviation: positive when under-forgotten samples weigh more." },
        new Column("ρ, to forget") { Meaning = "The same with p under Original − p under Retrain, what there was to forget." },
    ];

    private static Row Row(MethodRuns method)
    {
        Cell Mean(Func<WeightDiagnostics, double> number) => Cell.Of(method.Runs.Average(run => number(WeightDiagnostics.Of(run)!)));
        return new Row(
        [
            new Cell(method.Title), Mean(d => 100 * d.EffectiveShare), Mean(d => d.Groups[0].Mean), Mean(d => d.Groups[1].Mean), Mean(d => d.Groups[2].Mean),
            Mean(d => d.WithDeviation), Mean(d => d.WithSignedDeviation), Mean(d => d.WithDistance),
        ]);
    }
}
