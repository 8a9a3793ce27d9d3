using FaLW.Experiments;
using FaLW.Figures;

namespace FaLW.Plots;

/// <summary>One way to say how near a run is to Retrain: not negative, 0 is Retrain itself. What tables show is what they pair.</summary>
/// <param name="Name">Its name in tables.</param>
/// <param name="Unit">Its unit.</param>
/// <param name="Meaning">What it measures, in a sentence.</param>
/// <param name="Of">Its value; NaN where a record of an older kit has none.</param>
internal sealed record Yardstick(string Name, string Unit, string Meaning, Func<RunResult, double> Of)
{
    private static IReadOnlyList<Yardstick> Possible { get; } =
    [
        new("Average Gap", "points", Metric.GapDefinition, run => run.AverageGap),
        new("mean |deviation|", "points", Metric.DeviationDefinition, Measures.MeanDeviation),
        new("class-balanced FA gap", "points", Metric.BalancedDefinition, Measures.ClassBalancedGap),
        .. Metric.All.Select(metric => new Yardstick(
            $"|Δ{metric.Short}|", "points", $"Absolute distance to Retrain in {metric.Name.ToLowerInvariant()}, in points.",
            run => Math.Abs(metric.Of(run.Unlearned) - metric.Of(run.Retrain)))),
        new("margin W1", "log-odds", "Mean over classes of the Wasserstein-1 distance of the forget samples' margins to those under Retrain.",
            run => run.Margins is { } margins ? margins[^1].ClassBalanced : double.NaN),
    ];

    /// <summary>The yardsticks that every one of the results has.</summary>
    public static IReadOnlyList<Yardstick> All(IEnumerable<RunResult> results) => [.. Possible.Where(yardstick => results.All(run => !double.IsNaN(yardstick.Of(run))))];
}
