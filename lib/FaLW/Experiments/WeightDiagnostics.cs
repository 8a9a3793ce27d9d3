using FaLW.Data;
using MathNet.Numerics.Statistics;

namespace FaLW.Experiments;

/// <summary>Weights of the head, middle or tail classes.</summary>
/// <param name="Name">"Head", "Middle" or "Tail".</param>
/// <param name="Count">Number of their forget samples.</param>
/// <param name="Mean">Mean weight, each sample counting once; NaN without samples.</param>
public sealed record GroupWeight(string Name, int Count, double Mean);

/// <summary>
/// Does a weight know what is hard? Read from the weights each forget sample was given last and from the
/// deviation from Retrain, which no weighting may see. Rank correlations, NaN when either side is constant. A
/// weighting that did its work perfectly leaves no deviation and thus nothing to correlate with, so the
/// distance that was to go stands beside the one that is left.
/// </summary>
/// <param name="EffectiveShare">Effective sample size over sample size in the last epoch, 0 to 1; 1 means that nothing was weighted.</param>
/// <param name="Groups">Mean weight of head, middle and tail.</param>
/// <param name="WithDeviation">Spearman correlation of the weight with |p_unlearned - p_retrain|.</param>
/// <param name="WithSignedDeviation">The same with p_unlearned - p_retrain: positive when under-forgotten samples weigh more.</param>
/// <param name="WithDistance">The same with p_original - p_retrain, what there was to forget.</param>
public sealed record WeightDiagnostics(
    double EffectiveShare, ValueList<GroupWeight> Groups, double WithDeviation, double WithSignedDeviation, double WithDistance)
{
    /// <summary>Reads the weights of a result.</summary>
    /// <param name="result">Any result.</param>
    /// <returns>Null when the run was not weighted or its log holds no weight per sample.</returns>
    public static WeightDiagnostics? Of(RunResult result)
    {
        var log = result.Log;
        if (log.Weights.Count == 0 || log.LastWeights.Count != result.Samples.Count) return null;
        (SampleRow Sample, double Weight)[] rows = [.. result.Samples.Zip(log.LastWeights).Where(row => double.IsFinite(row.Second))];
        double[] weights = [.. rows.Select(row => row.Weight)];
        double With(Func<SampleRow, double> number) => Correlation.Spearman(weights, rows.Select(row => number(row.Sample)));
        GroupWeight Group(string name, ValueList<int> classes)
        {
            double[] own = [.. rows.Where(row => classes.Contains(row.Sample.Class)).Select(row => row.Weight)];
            return new GroupWeight(name, own.Length, own.DefaultIfEmpty(double.NaN).Average());
        }

        var groups = result.Groups;
        return new WeightDiagnostics(
            log.Weights[^1].EffectiveSampleSize / log.Weights[^1].Count,
            [Group(nameof(groups.Head), groups.Head), Group(nameof(groups.Middle), groups.Middle), Group(nameof(groups.Tail), groups.Tail)],
            With(sample => Math.Abs(sample.Deviation)), With(sample => sample.Deviation), With(sample => sample.Original - sample.Retrain));
    }
}
