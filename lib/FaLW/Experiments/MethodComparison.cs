using FaLW.Data;
using FaLW.Metrics;

namespace FaLW.Experiments;

/// <summary>
/// One method against another on the same seeds, in one measure. Runs that share data and training seed share an Original and a Retrain and
/// are not independent, so their unlearning seeds are averaged first: what counts is the number of trainings.
/// </summary>
/// <param name="Title">The method; where there are variants of one, with the settings that tell them apart.</param>
/// <param name="Test">Method minus reference, training seed by training seed.</param>
/// <param name="Detectable">Smallest true difference that so many seeds would show in four of five studies, with a deviation that these seeds leave possible (<see cref="DetectableDifference.OfSample"/>); a smaller one seen is no finding, not seen no refutation.</param>
public sealed record MethodComparison(string Title, PairedTest Test, double Detectable)
{
    /// <summary>Compares every other method with a reference, each on the seeds that both ran on.</summary>
    /// <param name="results">Results of one setting; a seed that one of the two lacks, where a method diverged for example, is not counted.</param>
    /// <param name="reference">Title of the reference, e.g. "FaLW".</param>
    /// <param name="measure">What is compared, e.g. the Average Gap.</param>
    /// <param name="confidence">Of the intervals, between 0 and 1.</param>
    /// <exception cref="Fault">The reference is missing, or a method shares no seed with it or has two results for one.</exception>
    public static IReadOnlyList<MethodComparison> Of(
        IEnumerable<RunResult> results, string reference, Func<RunResult, double> measure, double confidence = 0.95)
    {
        var methods = RunResult.ByName(results).ToDictionary(group => group.Key, group => BySeed(group, measure));
        if (!methods.Remove(reference, out var theirs))
            throw new Fault($"There is no result of {reference} to compare with, only of {string.Join(", ", methods.Keys)}; name one of them or run it.");
        if (methods.FirstOrDefault(method => !method.Value.Keys.Intersect(theirs.Keys).Any()) is { Key: { } odd })
            throw new Fault($"{odd} and {reference} ran on different seeds and cannot be paired; run both on the same ones.");
        return [.. from method in methods
                   let test = PairedTest.Of(OfTrainings(method.Value, theirs), OfTrainings(theirs, method.Value), confidence)
                   select new MethodComparison(method.Key, test, DetectableDifference.OfSample(test.Difference.Deviation, test.Difference.Count, confidence))];
    }

    private static double[] OfTrainings(
        SortedDictionary<(int Data, int Training, int Unlearning), double> values, SortedDictionary<(int Data, int Training, int Unlearning), double> shared) =>
        [.. values.Where(value => shared.ContainsKey(value.Key)).GroupBy(value => (value.Key.Data, value.Key.Training), value => value.Value).Select(training => training.Average())];

    private static SortedDictionary<(int Data, int Training, int Unlearning), double> BySeed(IEnumerable<RunResult> results, Func<RunResult, double> measure)
    {
        var found = new SortedDictionary<(int, int, int), double>();
        foreach (var result in results)
            if (!found.TryAdd((result.Spec.Data.Seed, result.Spec.Seeds.Training, result.Spec.Seeds.Unlearning), measure(result)))
                throw new Fault($"There are two results of {result.Title} for one seed; compare one setting at a time.");
        return found;
    }
}

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
    /// <returns>Null when the run was not weighted or its log holds no weight per sample.</returns>
    public static WeightDiagnostics? Of(RunResult result)
    {
        var log = result.Log;
        if (log.Weights.Count == 0 || log.LastWeights.Count != result.Samples.Count) return null;
        (SampleRow Sample, double Weight)[] rows = [.. result.Samples.Zip(log.LastWeights).Where(row => double.IsFinite(row.Second))];
        double[] weights = [.. rows.Select(row => row.Weight)];
        double With(Func<SampleRow, double> number) => MathNet.Numerics.Statistics.Correlation.Spearman(weights, rows.Select(row => number(row.Sample)));
        return new WeightDiagnostics(
            log.Weights[^1].EffectiveSampleSize / log.Weights[^1].Count,
            result.Groups.Each(rows, row => row.Sample.Class, (name, own) => new GroupWeight(name, own.Length, Means.Mean(own.Select(row => row.Weight)))),
            With(sample => Math.Abs(sample.Deviation)), With(sample => sample.Deviation), With(sample => sample.Original - sample.Retrain));
    }
}
