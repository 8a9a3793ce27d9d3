using FaLW.Data;
using FaLW.Experiments;
using FaLW.Figures;

namespace FaLW.Plots;

/// <summary>How sure the start and the target are of the images to forget: the probability of the true class under Original and under Retrain.</summary>
public static class ConfidenceHistogram
{
    private const int Bins = 25;

    /// <summary>The two histograms over every forget sample of every seed.</summary>
    /// <param name="results">Any number of methods and seeds, one setting; methods are not looked at.</param>
    /// <exception cref="Fault">There is no result, or results of different settings.</exception>
    public static Figure Of(IEnumerable<RunResult> results)
    {
        var all = results.ToArray();
        var setting = Setting.Of(MethodRuns.OfOneSetting(all)[0].Runs[0].Spec);
        SampleRow[] samples = [.. MethodRuns.References(all).SelectMany(run => run.Samples)];
        return Figure.Of(
            "The same images before and after: what each model makes of the forget set",
            new Axis("probability of the true class") { Low = 0, High = 1 }, new Axis("images"),
            Bars.Histogram("Original", samples.Select(s => s.Original), Bins, 0, 1) with { Paint = Palette.Series[4] },
            Bars.Histogram("Retrain", samples.Select(s => s.Retrain), Bins, 0, 1) with { Paint = Palette.Retrain }) with
        {
            Subtitle = setting.Words,
            Note = "Original has trained on these images, Retrain has never seen them. All seeds together.",
            Height = 440,
        };
    }
}
