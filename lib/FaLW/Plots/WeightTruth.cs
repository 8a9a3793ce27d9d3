using System.Globalization;
using FaLW.Data;
using FaLW.Experiments;
using FaLW.Figures;
using MathNet.Numerics.Statistics;

namespace FaLW.Plots;

/// <summary>Is the weight right? The mean weight of a class in the first epoch against what no weighting may see: how far Original really is from Retrain there.</summary>
public static class WeightTruth
{
    /// <summary>One point per class and seed.</summary>
    /// <param name="results">Runs of which at least one was weighted; others are passed over.</param>
    /// <exception cref="Fault">No run was weighted, or settings differ.</exception>
    public static Figure Of(IEnumerable<RunResult> results)
    {
        var method = Weighted.Of(results);
        var points = method.Runs.SelectMany(Classes).ToArray();
        var panel = new Panel(
            new Axis("what there is to forget: mean of p under Original − p under Retrain", "points"), new Axis("mean weight in the first epoch"), [new Points(method.Title, points.Select(p => p.Truth), points.Select(p => p.Weight)) { Radius = 5, Opacity = 0.8, Labels = points.Select(p => p.Name).ToValueList() }]);
        return new Figure("Does the weight know where there is most to forget?", [panel])
        {
            Subtitle = $"{Setting.Of(method.Runs[0].Spec).Words}; Spearman's ρ = " + Agreement(points).ToString("F2", CultureInfo.InvariantCulture).Replace('-', '−'),
            Note = "One point per class and seed. The weighting sees unseen images only, never Retrain.",
            Width = 760,
            Height = 480,
        };
    }

    private static double Agreement((double Truth, double Weight, string Name)[] points) =>
        Correlation.Spearman(points.Select(p => p.Truth), points.Select(p => p.Weight));

    private static IEnumerable<(double Truth, double Weight, string Name)> Classes(RunResult run) =>
        from rank in Enumerable.Range(0, run.ForgetCounts.Count)
        let label = Measures.HeadToTail(run)[rank]
        let truth = 100 * Measures.OfRank(run, rank).Average(s => s.Original - s.Retrain)
        select (truth, run.Log.Weights[0].ClassMeans[label], FormattableString.Invariant($"class {label}, {run.ForgetCounts[label]} forgotten, seed {run.Spec.Data.Seed}"));
}
