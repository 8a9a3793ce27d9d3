using FaLW.Data;
using FaLW.Models;
using static TorchSharp.torch;

namespace FaLW.Metrics;

/// <summary>Asks a model about rows of an image set: evaluation mode, no gradient, no augmentation, on the device.</summary>
public static class Predictions
{
    /// <summary>Probability, loss and predicted class of each row; the numbers leave the device once, at the end.</summary>
    /// <param name="model">The model; its mode is as before afterwards.</param>
    /// <param name="images">The image set, on the model's device.</param>
    /// <param name="rows">Rows of the image set; may be none.</param>
    /// <param name="batch">Rows in one forward pass, at least 1, null for what suits the device; results agree for every size up to rounding.</param>
    /// <exception cref="Fault">A logit is NaN or infinite.</exception>
    public static Prediction Of(Classifier model, ImageSet images, IReadOnlyList<int> rows, int? batch = null)
    {
        using var scope = NewDisposeScope();
        int[] labels = [.. rows.Select(row => images.HostLabels[row])];
        if (rows.Count == 0) return new Prediction([], [], [], labels, []);
        var chosen = tensor([.. rows.Select(row => (long)row)], [rows.Count], dtype: int64, device: images.Device);
        var found = Collect(model, images, chosen, batch, Read).t().contiguous().cpu().data<float>().ToArray();
        var n = rows.Count;
        return new Prediction(found[..n], found[n..(2 * n)], [.. found[(2 * n)..].Select(id => (int)id)], labels, [.. rows]);
    }

    /// <summary>The same and the logits themselves, from one pass.</summary>
    /// <param name="model">The model; its mode is as before afterwards.</param>
    /// <param name="images">The image set, on the model's device.</param>
    /// <param name="rows">Rows of the image set; may be none.</param>
    /// <param name="batch">Rows in one forward pass, at least 1; null for what suits the device.</param>
    /// <exception cref="Fault">A logit is NaN or infinite.</exception>
    public static (Prediction Prediction, LogitTable Logits) WithLogits(Classifier model, ImageSet images, IReadOnlyList<int> rows, int? batch = null)
    {
        using var scope = NewDisposeScope();
        int[] labels = [.. rows.Select(row => images.HostLabels[row])];
        if (rows.Count == 0) return (new Prediction([], [], [], labels, []), new LogitTable([], model.Classes, labels));
        var chosen = tensor([.. rows.Select(row => (long)row)], [rows.Count], dtype: int64, device: images.Device);
        var found = Collect(model, images, chosen, batch, (logits, truth) => cat([Read(logits, truth), logits.to_type(float32)], 1)).t().contiguous();
        var read = found.narrow(0, 0, 3).contiguous().cpu().data<float>().ToArray();
        var values = found.narrow(0, 3, model.Classes).t().contiguous().cpu().data<float>().ToArray();
        var n = rows.Count;
        return (
            new Prediction(read[..n], read[n..(2 * n)], [.. read[(2 * n)..].Select(id => (int)id)], labels, [.. rows]),
            new LogitTable(values, model.Classes, labels));
    }

    /// <summary>The softmax probability of the true class of each row, left on the device.</summary>
    /// <param name="model">The model; its mode is as before afterwards.</param>
    /// <param name="images">The image set, on the model's device.</param>
    /// <param name="rows">int64 [n] on the device, at least one.</param>
    /// <param name="batch">Rows in one forward pass, at least 1; null for what suits the device.</param>
    /// <returns>float32 [n], in the caller's dispose scope.</returns>
    public static Tensor TrueClassProbability(Classifier model, ImageSet images, Tensor rows, int? batch = null) =>
        Collect(model, images, rows, batch, (logits, labels) => TrueClass(logits.log_softmax(1), labels).exp());

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
}
