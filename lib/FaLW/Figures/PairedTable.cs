using FaLW.Data;
using FaLW.Experiments;

namespace FaLW.Figures;

/// <summary>One method against each other, paired by seed: the same splits and the same Original under both.</summary>
public static class PairedTable
{
    private const double Level = 0.05;

    /// <summary>One row per rival: mean over seeds of rival minus method in Average Gap, what chance it leaves, and what so few seeds could have shown.</summary>
    /// <param name="results">Any number of methods and seeds, one setting.</param>
    /// <param name="method">The method the others are compared with.</param>
    /// <exception cref="Fault">There is no result of that method, or two results of one method and seed.</exception>
    public static Table Of(IEnumerable<RunResult> results, string method = "FaLW") => new(
        $"Average Gap of others minus that of {method}, seed by seed", Columns,
        [.. MethodComparison.Of(results, method, run => run.AverageGap, 1 - Level).Select(Rival)])
    {
        Note = $"Above zero: {method} is nearer to Retrain. Mean ± half-width of the 95 % t-interval. p: paired t-test, corrected by Holm for the number of rows. " +
            "Detectable: the smallest true difference that so many seeds show in four of five studies.",
    };

    private static ValueList<Column> Columns =>
    [
        new Column("Method") { Words = true }, new Column("difference", "points"), new Column("p, corrected", "", 3), new Column("detectable", "points"),
        new Column("seeds", "", 0), new Column("can these seeds tell?") { Words = true },
    ];

    private static Row Rival(MethodComparison rival) => new(
    [
        new Cell(rival.Title), Cell.Of(rival.Test.Difference), Cell.Of(rival.Adjusted), Cell.Of(rival.Detectable), Cell.Of(rival.Test.Difference.Count),
        new Cell(double.IsNaN(rival.Adjusted) ? "one seed has no interval" : rival.Adjusted < Level ? "yes" : "no"),
    ]);
}
