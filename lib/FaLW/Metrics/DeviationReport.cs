using FaLW.Data;
using MathNet.Numerics.Statistics;

namespace FaLW.Metrics;

/// <summary>Deviation of one class.</summary>
/// <param name="Class">The class id.</param>
/// <param name="Count">Number of its forget samples.</param>
/// <param name="Mean">Mean signed deviation: positive is under-forgotten, negative over-forgotten; NaN without samples.</param>
/// <param name="MeanAbsolute">Mean absolute deviation; NaN without samples.</param>
public sealed record ClassDeviation(int Class, int Count, double Mean, double MeanAbsolute);

/// <summary>Deviation of the head, middle or tail classes, each forget sample counting once.</summary>
/// <param name="Name">"Head", "Middle" or "Tail".</param>
/// <param name="Count">Number of their forget samples.</param>
/// <param name="Mean">Mean signed deviation; NaN without samples.</param>
/// <param name="MeanAbsolute">Mean absolute deviation; NaN without samples.</param>
public sealed record GroupDeviation(string Name, int Count, double Mean, double MeanAbsolute);

/// <summary>
/// Unlearning deviation (FaLW, arXiv 2601.18650): per forget sample the true-class probability under the
/// unlearned model minus that under Retrain, -1 to 1. The diagnostics of heterogeneous and skewed deviation
/// are this kit's own: the paper names the phenomena without a number.
/// </summary>
/// <param name="Classes">One row per class, in the order of the ids.</param>
/// <param name="Groups">Head, middle, tail.</param>
/// <param name="MeanAbsolute">Mean absolute deviation over the forget samples.</param>
/// <param name="ClassBalanced">Mean over classes of <see cref="ClassDeviation.MeanAbsolute"/>: what sample-weighted means hide.</param>
/// <param name="Slope">Skewed deviation, ours: change of |class mean| per forget sample more in the class; negative is worse on the tail.</param>
/// <param name="Spearman">Skewed deviation, ours: rank correlation of |class mean| with class size; NaN when either is constant.</param>
public sealed record DeviationReport(
    ValueList<ClassDeviation> Classes, ValueList<GroupDeviation> Groups,
    double MeanAbsolute, double ClassBalanced, double Slope, double Spearman)
{
    /// <summary>Heterogeneous deviation, ours: head classes under-forgotten on average and tail classes over-forgotten, or the other way round.</summary>
    public bool ChangesSign => Groups[0].Mean * Groups[^1].Mean < 0;

    /// <summary>Compares two models on the forget set, sample by sample.</summary>
    /// <param name="labels">True class of each forget sample.</param>
    /// <param name="unlearned">Its true-class probability under the unlearned model.</param>
    /// <param name="retrain">Its true-class probability under Retrain.</param>
    /// <param name="groups">Head, middle and tail classes; together all classes.</param>
    /// <exception cref="ArgumentException">The lists have different lengths or are empty.</exception>
    public static DeviationReport Of(
        IReadOnlyList<int> labels, IReadOnlyList<double> unlearned, IReadOnlyList<double> retrain, ClassGroups groups)
    {
        if (labels.Count == 0 || unlearned.Count != labels.Count || retrain.Count != labels.Count)
            throw new ArgumentException(FormattableString.Invariant(
                $"A deviation needs two probabilities for every forget sample, but got {labels.Count} labels, {unlearned.Count} and {retrain.Count} probabilities."), nameof(labels));
        var samples = labels.Select((label, i) => (label, deviation: unlearned[i] - retrain[i])).ToLookup(s => s.label, s => s.deviation);
        ValueList<ClassDeviation> classes = [.. groups.Head.Concat(groups.Middle).Concat(groups.Tail).Order()
            .Select(k => new ClassDeviation(k, samples[k].Count(), Mean(samples[k]), Mean(samples[k].Select(Math.Abs))))];
        ValueList<ClassDeviation> present = [.. classes.Where(row => row.Count > 0)];
        double[] sizes = [.. present.Select(row => (double)row.Count)], sizesOfMeans = [.. present.Select(row => Math.Abs(row.Mean))];
        return new DeviationReport(
            classes,
            [Group(nameof(groups.Head), groups.Head, samples), Group(nameof(groups.Middle), groups.Middle, samples), Group(nameof(groups.Tail), groups.Tail, samples)],
            Mean(samples.SelectMany(group => group).Select(Math.Abs)),
            Mean(present.Select(row => row.MeanAbsolute)),
            SlopeOf(sizes, sizesOfMeans),
            Correlation.Spearman(sizes, sizesOfMeans));
    }

    private static GroupDeviation Group(string name, IEnumerable<int> members, ILookup<int, double> samples)
    {
        double[] all = [.. members.SelectMany(k => samples[k])];
        return new GroupDeviation(name, all.Length, Mean(all), Mean(all.Select(Math.Abs)));
    }

    private static double SlopeOf(double[] x, double[] y)
    {
        var spread = ArrayStatistics.PopulationVariance(x);
        return spread > 0 ? ArrayStatistics.PopulationCovariance(x, y) / spread : double.NaN;
    }

    private static double Mean(IEnumerable<double> values) => values.DefaultIfEmpty(double.NaN).Average();
}
