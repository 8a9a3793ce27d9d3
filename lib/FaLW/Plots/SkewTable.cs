using FaLW.Data;
using FaLW.Experiments;
using FaLW.Figures;
using FaLW.Metrics;

namespace FaLW.Plots;

/// <summary>The paper's two claims about deviation, by probability and by forget accuracy: head under- and tail over-forgotten (heterogeneous), and the tail missed by more (skewed).</summary>
public static class SkewTable
{
    private const double Point = 0.01;

    /// <summary>One row per method; patterns are counted over seeds, numbers are means with a 95 % interval.</summary>
    /// <param name="results">Any number of methods and seeds, one setting.</param>
    /// <exception cref="Fault">There is no result, or results of different settings.</exception>
    public static Table Of(IEnumerable<RunResult> results) => new(
        "Heterogeneous? Skewed?",
        [
            new Column("Method") { Words = true },
            .. Both(by => new Column($"pattern by {Measures.Short(by)}") { Words = true, Meaning = "Head and tail classes seen from Retrain, seed by seed." }),
            .. Both(by => new Column($"ρ by {Measures.Short(by)}") { Meaning = "Spearman correlation of |class mean| with the number of forgotten images of the class." }),
            .. Both(by => new Column($"slope by {Measures.Short(by)}", "points per 100 images", 1) { Meaning = "Least squares of |class mean| on the number of forgotten images of the class." }),
        ],
        [.. MethodRuns.Noise(results).Concat(MethodRuns.Of(results)).Select(Method)])
    {
        Note = "Heterogeneous, as the paper means it: head under-forgotten and tail over-forgotten; reversed: the opposite. A mean within one point of Retrain's counts as no deviation (ours). " +
            "Skewed: ρ and slope below zero, classes with few forgotten images are missed by more; a mean of few images is far from zero by chance too.",
    };

    /// <summary>A pattern in words.</summary>
    internal static string Words(DeviationPattern pattern) => pattern switch
    {
        DeviationPattern.None => "none",
        DeviationPattern.UnderForgotten => "one-sided, under-forgotten",
        DeviationPattern.OverForgotten => "one-sided, over-forgotten",
        DeviationPattern.Heterogeneous => "heterogeneous",
        DeviationPattern.Reversed => "reversed",
        _ => "unknown",
    };

    private static Row Method(MethodRuns runs) => new(
    [
        new Cell(runs.Title), .. Both(by => new Cell(Counted([.. runs.Runs.Select(run => run.Deviation(by).Pattern(Point))]))),
        .. Both(by => Cell.Of(runs.Over(run => run.Deviation(by).Spearman))), .. Both(by => Cell.Of(runs.Over(run => 100 * 100 * run.Deviation(by).Slope))),
    ]);

    private static string Counted(DeviationPattern[] patterns) => string.Join("; ", patterns.GroupBy(p => p).OrderByDescending(p => p.Count()).ThenBy(p => p.Key)
        .Select(p => FormattableString.Invariant($"{Words(p.Key)} in {p.Count()} of {patterns.Length}")));

    private static IEnumerable<T> Both<T>(Func<DeviationBy, T> of) => Enum.GetValues<DeviationBy>().Select(of);
}
