using FaLW.Data;
using FaLW.Experiments;
using FaLW.Figures;

namespace FaLW.Plots;

/// <summary>Every forget sample as a point: true-class probability under Retrain against that under the method. On the diagonal a sample is forgotten exactly.</summary>
public static class ProbabilityScatter
{
    /// <summary>One panel per method; of several seeds the first is shown.</summary>
    /// <param name="results">Any number of methods, seeds and settings.</param>
    /// <exception cref="Fault">There is no result.</exception>
    public static Figure Of(IEnumerable<RunResult> results)
    {
        IReadOnlyList<MethodRuns> methods = [.. MethodRuns.Of(results), .. MethodRuns.Noise(results)];
        var columns = methods.Count <= 3 ? methods.Count : methods.Count == 4 ? 2 : 3;
        var side = columns == 1 ? 470 : 290;
        return new Figure("Probability of the true class, sample by sample", methods.Select(m => Panel(m, m.Runs[0].Samples)).ToValueList())
        {
            Subtitle = Setting.WordsOf(methods),
            Note = "Above the diagonal: under-forgotten, below it: over-forgotten. One seed." + MethodRuns.NoiseNote(results),
            Columns = columns,
            ShareX = true,
            ShareY = true,
            Legend = false,
            Width = columns == 1 ? 620 : 960,
            Height = 170 + side * ((methods.Count + columns - 1) / columns),
        };
    }

    private static Panel Panel(MethodRuns method, ValueList<SampleRow> samples) => Panel(method.Title, samples, few: samples.Count < 500);

    private static Panel Panel(string title, ValueList<SampleRow> samples, bool few) => new(
        new Axis("p under Retrain") { Low = 0, High = 1 }, new Axis("p under the method") { Low = 0, High = 1 },
        [
            new Points(title, samples.Select(s => s.Retrain), samples.Select(s => s.Unlearned)) { Opacity = few ? 0.6 : 0.35, Radius = few ? 3.5 : 2.5 },
            new Line("equal", [0, 1], [0, 1]) { InLegend = false, Paint = Palette.Ink, Width = 1.25 },
        ])
    {
        Title = title,
        Annotations = [
            new Note(0.03, 0.92, "under-forgotten", Corner: true) { Behind = true },
            new Note(0.97, 0.04, "over-forgotten", Corner: true) { Behind = true, Align = Align.Right },
        ],
    };
}
