using System.Globalization;
using FaLW.Data;
using FaLW.Experiments;
using FaLW.Figures;
using FaLW.Metrics;

namespace FaLW.Plots;

/// <summary>
/// Size of the deviation, in probability or in forget accuracy, against the number of forgotten images: the paper's skewed deviation is a rise towards few images. A
/// mean over few images is far from zero by chance alone, so the distance to be expected without any deviation is drawn too.
/// </summary>
public static class SkewPlot
{
    // Room for the words above the points.
    private const double HeadRoom = 1.25;

    /// <summary>One panel per method, one point per class and seed.</summary>
    /// <param name="results">Any number of methods and seeds, one setting.</param>
    /// <param name="by">What the distance is counted in.</param>
    /// <exception cref="Fault">There is no result, or results of different settings.</exception>
    public static Figure Of(IEnumerable<RunResult> results, DeviationBy by = DeviationBy.Probability)
    {
        IReadOnlyList<MethodRuns> methods = [.. MethodRuns.Of(results), .. MethodRuns.Noise(results)];
        var columns = methods.Count <= 3 ? methods.Count : methods.Count == 4 ? 2 : 3;
        var panels = methods.Select(m => Panel(m, by)).ToArray();
        var reach = HeadRoom * panels.Max(p => ((Points)p.Traces[1]).Y.Max());
        return new Figure("Is the tail missed by more? Size of the deviation against class size", panels.Select(p => p with { Y = p.Y with { High = reach } }).ToValueList())
        {
            Subtitle = Setting.WordsOf(methods),
            Note = "One point per class and seed. Dashed: what chance alone gives to a class of that size, √(2/π) s/√n with s the spread within classes" + (by == DeviationBy.Probability ? "" : ", s² = a(1 − a) + b(1 − b) of the accuracies a, b of both models") + ". ρ: Spearman, size against count; below zero the tail is missed by more." + MethodRuns.NoiseNote(results),
            Columns = columns,
            ShareX = true,
            ShareY = true,
            Legend = false,
            Height = 190 + 230 * ((methods.Count + columns - 1) / columns),
        };
    }

    /// <summary>The mean distance from zero of a mean of n values without any shift: half-normal, for a spread s.</summary>
    internal static double Floor(double spread, double count) => Math.Sqrt(2 / (Math.PI * count)) * spread;

    private static Panel Panel(MethodRuns method, DeviationBy by)
    {
        var classes = method.Runs.SelectMany(run => run.Deviation(by).Classes).Where(k => k.Count > 0).Select(k => (Count: (double)k.Count, Mean: 100 * k.Mean)).ToArray();
        var spread = 100 * (by == DeviationBy.Probability ? Spread(method.Runs) : AccuracySpread(method.Runs));
        var places = classes.Select(k => k.Count).Distinct().Order().ToArray();
        var rank = Statistics.Over(method.Runs.Select(run => run.Deviation(by).Spearman)).Mean;
        return new Panel(
            Axis.Log("forgotten images of the class"), new Axis(by == DeviationBy.Probability ? "|mean deviation|" : "|ΔFA|", "points") { Low = 0 },
            [
                new Line("chance alone", places, places.Select(n => Floor(spread, n))) { Paint = Palette.Muted, Dash = Dash.Dashed },
                new Points(method.Title, classes.Select(k => k.Count), classes.Select(k => Math.Abs(k.Mean))) { Opacity = 0.75, Radius = 4 },
            ])
        {
            Title = method.Title,
            Annotations = [new Note(0.97, 0.9, string.Create(CultureInfo.InvariantCulture, $"ρ = {rank:F2}").Replace('-', '−'), Corner: true) { Align = Align.Right }],
        };
    }

    // Pooled over classes and seeds: squares around each class's own mean.
    private static double Spread(IEnumerable<RunResult> runs)
    {
        var classes = runs.SelectMany(run => run.Samples.GroupBy(s => s.Class)).Select(k => k.Select(s => s.Deviation).ToArray()).Where(k => k.Length > 1).ToArray();
        var squares = classes.Sum(SquaresAround);
        return classes.Length == 0 ? 0 : Math.Sqrt(squares / classes.Sum(k => k.Length - 1));
    }

    // Right or wrong is all a sample says, so the accuracies of a class tell the spread; two models that agree on images have less.
    private static double AccuracySpread(IEnumerable<RunResult> runs)
    {
        static double Square(ClassRow row) => row.ForgetAccuracy / 100 * (1 - (row.ForgetAccuracy / 100));
        var classes = runs.SelectMany(run => run.UnlearnedClasses.Zip(run.RetrainClasses)).Where(both => both.First.ForgetCount > 0).ToArray();
        return Math.Sqrt(classes.Sum(both => both.First.ForgetCount * (Square(both.First) + Square(both.Second))) / classes.Sum(both => both.First.ForgetCount));
    }

    private static double SquaresAround(double[] values)
    {
        var mean = values.Average();
        return values.Sum(v => (v - mean) * (v - mean));
    }
}
