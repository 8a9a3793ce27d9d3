using FaLW.Data;

namespace FaLW.Metrics;

/// <summary>
/// The interclass confusion test (Goel et al., arXiv 2201.06640): before training, the labels of some samples of two classes are exchanged, and
/// those samples are to be forgotten. What is left of the confusion <em>on test images</em>, whose labels nobody touched, is damage that
/// single-sample attacks cannot see. Retrain's figure is the aim.
/// </summary>
/// <param name="First">One class.</param>
/// <param name="Second">The other class; choose head and tail, or tail and tail, in a long-tailed study.</param>
/// <param name="PerClass">Samples of each class whose labels are exchanged.</param>
public sealed record InterclassConfusion(int First, int Second, int PerClass)
{
    /// <summary>Draws the samples whose labels are exchanged: so many of either class, from the labels of all rows, train part first.</summary>
    /// <returns>Rows of the train part, ascending: the forget set.</returns>
    /// <exception cref="Fault">A class has too few training samples.</exception>
    public int[] Draw(IReadOnlyList<int> labels, int trainCount, int seed) => [.. new[] { First, Second }.SelectMany(k =>
    {
        if (trainCount > labels.Count) throw new Fault(Invariant($"{trainCount} training rows need as many labels, but there are {labels.Count}; give one for every row."));
        int[] rows = [.. Enumerable.Range(0, trainCount).Where(row => labels[row] == k)];
        if (First == Second || PerClass < 1 || rows.Length < PerClass)
            throw new Fault(Invariant(
                $"To confuse {PerClass} samples of class {First} with as many of class {Second}, both must be different classes with so many training samples, but class {k} has {rows.Length}; choose fewer or other classes."));
        new SeededStream(seed, Invariant($"confused of class {k}")).Shuffle<int>(rows);
        return rows[..PerClass];
    }).Order()];

    /// <summary>The images with the labels of the rows that <see cref="Draw"/> gives exchanged between the two classes.</summary>
    public RawImages Confused(RawImages raw, IEnumerable<int> rows)
    {
        int[] labels = [.. raw.Labels];
        foreach (var row in rows) labels[row] = labels[row] == First ? Second : First;
        return new RawImages(raw.Benchmark, raw.Pixels, labels, raw.TrainCount);
    }

    /// <summary>Share of test images of either class that the model takes for the other, in percent; NaN without such images.</summary>
    public double Confusion(IReadOnlyList<int> labels, IReadOnlyList<int> predicted)
    {
        Demand.Alike(labels.Count, predicted.Count, "Labels and predictions");
        var pairs = labels.Zip(predicted).ToArray();
        double wrong = pairs.Count(p => (p.First == First && p.Second == Second) || (p.First == Second && p.Second == First));
        return 100 * wrong / pairs.Count(p => p.First == First || p.First == Second);
    }
}
