using FaLW.Data;
using FaLW.Experiments;
using FaLW.Figures;

namespace FaLW.Plots;

/// <summary>The course of the weights over the epochs: mean of head, middle and tail classes, and the share of the sample that still counts.</summary>
public static class WeightCourse
{
    /// <summary>Two panels; over several seeds the mean.</summary>
    /// <param name="results">Runs of which at least one was weighted; others are passed over.</param>
    /// <exception cref="Fault">No run was weighted, or settings differ.</exception>
    public static Figure Of(IEnumerable<RunResult> results)
    {
        var method = Weighted.Of(results);
        double[] epochs = [.. Enumerable.Range(1, method.Runs[0].Log.Weights.Count).Select(e => (double)e)];
        var groups = method.Runs[0].Groups;
        var (head, tail) = (groups.Head.Count, groups.Head.Count + groups.Middle.Count);
        var means = new Panel(
            Axis.Whole("epoch"), new Axis("mean weight"),
            [Course("head", 0, head), Course("middle", head, tail), Course("tail", tail, tail + groups.Tail.Count)])
        {
            Title = "Mean weight of the classes",
            Annotations = [new ReferenceLine(1, "unweighted")],
        };
        double[] shares = [.. epochs.Select((_, e) => method.Runs.Average(run => 100 * run.Log.Weights[e].EffectiveSampleSize / run.Log.Weights[e].Count))];
        var size = new Panel(
            Axis.Whole("epoch"), new Axis("effective sample size", "%") { Low = 0, High = 105 },
            [new Line("effective sample size", epochs, shares) { Marker = Marker.Diamond, Paint = Palette.Ink, InLegend = false }])
        {
            Title = "Share of the forget set that still counts",
        };
        return new Figure("What the weighting did, epoch by epoch", [means, size]) { Subtitle = Setting.Of(method.Runs[0].Spec).Words, Height = 440 };

        Line Course(string name, int from, int to) => new(name, epochs, epochs.Select((_, e) => Weighted.Mean(method, from, to, e))) { Marker = Marker.Circle };
    }
}
