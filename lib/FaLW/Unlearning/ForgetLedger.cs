using FaLW.Data;
using FaLW.Metrics;
using FaLW.Weighting;
using static TorchSharp.torch;

namespace FaLW.Unlearning;

/// <summary>What is known of every forget sample of a task, on the device, so that a batch is a few look-ups; hands weightings their state.</summary>
internal sealed class ForgetLedger : IDisposable
{
    private readonly UnlearningTask task;
    private readonly Tensor rarity, counts, original, places, setLoss, epsilon;

    public ForgetLedger(UnlearningTask task)
    {
        this.task = task;
        using var noGradient = no_grad();
        using var scope = NewDisposeScope();
        var (splits, device) = (task.Splits, task.Images.Device);
        var rows = tensor([.. splits.Forget.Select(row => (long)row)], [splits.Forget.Count], dtype: int64, device: device);
        rarity = tensor(Rarity(splits), [splits.Classes], device: device).DetachFromDisposeScope();
        counts = tensor([.. splits.ForgetCounts.Select(count => (double)count)], [splits.Classes], dtype: float64, device: device).DetachFromDisposeScope();
        places = full(task.Images.Count, -1, dtype: int64, device: device).scatter_(0, rows, arange(splits.Forget.Count, dtype: int64, device: device)).DetachFromDisposeScope();
        original = Original(task, rows).DetachFromDisposeScope();
        epsilon = tensor(BridgeProblem.Epsilon(task), [splits.Forget.Count], device: device).DetachFromDisposeScope();
        // Without the request this is NaN, as is the probability it is made of.
        setLoss = original.index_select(0, rows).log().neg().DetachFromDisposeScope();
    }

    /// <summary>Where rows of the image set stand in the forget set: int64, -1 where they do not.</summary>
    public Tensor Places(Tensor rows) => places.index_select(0, rows);

    /// <summary>The state of the forget samples of a batch.</summary>
    /// <param name="logits">float32 [n, classes] of the forward pass that trains.</param>
    /// <param name="labels">int64 [n], true classes.</param>
    /// <param name="rows">int64 [n], rows of the image set.</param>
    /// <param name="profile">How unseen samples lie; null when z-scores were not asked for.</param>
    /// <returns>In the caller's dispose scope.</returns>
    public ForgetState State(Tensor logits, Tensor labels, Tensor rows, UnseenLaw? profile)
    {
        var logProbability = logits.log_softmax(1).gather(1, labels.unsqueeze(1)).squeeze(1);
        var (probability, loss) = (logProbability.exp(), logProbability.neg());
        if (task.Weighting.SetLoss == SetLoss.Latest) setLoss.scatter_(0, Places(rows), loss);
        return new ForgetState(
            labels, probability, loss,
            profile?.ZScore(probability, labels) ?? full_like(probability, double.NaN),
            rarity.index_select(0, labels), original.index_select(0, rows), counts, setLoss,
            epsilon.index_select(0, Places(rows)));
    }

    public void Dispose()
    {
        foreach (var part in (Tensor[])[rarity, counts, original, places, setLoss, epsilon]) part.Dispose();
    }

    // A class of which nothing is forgotten is never looked up.
    private static float[] Rarity(Splits splits) =>
        [.. splits.ForgetCounts.Select(count => count == 0 ? 1 : (float)((double)splits.Forget.Count / splits.Classes / count))];

    // One number per row of the image set; NaN for rows nobody asked about.
    private static Tensor Original(UnlearningTask task, Tensor rows)
    {
        var (images, weighting) = (task.Images, task.Weighting);
        var all = full(images.Count, double.NaN, dtype: float32, device: images.Device);
        return weighting.NeedsOriginal || weighting.SetLoss != SetLoss.None
            ? all.scatter_(0, rows, Predictions.TrueClassProbability(task.Original, images, rows))
            : all;
    }
}
