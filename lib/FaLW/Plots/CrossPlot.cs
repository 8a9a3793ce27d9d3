using FaLW.Data;
using FaLW.Experiments;
using FaLW.Figures;
using FaLW.Metrics;

namespace FaLW.Plots;

/// <summary>What each weighting changes on each method that carries it.</summary>
public static class CrossPlot
{
    /// <summary>One panel per measure, one group of bars per weighting, one bar per method: with the weight minus without, paired by seed.</summary>
    /// <param name="results">Results of one setting; methods without a run that has no weight are left out.</param>
    /// <exception cref="Fault">There is no result, or results of different settings.</exception>
    public static Figure Of(IEnumerable<RunResult> results)
    {
        var crossing = new Crossing(results);
        string[] weightings = [.. crossing.Weightings.Where(weighting => weighting != Crossing.None)];
        return new Figure("What a weight changes, method by method",
        [
            Panel("Average Gap", run => run.AverageGap), Panel("mean |deviation|", Measures.MeanDeviation),
        ])
        {
            Subtitle = crossing.Setting,
            Note = "With the weight minus without, seed by seed. Below zero the weight brings the method nearer to Retrain."
                + MethodRuns.NoiseNote(results, "Average Gap", run => run.AverageGap) + MethodRuns.NoiseNote(results, "mean |deviation|", Measures.MeanDeviation),
            Height = 480,
        };

        Panel Panel(string name, Func<RunResult, double> number) =>
            new(Axis.Of("", weightings), new Axis($"change of {name}", "points"), [.. crossing.Carriers.Select(c => Bars(c, number))]);

        Bars Bars(string carrier, Func<RunResult, double> number)
        {
            Estimate[] changes = [.. weightings.Select(weighting => crossing.Change(carrier, weighting, number))];
            return new Bars(carrier, Enumerable.Range(0, changes.Length).Select(i => (double)i), changes.Select(c => c.Mean))
            {
                Errors = changes.All(c => double.IsNaN(c.HalfWidth)) ? null : ErrorBars.Of(changes.Select(c => c.HalfWidth)),
            };
        }
    }
}
