using FaLW.Data;
using FaLW.Metrics;
using FaLW.Models;
using FaLW.Training;
using FaLW.Weighting;
using static TorchSharp.torch;

namespace FaLW.Unlearning;

/// <summary>
/// Any per-sample loss under any weighting (FaLW Eq. 3): unseen profile of the model as it is, one forward
/// pass over the mixed batch, state of its forget samples from the same logits, weights without gradient,
/// product. Retain samples weigh 1. The trainer takes the mean over the whole batch.
/// </summary>
internal sealed class WeightedObjective : IDisposable
{
    private readonly UnlearningTask task;
    private readonly SampleLoss sampleLoss;
    private readonly ProfileKeeper? profiles;
    private readonly WeightDiary diary = new();
    private readonly Tensor rarity, original;

    public WeightedObjective(UnlearningTask task, SampleLoss sampleLoss)
    {
        (this.task, this.sampleLoss) = (task, sampleLoss);
        profiles = task.Weighting.ProfileEvery > 0 ? new ProfileKeeper(task) : null;
        rarity = tensor(Rarity(task.Splits), [task.Splits.Classes], device: task.Images.Device).DetachFromDisposeScope();
        original = OriginalProbability(task);
    }

    /// <summary>The weighted loss of each row: float32 [n].</summary>
    public Tensor Loss(Classifier model, Batch batch)
    {
        using var scope = NewDisposeScope();
        var profile = profiles?.At(model);
        var logits = model.Logits(batch.Images);
        var loss = sampleLoss(logits, batch);
        var weight = Weights(logits, batch, profile);
        return (weight * loss).MoveToOuterDisposeScope();
    }

    /// <summary>What the weighting did, by epoch; empty for uniform weights.</summary>
    public ValueList<WeightSummary> Summaries(int epochs) => diary.Summaries(epochs, task.Splits.Classes);

    public void Dispose()
    {
        profiles?.Dispose();
        diary.Dispose();
        rarity.Dispose();
        original.Dispose();
    }

    private Tensor Weights(Tensor logits, Batch batch, UnseenProfile? profile)
    {
        using var noGradient = no_grad();
        using var scope = NewDisposeScope();
        var positions = batch.ForgetPositions;
        var state = State(logits.index_select(0, positions), batch.Labels.index_select(0, positions), batch.Rows.index_select(0, positions), profile);
        var forget = task.Weighting.Weights(state).detach().to_type(float32);
        if (task.IsWeighted) diary.Note(forget, state.Labels);
        return ones(batch.Labels.shape[0], dtype: float32, device: logits.device).scatter_(0, positions, forget).MoveToOuterDisposeScope();
    }

    private ForgetState State(Tensor logits, Tensor labels, Tensor rows, UnseenProfile? profile)
    {
        var logProbability = logits.log_softmax(1).gather(1, labels.unsqueeze(1)).squeeze(1);
        var probability = logProbability.exp();
        return new ForgetState(
            labels, probability, logProbability.neg(),
            profile?.ZScore(probability, labels) ?? full_like(probability, double.NaN),
            rarity.index_select(0, labels),
            original.index_select(0, rows));
    }

    // A class of which nothing is forgotten is never looked up.
    private static float[] Rarity(Splits splits) =>
        [.. splits.ForgetCounts.Select(count => count == 0 ? 1 : (float)((double)splits.Forget.Count / splits.Classes / count))];

    // One number per row of the image set, so that a batch is one look-up; NaN for rows nobody asked about.
    private static Tensor OriginalProbability(UnlearningTask task)
    {
        using var noGradient = no_grad();
        using var scope = NewDisposeScope();
        var (images, forget) = (task.Images, task.Splits.Forget);
        var all = full(images.Count, double.NaN, dtype: float32, device: images.Device);
        if (task.Weighting.NeedsOriginal)
        {
            var rows = tensor([.. forget.Select(row => (long)row)], [forget.Count], dtype: int64, device: images.Device);
            all.scatter_(0, rows, Predictions.TrueClassProbability(task.Original, images, rows));
        }

        return all.DetachFromDisposeScope();
    }
}
