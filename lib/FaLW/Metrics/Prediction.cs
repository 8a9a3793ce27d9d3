using FaLW.Data;

namespace FaLW.Metrics;

/// <summary>What a model says about some rows, as plain arrays in the order of the rows.</summary>
/// <param name="TrueClassProbability">Softmax probability of the true label, 0 to 1.</param>
/// <param name="Loss">Cross-entropy to the true label, in nats.</param>
/// <param name="Predicted">The class with the largest logit; the smallest id when several are equal.</param>
/// <param name="Labels">True labels.</param>
/// <param name="Rows">Rows of the image set.</param>
/// <exception cref="Fault">A probability lies outside 0 to 1, a loss is NaN, or the lengths differ.</exception>
public sealed record Prediction(float[] TrueClassProbability, float[] Loss, int[] Predicted, int[] Labels, int[] Rows)
{
    /// <summary>Softmax probability of the true label, 0 to 1.</summary>
    public float[] TrueClassProbability { get; } = Checked(TrueClassProbability, Loss, Predicted, Labels, Rows);

    /// <summary>Number of rows.</summary>
    public int Count => Rows.Length;

    /// <summary>Share of rows whose predicted class is the true one, in percent; NaN without rows.</summary>
    public double Accuracy => AccuracyWhere(_ => true);

    /// <summary>Accuracy in percent over the rows of some classes; NaN when there are none.</summary>
    /// <param name="wanted">Whether a true label counts.</param>
    public double AccuracyWhere(Func<int, bool> wanted)
    {
        var (all, right) = (0, 0);
        for (var i = 0; i < Count; i++)
        {
            if (!wanted(Labels[i])) continue;
            all++;
            if (Predicted[i] == Labels[i]) right++;
        }

        return all == 0 ? double.NaN : 100.0 * right / all;
    }

    /// <summary>Mean true-class probability, 0 to 1, over the rows of some classes; NaN when there are none.</summary>
    /// <param name="wanted">Whether a true label counts.</param>
    public double ProbabilityWhere(Func<int, bool> wanted) =>
        TrueClassProbability.Where((_, i) => wanted(Labels[i])).Select(p => (double)p).DefaultIfEmpty(double.NaN).Average();

    private static float[] Checked(float[] probability, float[] loss, int[] predicted, int[] labels, int[] rows)
    {
        foreach (var count in new[] { loss.Length, predicted.Length, labels.Length, rows.Length }) Demand.Alike(probability.Length, count, "What a model says of its rows");
        var broken = Array.FindIndex(loss, float.IsNaN);
        var outside = broken >= 0 ? broken : Array.FindIndex(probability, p => !(p is >= 0 and <= 1));
        return outside < 0 ? probability : throw new Fault(FormattableString.Invariant(
            $"A prediction needs probabilities from 0 to 1 and losses that are numbers, but row {rows[outside]} has probability {probability[outside]} and loss {loss[outside]}; the model's logits have left the real numbers. Train it with a smaller learning rate."));
    }
}
