using System.Globalization;
using FaLW.Data;
using FaLW.Experiments;
using FaLW.Figures;

namespace FaLW.Plots;

/// <summary>
/// Class by class, how the probability of the true class is spread over images that Retrain has never seen: the shape that
/// the weighting sums up by a mean and a standard deviation.
/// </summary>
public static class ConfidenceMap
{
    private const int Bins = 10;

    /// <summary>One row per class, most forgotten first; each row is a histogram in percent of the class's forget samples.</summary>
    /// <param name="results">Any number of methods and seeds, one setting; methods are not looked at, seeds are pooled by rank.</param>
    /// <exception cref="Fault">There is no result, or results of different settings.</exception>
    public static Figure Of(IEnumerable<RunResult> results)
    {
        var all = results.ToArray();
        var setting = Setting.Of(MethodRuns.OfOneSetting(all)[0].Runs[0].Spec);
        var runs = MethodRuns.References(all);
        var ranks = runs[0].ForgetCounts.Count;
        var rows = Enumerable.Range(0, ranks).Select(rank => Shares([.. runs.SelectMany(run => Measures.OfRank(run, rank)).Select(s => s.Retrain)]));
        string[] bins = [.. Enumerable.Range(0, Bins).Select(i => string.Create(CultureInfo.InvariantCulture, $"{i / 10.0:0.0}–{(i + 1) / 10.0:0.0}"))];
        return Figure.Of(
            "Unseen images, class by class: sure, or sure of something else",
            Axis.Of("probability of the true class under Retrain", bins), Axis.Of("class, most forgotten first", Names(ranks)),
            new Heat("share of the class", rows, "%") { Low = 0 }) with
        {
            Subtitle = setting.Words,
            Note = "Each row sums to 100 %. Images to forget, which Retrain never saw. All seeds together.",
            Height = Math.Clamp(200 + 22 * ranks, 320, 900),
        };
    }

    // Fifty names or more would lie over each other.
    private static IEnumerable<string> Names(int ranks)
    {
        var step = 1 + ranks / 40;
        return Enumerable.Range(1, ranks).Select(rank => (rank - 1) % step == 0 ? rank.ToString(CultureInfo.InvariantCulture) : "");
    }

    private static double[] Shares(double[] probabilities) =>
        [.. Enumerable.Range(0, Bins).Select(bin => 100.0 * probabilities.Count(p => Math.Min(Bins - 1, (int)(p * Bins)) == bin) / probabilities.Length)];
}
