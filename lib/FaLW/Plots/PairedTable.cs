using FaLW.Data;
using FaLW.Experiments;
using FaLW.Figures;
using FaLW.Metrics;

namespace FaLW.Plots;

/// <summary>One method against each other by every yardstick, paired by seed: the same splits and the same Original under both.</summary>
public static class PairedTable
{
    private const double Level = 0.05;

    private const string Reading =
        "p: paired t-test. Holm p: the same, corrected for all rows of this table: to call every row with a Holm p of at most 0.05 a difference is to call one falsely, anywhere in the table, " +
        "in at most one study of twenty. Equal Holm p in several rows is no error: the correction never turns the order of two p round. " +
        "Detectable: the smallest true difference that so many seeds show in four of five studies.";

    /// <summary>One row per rival and yardstick: mean over seeds of rival minus method, what chance it leaves, and what so few seeds could have shown.</summary>
    /// <param name="results">Any number of methods and seeds, one setting.</param>
    /// <param name="method">The method the others are compared with.</param>
    /// <exception cref="Fault">There is no result of that method, or two results of one method and seed.</exception>
    public static Table Of(IEnumerable<RunResult> results, string method = "FaLW")
    {
        RunResult[] all = [.. results];
        (Yardstick Yardstick, MethodComparison Rival)[] pairs =
        [
            .. Yardstick.All(all).SelectMany(y => MethodComparison.Of(all, method, y.Of, 1 - Level).Select((rival, place) => (y, rival, place)))
                .OrderBy(pair => pair.place).Select(pair => (pair.y, pair.rival)),
        ];
        var adjusted = Holm.Adjusted([.. pairs.Select(pair => pair.Rival.Test.Student)]);
        var single = pairs.All(pair => pair.Rival.Test.Difference.Count < 2);
        return new Table(
            $"Others minus {method}, seed by seed, by every yardstick", Columns, [.. pairs.Select((pair, i) => Row(pair.Yardstick, pair.Rival, adjusted[i]))])
        {
            Note = $"Above zero: {method} is nearer to Retrain. " + (single
                ? "One seed: no test is possible and no interval can be given, so none of these differences can be told from the draw; run at least three seeds."
                : $"Mean ± half-width of the 95 % t-interval. {Reading}"),
        };
    }

    private static ValueList<Column> Columns =>
    [
        new Column("Method") { Words = true }, new Column("yardstick") { Words = true }, new Column("difference") { Meaning = "In points; of margins in log-odds." },
        new Column("p", "", 3), new Column("Holm p", "", 3), new Column("detectable"), new Column("seeds", "", 0), new Column("can these seeds tell?") { Words = true },
    ];

    private static Row Row(Yardstick yardstick, MethodComparison rival, double adjusted) => new(
    [
        new Cell(rival.Title), new Cell(yardstick.Name), Cell.Of(rival.Test.Difference), Cell.Of(rival.Test.Student), Cell.Of(adjusted), Cell.Of(rival.Detectable),
        Cell.Of(rival.Test.Difference.Count), new Cell(double.IsNaN(adjusted) ? "one seed has no interval" : adjusted < Level ? "yes" : "no"),
    ]);
}
