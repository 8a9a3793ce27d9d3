using FaLW.Data;
using FaLW.Models;
using static TorchSharp.torch;

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

    /// <summary>Accuracy in percent over the rows whose true label counts; NaN when there are none.</summary>
    public double AccuracyWhere(Func<int, bool> wanted)
    {
        var own = Labels.Zip(Predicted).Where(row => wanted(row.First)).ToList();
        return own.Count == 0 ? double.NaN : 100.0 * own.Count(row => row.First == row.Second) / own.Count;
    }

    /// <summary>Mean true-class probability, 0 to 1, over the rows whose true label counts; NaN when there are none.</summary>
    public double ProbabilityWhere(Func<int, bool> wanted) =>
        Means.Mean(TrueClassProbability.Where((_, i) => wanted(Labels[i])).Select(p => (double)p));

    private static float[] Checked(float[] probability, float[] loss, int[] predicted, int[] labels, int[] rows)
    {
        foreach (var count in new[] { loss.Length, predicted.Length, labels.Length, rows.Length }) Demand.Alike(probability.Length, count, "What a model says of its rows");
        var broken = Array.FindIndex(loss, float.IsNaN);
        var outside = broken >= 0 ? broken : Array.FindIndex(probability, p => !(p is >= 0 and <= 1));
        return outside < 0 ? probability : throw new Fault(Invariant(
            $"A prediction needs probabilities from 0 to 1 and losses that are numbers, but row {rows[outside]} has probability {probability[outside]} and loss {loss[outside]}; the model's logits have left the real numbers. Train it with a smaller learning rate."));
    }
}

/// <summary>
/// Asks a model about rows of an image set: evaluation mode, no gradient, no augmentation, on the device; the model's mode is as before afterwards. Results
/// agree for every number of rows in one forward pass up to rounding; null for the number that suits the device.
/// </summary>
public static class Predictions
{
    /// <summary>Probability, loss and predicted class of each row; the numbers leave the device once, at the end.</summary>
    /// <exception cref="Fault">A logit is NaN or infinite.</exception>
    public static Prediction Of(Classifier model, ImageSet images, IReadOnlyList<int> rows, int? batch = null) =>
        Ask(model, images, rows, batch, withLogits: false).Prediction;

    /// <summary>The same and the logits themselves, from one pass.</summary>
    /// <exception cref="Fault">A logit is NaN or infinite.</exception>
    internal static (Prediction Prediction, LogitTable Logits) WithLogits(Classifier model, ImageSet images, IReadOnlyList<int> rows, int? batch = null) =>
        Ask(model, images, rows, batch, withLogits: true) is var (prediction, logits) ? (prediction, logits!) : default;

    /// <summary>The softmax probability of the true class of each row, int64 [n] on the device and at least one, left on the device: float32 [n], in the caller's dispose scope.</summary>
    public static Tensor TrueClassProbability(Classifier model, ImageSet images, Tensor rows, int? batch = null) =>
        Collect(model, images, rows, batch, (logits, labels) => TrueClass(logits.log_softmax(1), labels).exp());

    internal static Tensor RowsOn(Device device, IReadOnlyCollection<int> rows) => tensor([.. rows.Select(row => (long)row)], [rows.Count], dtype: int64, device: device);

    private static (Prediction Prediction, LogitTable? Logits) Ask(Classifier model, ImageSet images, IReadOnlyList<int> rows, int? batch, bool withLogits)
    {
        using var scope = NewDisposeScope();
        int[] labels = [.. rows.Select(row => images.HostLabels[row])];
        if (rows.Count == 0) return (new Prediction([], [], [], labels, []), new LogitTable([], model.Classes, labels));
        Tensor ReadAll(Tensor logits, Tensor truth) => cat([Read(logits, truth), logits.to_type(float32)], 1);
        var (n, found) = (rows.Count, Collect(model, images, RowsOn(images.Device, rows), batch, withLogits ? ReadAll : Read).t().contiguous());
        var read = Host(found.narrow(0, 0, 3));
        return (
            new Prediction(read[..n], read[n..(2 * n)], [.. read[(2 * n)..].Select(id => (int)id)], labels, [.. rows]),
            withLogits ? new LogitTable(Host(found.narrow(0, 3, model.Classes).t()), model.Classes, labels) : null);
    }

    private static Tensor Collect(Classifier model, ImageSet images, Tensor rows, int? batch, Func<Tensor, Tensor, Tensor> read)
    {
        using var evaluation = new EvaluationMode(model);
        using var noGradient = no_grad();
        using var scope = NewDisposeScope();
        List<Tensor> parts = [];
        var size = batch ?? model.EvaluationRows;
        for (var start = 0L; start < rows.shape[0]; start += size)
            parts.Add(Part(model, images, rows.narrow(0, start, Math.Min(size, rows.shape[0] - start)), read));
        return cat(parts).MoveToOuterDisposeScope();
    }

    private static Tensor Part(Classifier model, ImageSet images, Tensor rows, Func<Tensor, Tensor, Tensor> read)
    {
        using var scope = NewDisposeScope();
        return read(model.Logits(images.Pixels(rows)), images.Labels.index_select(0, rows)).MoveToOuterDisposeScope();
    }

    // Class ids are far below 2^24, so float32 holds them exactly and one transfer brings everything home. A logit that is not finite
    // may leave the true class's probability a number, so the loss of its row becomes NaN and is refused with the others.
    private static Tensor Read(Tensor logits, Tensor labels)
    {
        var logProbability = TrueClass(logits.log_softmax(1), labels);
        var loss = where(logits.isfinite().all(1), -logProbability, full_like(logProbability, float.NaN));
        return stack([logProbability.exp(), loss, logits.argmax(1).to_type(float32)], 1);
    }

    private static Tensor TrueClass(Tensor logProbabilities, Tensor labels) => logProbabilities.gather(1, labels.unsqueeze(1)).squeeze(1);

    private static float[] Host(Tensor part) => part.contiguous().cpu().data<float>().ToArray();
}

/// <summary>Puts a model into evaluation mode and back into the mode it came in, whatever happens between.</summary>
internal sealed class EvaluationMode : IDisposable
{
    private readonly Classifier model;
    private readonly bool wasTraining;

    public EvaluationMode(Classifier model)
    {
        (this.model, wasTraining) = (model, model.Module.training);
        model.Evaluate();
    }

    public void Dispose()
    {
        if (wasTraining) model.Train();
    }
}
