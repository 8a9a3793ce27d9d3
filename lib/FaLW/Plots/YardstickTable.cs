using FaLW.Data;
using FaLW.Experiments;
using FaLW.Figures;

namespace FaLW.Plots;

/// <summary>How near each method is to Retrain by every yardstick, which need not agree; <see cref="PairedTable"/> says which differences are more than the draw.</summary>
public static class YardstickTable
{
    /// <summary>One row per method, nearest by Average Gap first; over several seeds the mean with a 95 % interval.</summary>
    /// <param name="results">Any number of methods, seeds and settings.</param>
    /// <exception cref="Fault">There is no result.</exception>
    public static Table Of(IEnumerable<RunResult> results)
    {
        RunResult[] all = [.. results];
        var yardsticks = Yardstick.All(all);
        Row[] rows = [.. MethodRuns.Noise(all).Concat(MethodRuns.Of(all).OrderByDescending(m => m.IsReference).ThenBy(m => m.Over(r => r.AverageGap).Mean))
            .Select(runs => new Row([new Cell(runs.Title), .. yardsticks.Select(y => Cell.Of(runs.Over(y.Of)))]) { Reference = runs.IsReference })];
        return new Table(
            FormattableString.Invariant($"Distance to Retrain by {yardsticks.Count} yardsticks"),
            [new Column("Method") { Words = true }, .. yardsticks.Select(y => new Column(y.Name, y.Unit) { Meaning = y.Meaning })],
            [.. Best.Marked(rows, lastColumns: 0)])
        { Note = "Nearest to zero is best. Average Gap is the mean of the four |Δ|; mean |deviation| counts every image once, the class-balanced gap every class once. A method may be near by one and far by another: name the yardstick." + MethodRuns.NoiseNote(all) };
    }
}
