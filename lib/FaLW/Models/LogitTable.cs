namespace FaLW.Models;

/// <summary>
/// Logits of some rows on the host, and what attacks read from them. Everything is computed from the logits
/// themselves in double precision, so that a saturated softmax loses nothing: a probability of 1 has infinitely many margins.
/// </summary>
internal sealed class LogitTable
{
    private readonly float[] values;

    public LogitTable(float[] values, int classes, IReadOnlyList<int> labels)
    {
        if (classes < 2 || values.Length != (long)classes * labels.Count)
            throw new ArgumentException(Invariant(
                $"{labels.Count} rows of {classes} classes (at least 2) need as many logits as their product, but got {values.Length}."), nameof(values));
        // A comparison with NaN is false: past this point it would come out as a definite number.
        if (Array.FindIndex(values, value => !float.IsFinite(value)) is var broken and >= 0)
            throw new ArgumentException(Invariant(
                $"Logits must be finite numbers, but row {broken / classes} has {values[broken]} for class {broken % classes}; the model has left the real numbers. Train it with a smaller learning rate."), nameof(values));
        if (labels.Any(label => label < 0 || label >= classes))
            throw new ArgumentException(Invariant($"Labels of logits of {classes} classes lie in 0 to {classes - 1}, but one does not."), nameof(labels));
        (this.values, Classes, Labels) = (values, classes, labels);
    }

    public int Classes { get; }

    public int Count => Labels.Count;

    public IReadOnlyList<int> Labels { get; }

    public ReadOnlySpan<float> this[int row] => values.AsSpan(row * Classes, Classes);

    /// <summary>
    /// Margin of every row: its true logit minus the log-sum-exp of the others. Equal to the logit-scaled confidence
    /// log p - log(1 - p) of Carlini et al. (2022, arXiv 2112.03570), without its loss of digits near p = 1.
    /// </summary>
    public double[] Margins() => Each((row, label) => row[label] - LogSum(row, without: label));

    /// <summary>Entropy of every row's softmax, in nats: 0 to ln(classes).</summary>
    public double[] Entropies() => Each((row, _) =>
    {
        var (all, sum) = (LogSum(row), 0.0);
        foreach (var logit in row) sum += Math.Exp(logit - all) * (all - logit);
        return sum;
    });

    /// <summary>
    /// Modified entropy of every row (Song and Mittal, USENIX Security 2021, eq. 8), in nats, not negative:
    /// -(1 - p_y) ln p_y - sum over the other classes of p_i ln(1 - p_i). Small when the model is right and sure. Code in
    /// circulation takes ln p_i in place of ln(1 - p_i); that is not this number.
    /// </summary>
    public double[] ModifiedEntropies() => Each((row, label) =>
    {
        var (all, top) = (LogSum(row), 0);
        for (var i = 1; i < row.Length; i++)
            if (row[i] > row[top]) top = i;
        var sum = Math.Exp(LogSum(row, without: label) - all) * (all - row[label]);
        for (var i = 0; i < row.Length; i++)
        {
            if (i == label) continue;
            var share = Math.Exp(row[i] - all);
            // Only the largest can be so near 1 that 1 - p has no digits left.
            sum -= share * (i == top ? LogSum(row, without: i) - all : Math.Log(1 - share));
        }

        return sum;
    });

    /// <summary>Softmax of one row: [classes], sums to 1.</summary>
    public double[] Softmax(int row)
    {
        var all = LogSum(this[row]);
        return [.. this[row].ToArray().Select(logit => Math.Exp(logit - all))];
    }

    private double[] Each(Func<ReadOnlySpan<float>, int, double> read) => [.. Labels.Select((label, row) => read(this[row], label))];

    private static double LogSum(ReadOnlySpan<float> row, int without = -1)
    {
        var largest = double.NegativeInfinity;
        for (var i = 0; i < row.Length; i++)
            if (i != without && row[i] > largest) largest = row[i];
        var sum = 0.0;
        for (var i = 0; i < row.Length; i++)
            if (i != without) sum += Math.Exp(row[i] - largest);
        return largest + Math.Log(sum);
    }
}
