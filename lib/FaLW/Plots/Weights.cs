using FaLW.Data;
using FaLW.Experiments;
using FaLW.Figures;
using FaLW.Metrics;
using MathNet.Numerics.Statistics;

namespace FaLW.Plots;

/// <summary>Runs that kept what their weighting did.</summary>
internal static class Weighted
{
    /// <summary>The first weighted method among the results of one setting.</summary>
    public static MethodRuns Of(IEnumerable<RunResult> results) =>
        MethodRuns.OfOneSetting(results).FirstOrDefault(m => m.Runs.All(run => run.Log.Weights.Count > 0))
        ?? throw new Fault("None of these runs was weighted, so there are no weights to show. Give at least one run of a weighted method, for example FaLW.");

    /// <summary>Mean over seeds of the mean weight of classes in an epoch (from 0), each class counting once; they are given by rank, 0 is the head. NaN without any.</summary>
    public static double MeanWeight(this MethodRuns method, Range ranks, int epoch) =>
        method.Runs.Average(run => Means.Mean(Measures.HeadToTail(run).ToArray()[ranks].Select(label => run.Log.Weights[epoch].ClassMeans[label])));
}

/// <summary>What a weighting did while unlearning: the mean weight of every class in every epoch, head to tail.</summary>
public static class WeightMap
{
    /// <summary>The map of one method; over several seeds classes are paired by rank and averaged.</summary>
    /// <param name="results">Runs of which at least one was weighted; others are passed over.</param>
    /// <exception cref="Fault">No run was weighted, or settings differ.</exception>
    public static Figure Of(IEnumerable<RunResult> results)
    {
        var method = Weighted.Of(results);
        var (epochs, classes) = (method.Runs[0].Log.Weights.Count, method.Runs[0].ForgetCounts.Count);
        return Figure.Of(
            "The weights move: one row per class, one column per epoch", Axis.Of("epoch", Panels.Numbers(epochs)), Panels.MapClasses(method.Runs),
            new Heat("mean weight", Enumerable.Range(0, classes).Select(rank => Enumerable.Range(0, epochs).Select(epoch => method.MeanWeight(rank..(rank + 1), epoch)))) { Low = 0, High = 2, Middle = 1 }) with
        {
            Subtitle = method.Words,
            Note = $"{method.Title}, {(method.Runs.Count > 1 ? $"mean over {method.Runs.Count} seeds" : "one seed")}. Above 1 (vermillion): pushed harder than without weights; below 1 (blue): let go.",
            Height = Math.Clamp(190 + 22 * classes, 320, 900),
        };
    }
}

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
        Line Course(string name, Range ranks) => new(name, epochs, epochs.Select((_, e) => method.MeanWeight(ranks, e))) { Marker = Marker.Circle };
        var shares = epochs.Select((_, e) => method.Runs.Average(run => 100 * run.Log.Weights[e].EffectiveSampleSize / run.Log.Weights[e].Count));
        return new Figure("What the weighting did, epoch by epoch",
        [
            new Panel(Panels.Epochs, new Axis("mean weight"), [Course("head", ..head), Course("middle", head..tail), Course("tail", tail..)])
            {
                Title = "Mean weight of the classes",
                Annotations = [new ReferenceLine(1, "unweighted")],
            },
            new Panel(Panels.Epochs, new Axis("effective sample size", "%") { Low = 0, High = 105 },
                [new Line("effective sample size", epochs, shares) { Marker = Marker.Diamond, Paint = Palette.Ink, InLegend = false }])
            {
                Title = "Share of the forget set that still counts",
            },
        ])
        { Subtitle = method.Words, Height = 440 };
    }
}

/// <summary>The forgetting-aware weight as a function of the z-score (FaLW, Eq. 7), one line per class size.</summary>
public static class WeightCurve
{
    private const double Reach = 3;
    private const int Steps = 121;

    /// <summary>The curve of several classes.</summary>
    /// <param name="tau">Exponent of the balance factor, not negative.</param>
    /// <param name="classes">Name and balance factor B of each class; 1 is a class of average size.</param>
    /// <param name="weight">From z-score and balance factor to weight.</param>
    public static Figure Of(double tau, IEnumerable<(string Name, double Balance)> classes, Func<double, double, double> weight)
    {
        double[] z = [.. Enumerable.Range(0, Steps).Select(i => Reach * (2.0 * i / (Steps - 1) - 1))];
        return Figure.Of("The forgetting-aware weight", new Axis("z-score: distance from unseen images", "standard deviations"), new Axis("weight w") { Low = 0, High = 2 },
            [.. classes.Select(c => new Line(c.Name, z, z.Select(at => weight(at, c.Balance))))]).Annotate(
            new ReferenceLine(1), new ReferenceLine(0, "as unseen", Upright: true),
            Panels.Corner(0.97, 0.06, "under-forgotten: push") with { Align = Align.Right }, Panels.Corner(0.03, 0.92, "over-forgotten: let go")) with
        {
            Subtitle = Invariant($"τ = {tau:0.##}; 1 is the unweighted method"),
            Width = 760,
            Height = 480,
        };
    }
}

/// <summary>Is the weight right? The mean weight of a class in the first epoch against what no weighting may see: how far Original really is from Retrain there.</summary>
public static class WeightTruth
{
    /// <summary>One point per class and seed; classes of which nothing is forgotten have none.</summary>
    /// <param name="results">Runs of which at least one was weighted; others are passed over.</param>
    /// <exception cref="Fault">No run was weighted, or settings differ.</exception>
    public static Figure Of(IEnumerable<RunResult> results)
    {
        var method = Weighted.Of(results);
        var points =
            (from run in method.Runs
             from rank in Enumerable.Range(0, run.ForgetCounts.Count)
             let label = Measures.HeadToTail(run)[rank]
             where run.ForgetCounts[label] > 0
             let truth = 100 * Measures.OfRank(run, rank).Average(s => s.Original - s.Retrain)
             select (Truth: truth, Weight: run.Log.Weights[0].ClassMeans[label], Name: Invariant($"{run.Spec.Data.Benchmark.ClassName(label)}, {run.ForgetCounts[label]} forgotten, seed {run.Spec.Data.Seed}"))).ToArray();
        return Figure.Of("Does the weight know where there is most to forget?",
            new Axis("what there is to forget: mean of p under Original − p under Retrain", "points"), new Axis("mean weight in the first epoch"),
            new Points(method.Title, points.Select(p => p.Truth), points.Select(p => p.Weight)) { Radius = 5, Opacity = 0.8, Labels = points.Select(p => p.Name).ToValueList() }) with
        {
            Subtitle = $"{method.Words}; Spearman's {Panels.Signed($"ρ = {Correlation.Spearman(points.Select(p => p.Truth), points.Select(p => p.Weight)):F2}")}",
            Note = "One point per class and seed. The weighting sees unseen images only, never Retrain.",
            Width = 760,
            Height = 480,
        };
    }
}

/// <summary>Does a weight know, image by image? The weight each image was given last against what no weighting may see.</summary>
public static class WeightTable
{
    /// <summary>One row per seed of the first weighted method.</summary>
    /// <param name="results">Runs of which at least one was weighted; others are passed over.</param>
    /// <exception cref="Fault">No run was weighted, or settings differ.</exception>
    public static Table Of(IEnumerable<RunResult> results)
    {
        var method = Weighted.Of(results);
        return Table.Of($"{method.Title}: what the weights agree with", method.Runs.Select(run => (run.Spec.Data.Seed, Found: WeightDiagnostics.Of(run))),
            [
                new("seed", row => row.Seed, "", 0),
                new("ρ, to forget", row => row.Found?.WithDistance ?? double.NaN) { Meaning = "Spearman correlation of weight and p under Original − p under Retrain." },
                new("ρ, left", row => row.Found?.WithSignedDeviation ?? double.NaN) { Meaning = "Spearman correlation of weight and deviation." },
                new("still counts", row => 100 * row.Found?.EffectiveShare ?? double.NaN, "%", 0),
            ], note: "Rank correlation of the last weight with what there was to forget and with what is left of it; effective sample size in the last epoch.");
    }
}

/// <summary>What every weighting did, side by side: how strong its hand was, whom it pushed, and whether it knew what is hard.</summary>
public static class WeightingTable
{
    /// <summary>One row per weighted method; over several seeds the mean.</summary>
    /// <param name="results">Results of one setting; methods without weights are passed over.</param>
    /// <returns>Null when no run was weighted.</returns>
    /// <exception cref="Fault">There is no result.</exception>
    public static Table? Of(IEnumerable<RunResult> results)
    {
        MethodRuns[] weighted = [.. MethodRuns.Of(results).Where(m => m.Runs.All(run => WeightDiagnostics.Of(run) is not null))];
        return weighted.Length == 0 ? null : Table.Of("What the weights did", weighted,
            [
                new("Method", m => m.Title),
                Mean("Still counts", d => 100 * d.EffectiveShare, "%", 0, "Effective sample size (Kish) over the number of forget samples in the last epoch."),
                Mean("Head", d => d.Groups[0].Mean), Mean("Middle", d => d.Groups[1].Mean), Mean("Tail", d => d.Groups[2].Mean),
                Mean("ρ, |deviation|", d => d.WithDeviation, meaning: "Spearman correlation of weight and |p − p under Retrain|: the fair test of whether a weight knows what is hard."),
                Mean("ρ, deviation", d => d.WithSignedDeviation, meaning: "The same with the signed deviation: positive when under-forgotten samples weigh more."),
                Mean("ρ, to forget", d => d.WithDistance, meaning: "The same with p under Original − p under Retrain, what there was to forget."),
            ], note: "Last weight of every forget sample. Rank correlations (Spearman) near zero mean that the weight does not know where the work is.");
    }

    private static Column<MethodRuns> Mean(string title, Func<WeightDiagnostics, double> number, string unit = "", int decimals = 2, string meaning = "") =>
        new(title, m => m.Runs.Average(run => number(WeightDiagnostics.Of(run)!)), unit, decimals) { Meaning = meaning };
}
