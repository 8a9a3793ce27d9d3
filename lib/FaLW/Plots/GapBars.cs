using FaLW.Data;
using FaLW.Experiments;
using FaLW.Figures;
using FaLW.Metrics;

namespace FaLW.Plots;

/// <summary>The signed gap of every method to Retrain in each of the papers' four metrics.</summary>
public static class GapBars
{
    /// <summary>One group of bars per metric, one bar per method; with several seeds a 95 % interval.</summary>
    /// <param name="results">Any number of methods, seeds and settings.</param>
    /// <exception cref="Fault">There is no result.</exception>
    public static Figure Of(IEnumerable<RunResult> results)
    {
        IReadOnlyList<MethodRuns> methods = [.. MethodRuns.Of(results), .. MethodRuns.Noise(results)];
        return Figure.Of(
            "Signed gap to Retrain", Axis.Of("", Metric.All.Select(m => m.Name)), new Axis("gap", "points"), [.. methods.Select(Bars)]) with
        {
            Subtitle = Setting.WordsOf(methods),
            Note = "Zero is Retrain. Above it a method is higher than Retrain, below it lower; neither is better." + MethodRuns.NoiseNote(results),
            Height = 480,
        };
    }

    private static Bars Bars(MethodRuns method)
    {
        Estimate[] gaps = [.. Metric.All.Select(m => method.Over(r => m.Of(r.Unlearned) - m.Of(r.Retrain)))];
        return new Bars(method.Title, Enumerable.Range(0, gaps.Length).Select(i => (double)i), gaps.Select(g => g.Mean))
        {
            Errors = method.Runs.Count > 1 ? ErrorBars.Of(gaps.Select(g => g.HalfWidth)) : null,
        };
    }
}
