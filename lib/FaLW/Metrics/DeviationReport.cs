using FaLW.Data;
using MathNet.Numerics.Statistics;

namespace FaLW.Metrics;

/// <summary>What the distance of a class from Retrain is counted in.</summary>
public enum DeviationBy
{
    /// <summary>Mean over forget samples of the true-class probability under the method minus under Retrain: sees every shift.</summary>
    Probability,

    /// <summary>Forget accuracy under the method minus under Retrain, the paper's Delta FA: sees what crosses the decision boundary.</summary>
    ForgetAccuracy,
}

/// <summary>Where head and tail classes lie, seen from Retrain.</summary>
public enum DeviationPattern
{
    /// <summary>Head or tail has no number.</summary>
    Unknown,

    /// <summary>Neither differs from Retrain.</summary>
    None,

    /// <summary>Both are under-forgotten, or one is and the other does not differ.</summary>
    UnderForgotten,

    /// <summary>Both are over-forgotten, or one is and the other does not differ.</summary>
    OverForgotten,

    /// <summary>The paper's heterogeneous deviation: head under-forgotten and tail over-forgotten.</summary>
    Heterogeneous,

    /// <summary>The opposite: head over-forgotten and tail under-forgotten. The paper has no name for it.</summary>
    Reversed,
}

/// <summary>Deviation of one class.</summary>
/// <param name="Class">The class id.</param>
/// <param name="Count">Number of its forget samples.</param>
/// <param name="Mean">Mean signed deviation: positive is under-forgotten, negative over-forgotten; NaN without samples.</param>
/// <param name="MeanAbsolute">Mean absolute deviation of its samples; by forget accuracy, which no sample has alone, |Mean|; NaN without samples.</param>
public sealed record ClassDeviation(int Class, int Count, double Mean, double MeanAbsolute);

/// <summary>Deviation of the head, middle or tail classes, each forget sample counting once.</summary>
/// <param name="Name">"Head", "Middle" or "Tail".</param>
/// <param name="Count">Number of their forget samples.</param>
/// <param name="Mean">Mean signed deviation; NaN without samples.</param>
/// <param name="MeanAbsolute">Mean over the samples of their class's <see cref="ClassDeviation.MeanAbsolute"/>; NaN without samples.</param>
public sealed record GroupDeviation(string Name, int Count, double Mean, double MeanAbsolute);

/// <summary>Deviation of the forget samples that Retrain knows, does not know, or half knows.</summary>
/// <param name="Name">"Known" (p under Retrain above 0.8), "Between" or "Unknown" (below 0.2).</param>
/// <param name="Count">Number of such samples.</param>
/// <param name="Mean">Mean of p under the method minus p under Retrain; NaN without samples.</param>
public sealed record KnownDeviation(string Name, int Count, double Mean);

/// <summary>
/// Unlearning deviation (FaLW, arXiv 2601.18650): how far each class is from Retrain, as a share, -1 to 1. Two ways to count it
/// (<see cref="DeviationBy"/>): they need not agree. Skewed deviation is measured by this kit's own numbers: the paper names the phenomenon without one.
/// </summary>
/// <param name="Classes">One row per class, in the order of the ids.</param>
/// <param name="Groups">Head, middle, tail.</param>
/// <param name="MeanAbsolute">Mean over forget samples of <see cref="ClassDeviation.MeanAbsolute"/>: by probability the mean absolute deviation.</param>
/// <param name="ClassBalanced">Mean over classes of <see cref="ClassDeviation.MeanAbsolute"/>: what sample-weighted means hide.</param>
/// <param name="Slope">Skewed deviation, ours: change of |class mean| per forget sample more in the class; negative is worse on the tail; NaN when all classes have one size.</param>
/// <param name="Spearman">Skewed deviation, ours: rank correlation of |class mean| with class size; negative is worse on the tail; NaN when either is constant.</param>
public sealed record DeviationReport(
    ValueList<ClassDeviation> Classes, ValueList<GroupDeviation> Groups,
    double MeanAbsolute, double ClassBalanced, double Slope, double Spearman)
{
    private const double Known = 0.8, Unknown = 0.2;

    /// <summary>Where head and tail lie, from their mean deviations; the direction counts. Means of at most <c>within</c>, 0 to 1, count as no deviation.</summary>
    public DeviationPattern Pattern(double within = 0)
    {
        var (head, tail) = (Groups[0].Mean, Groups[^1].Mean);
        if (!double.IsFinite(head + tail + within)) return DeviationPattern.Unknown;
        int Side(double mean) => Math.Abs(mean) <= within ? 0 : Math.Sign(mean);
        return (Side(head), Side(tail)) switch
        {
            (0, 0) => DeviationPattern.None,
            (1, -1) => DeviationPattern.Heterogeneous,
            (-1, 1) => DeviationPattern.Reversed,
            var (first, last) => first + last > 0 ? DeviationPattern.UnderForgotten : DeviationPattern.OverForgotten,
        };
    }

    /// <summary>Compares two models on the forget set, sample by sample: their true-class probabilities; the groups together are all classes.</summary>
    /// <exception cref="ArgumentException">The lists have different lengths or are empty.</exception>
    /// <exception cref="Fault">A probability lies outside 0 to 1 or is NaN.</exception>
    public static DeviationReport Of(
        IReadOnlyList<int> labels, IReadOnlyList<double> unlearned, IReadOnlyList<double> retrain, ClassGroups groups)
    {
        if (labels.Count == 0 || unlearned.Count != labels.Count || retrain.Count != labels.Count)
            throw new ArgumentException(Invariant(
                $"A deviation needs two probabilities for every forget sample, but got {labels.Count} labels, {unlearned.Count} and {retrain.Count} probabilities."), nameof(labels));
        Demand.Shares(unlearned, "Probabilities under the method");
        Demand.Shares(retrain, "Probabilities under Retrain");
        var samples = labels.Select((label, i) => (label, deviation: unlearned[i] - retrain[i])).ToLookup(s => s.label, s => s.deviation);
        return Of([.. All(groups).Select(k => new ClassDeviation(k, samples[k].Count(), Means.Mean(samples[k]), Means.Mean(samples[k].Select(Math.Abs))))], groups);
    }

    /// <summary>Compares two models by forget accuracy, class by class in the order of the ids: the paper's Delta FA.</summary>
    /// <exception cref="Fault">The numbers of classes differ.</exception>
    public static DeviationReport Of(IReadOnlyList<ClassRow> model, IReadOnlyList<ClassRow> retrain, ClassGroups groups)
    {
        Demand.Alike(model.Count, retrain.Count, "Classes");
        ClassDeviation Class(int k)
        {
            var gap = model[k].ForgetCount == 0 ? double.NaN : (model[k].ForgetAccuracy - retrain[k].ForgetAccuracy) / 100;
            return new ClassDeviation(k, model[k].ForgetCount, gap, Math.Abs(gap));
        }

        return Of([.. All(groups).Select(Class)], groups);
    }

    /// <summary>Whether images that Retrain knows lose and those it does not know gain: random labels pull every confidence to the middle. From the true-class probability of each forget sample.</summary>
    /// <remarks>
    /// The samples are sorted by Retrain's own probability, so any two models differ in this direction by chance alone, two Retrains too;
    /// set it beside Retrain against Retrain.
    /// </remarks>
    /// <returns>Known, between, unknown.</returns>
    /// <exception cref="Fault">The lists have different lengths, or a probability lies outside 0 to 1 or is NaN.</exception>
    public static ValueList<KnownDeviation> ByRetrain(IReadOnlyList<double> unlearned, IReadOnlyList<double> retrain)
    {
        Demand.Alike(unlearned.Count, retrain.Count, "Probabilities");
        Demand.Shares(unlearned, "Probabilities under the method");
        Demand.Shares(retrain, "Probabilities under Retrain");
        KnownDeviation Part(string name, Func<double, bool> has)
        {
            double[] own = [.. unlearned.Zip(retrain).Where(p => has(p.Second)).Select(p => p.First - p.Second)];
            return new KnownDeviation(name, own.Length, Means.Mean(own));
        }

        return [Part("Known", p => p > Known), Part("Between", p => p is >= Unknown and <= Known), Part("Unknown", p => p < Unknown)];
    }

    private static DeviationReport Of(ValueList<ClassDeviation> classes, ClassGroups groups)
    {
        ClassDeviation[] present = [.. classes.Where(row => row.Count > 0)];
        double[] sizes = [.. present.Select(row => (double)row.Count)], distances = [.. present.Select(row => Math.Abs(row.Mean))];
        var spread = ArrayStatistics.PopulationVariance(sizes);
        return new DeviationReport(
            classes,
            groups.Each(present, row => row.Class, (name, own) =>
                new GroupDeviation(name, own.Sum(row => row.Count), Weighted(own, row => row.Mean), Weighted(own, row => row.MeanAbsolute))),
            Weighted(present, row => row.MeanAbsolute), Means.Mean(present.Select(row => row.MeanAbsolute)),
            spread > 0 ? ArrayStatistics.PopulationCovariance(sizes, distances) / spread : double.NaN,
            distances.Any(double.IsNaN) ? double.NaN : Correlation.Spearman(sizes, distances));
    }

    private static IEnumerable<int> All(ClassGroups groups) => groups.Head.Concat(groups.Middle).Concat(groups.Tail).Order();

    private static double Weighted(ClassDeviation[] rows, Func<ClassDeviation, double> number) => Means.Weighted(rows, row => row.Count, number);
}
