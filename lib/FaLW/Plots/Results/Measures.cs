using FaLW.Experiments;
using FaLW.Figures;
using FaLW.Metrics;

namespace FaLW.Plots;

/// <summary>The numbers of one run that no record holds ready: distances to Retrain per sample, class and group.</summary>
internal static class Measures
{
    /// <summary>Mean absolute deviation of the true-class probability from Retrain over the forget samples, in points.</summary>
    public static double MeanDeviation(RunResult run) => 100 * run.Samples.Average(s => Math.Abs(s.Deviation));

    /// <summary>The same for the model before unlearning.</summary>
    public static double OriginalDeviation(RunResult run) => 100 * run.Samples.Average(s => Math.Abs(s.Original - s.Retrain));

    /// <summary>Mean over classes of the absolute distance of forget accuracy to Retrain, in points: tail classes count as much as head classes.</summary>
    public static double ClassBalancedGap(RunResult run) => ClassBalancedGap(run.UnlearnedClasses, run.RetrainClasses);

    /// <summary>The same between any two models.</summary>
    public static double ClassBalancedGap(IReadOnlyList<ClassRow> model, IReadOnlyList<ClassRow> retrain) => ForgetGap.Of(model, retrain).ClassBalancedAbsolute;

    /// <summary>Mean signed deviation of the forget samples of some classes, in points; NaN without samples.</summary>
    public static double Deviation(RunResult run, IReadOnlyCollection<int> classes) =>
        100 * run.Samples.Where(s => classes.Contains(s.Class)).Select(s => s.Deviation).DefaultIfEmpty(double.NaN).Average();

    /// <summary>Distance of forget accuracy to Retrain over the forget samples of some classes, in points; negative is over-forgotten.</summary>
    public static double AccuracyGap(RunResult run, IReadOnlyCollection<int> classes) =>
        Accuracy(run.UnlearnedClasses, classes) - Accuracy(run.RetrainClasses, classes);

    /// <summary>Signed distance of some classes to Retrain in points, by probability or by forget accuracy; NaN without samples.</summary>
    public static double Deviation(RunResult run, IReadOnlyCollection<int> classes, DeviationBy by) =>
        by == DeviationBy.ForgetAccuracy ? AccuracyGap(run, classes) : Deviation(run, classes);

    /// <summary>"p" or "ΔFA".</summary>
    public static string Short(DeviationBy by) => by == DeviationBy.ForgetAccuracy ? "ΔFA" : "p";

    /// <summary>Seconds of a stage; NaN when the result does not tell.</summary>
    public static double Seconds(RunResult run, string stage) =>
        run.Times.FirstOrDefault(t => t.Stage == stage)?.Seconds ?? double.NaN;

    /// <summary>Peak memory of a stage in mebibytes; NaN when the result does not tell.</summary>
    public static double Memory(RunResult run, string stage) =>
        run.Times.FirstOrDefault(t => t.Stage == stage)?.PeakMemory ?? double.NaN;

    /// <summary>Classes from the most forgotten to the least.</summary>
    public static IReadOnlyList<int> HeadToTail(RunResult run) => [.. run.Groups.Head, .. run.Groups.Middle, .. run.Groups.Tail];

    /// <summary>The forget samples of the class of that rank; 0 is the class most forgotten.</summary>
    public static IEnumerable<SampleRow> OfRank(RunResult run, int rank)
    {
        var label = HeadToTail(run)[rank];
        return run.Samples.Where(s => s.Class == label);
    }

    private static double Accuracy(IEnumerable<ClassRow> rows, IReadOnlyCollection<int> classes)
    {
        var own = rows.Where(r => classes.Contains(r.Class) && r.ForgetCount > 0).ToArray();
        return own.Length == 0 ? double.NaN : own.Sum(r => r.ForgetAccuracy * r.ForgetCount) / own.Sum(r => r.ForgetCount);
    }
}
