using System.Globalization;
using FaLW.Experiments;
using FaLW.Figures;

namespace FaLW.Plots;

/// <summary>How many images of each class are to be forgotten, head to tail, beside the balanced draw of the same size (after Figure 1a of the paper).</summary>
public static class ForgetHistogram
{
    /// <summary>The histogram of a result's forget set.</summary>
    /// <param name="result">Any result; only its forget counts are read.</param>
    public static Figure Of(RunResult result) => Of(result.ForgetCounts) with { Subtitle = Setting.Of(result.Spec).Words };

    /// <summary>The histogram of class counts.</summary>
    /// <param name="forgetCounts">For each class how many of its images are forgotten, in any order of classes.</param>
    public static Figure Of(IReadOnlyList<int> forgetCounts)
    {
        var sorted = forgetCounts.OrderDescending().Select(c => (double)c).ToArray();
        var ranks = Enumerable.Range(1, sorted.Length).Select(i => (double)i).ToArray();
        var balanced = sorted.Sum() / sorted.Length;
        var share = sorted.Take(sorted.Length / 3).Sum() / sorted.Sum();
        return Figure.Of(
            "The forget set, class by class",
            Axis.Whole("class, most forgotten first", "rank"), new Axis("forget samples", "images") { SmallestStep = 1 },
            new Bars("this request", ranks, sorted) { Paint = Palette.Series[0] },
            new Line("balanced draw of the same size", [0.5, sorted.Length + 0.5], [balanced, balanced]) { Dash = Dash.Dashed, Paint = Palette.Retrain }) with
        {
            Note = string.Create(CultureInfo.InvariantCulture, $"{sorted.Sum():N0} images of {sorted.Length} classes; the head third of the classes holds {100 * share:F0} % of them."),
            Height = 440,
        };
    }
}
