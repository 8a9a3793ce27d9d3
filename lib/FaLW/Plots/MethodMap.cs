using FaLW.Data;
using FaLW.Experiments;
using FaLW.Figures;

namespace FaLW.Plots;

/// <summary>Many methods at a glance: one row each, nearest to Retrain on top, one column per signed distance.</summary>
public static class MethodMap
{
    // Beyond this a method is far off, and how far no longer matters to a reader who compares.
    private const double Far = 25;

    /// <summary>The map of results of one setting, mean over seeds.</summary>
    /// <param name="results">Any number of methods and seeds.</param>
    /// <exception cref="Fault">There is no result.</exception>
    public static Figure Of(IEnumerable<RunResult> results)
    {
        MethodRuns[] methods = [.. MethodRuns.Noise(results), .. MethodRuns.Of(results).OrderBy(m => m.Over(r => r.AverageGap).Mean)];
        return Figure.Of(
            "How far from Retrain, and on which side", Axis.Of("distance to Retrain", Columns.Select(c => c.Name)), Axis.Of("", methods.Select(m => m.Title)),
            new Heat("distance", methods.Select(m => Columns.Select(c => m.Over(c.Of).Mean)), "points") { Low = -Far, High = Far, Middle = 0 }) with
        {
            Subtitle = Setting.WordsOf(methods),
            Note = FormattableString.Invariant($"Nearest by Average Gap on top. p: probability of the true class of forget samples. Colours end at {Far} points.") + MethodRuns.NoiseNote(results),
            Height = Math.Clamp(230 + 24 * methods.Length, 320, 1400),
        };
    }

    private static IReadOnlyList<(string Name, Func<RunResult, double> Of)> Columns =>
    [
        .. Metric.All.Select(metric => (metric.Short, (Func<RunResult, double>)(run => metric.Of(run.Unlearned) - metric.Of(run.Retrain)))),
        ("p head", run => Measures.Deviation(run, run.Groups.Head)),
        ("p middle", run => Measures.Deviation(run, run.Groups.Middle)),
        ("p tail", run => Measures.Deviation(run, run.Groups.Tail)),
    ];
}
