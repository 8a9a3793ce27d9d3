using System.Globalization;
using FaLW.Data;
using FaLW.Experiments;
using FaLW.Figures;

namespace FaLW.Plots;

/// <summary>What a weighting did while unlearning: the mean weight of every class in every epoch, head to tail.</summary>
public static class WeightMap
{
    /// <summary>The map of one method; over several seeds classes are paired by rank and averaged.</summary>
    /// <param name="results">Runs of which at least one was weighted; others are passed over.</param>
    /// <exception cref="Fault">No run was weighted, or settings differ.</exception>
    public static Figure Of(IEnumerable<RunResult> results)
    {
        var method = Weighted.Of(results);
        var epochs = method.Runs[0].Log.Weights.Count;
        var rows = Enumerable.Range(0, method.Runs[0].ForgetCounts.Count).Select(rank => Enumerable.Range(0, epochs).Select(epoch => Weighted.Mean(method, rank, epoch)));
        return Figure.Of(
            "The weights move: one row per class, one column per epoch",
            Axis.Of("epoch", Names(epochs)), Axis.Of("class, most forgotten first", Names(method.Runs[0].ForgetCounts.Count)),
            new Heat("mean weight", rows) { Low = 0, High = 2, Middle = 1 }) with
        {
            Subtitle = Setting.Of(method.Runs[0].Spec).Words,
            Note = FormattableString.Invariant($"{method.Title}, {(method.Runs.Count > 1 ? $"mean over {method.Runs.Count} seeds" : "one seed")}. Above 1 (vermillion): pushed harder than without weights; below 1 (blue): let go."),
            Height = Math.Clamp(190 + 22 * method.Runs[0].ForgetCounts.Count, 320, 900),
        };
    }

    private static IEnumerable<string> Names(int count)
    {
        var step = 1 + count / 40;
        return Enumerable.Range(1, count).Select(i => (i - 1) % step == 0 ? i.ToString(CultureInfo.InvariantCulture) : "");
    }
}
