using FaLW.Data;
using FaLW.Models;
using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace FaLW.Training;

/// <summary>
/// From a batch to its per-sample loss, already weighted, not yet reduced: the trainer takes the mean over
/// the whole batch, forget and retain rows under one denominator.
/// </summary>
/// <param name="model">The classifier in training mode.</param>
/// <param name="batch">Forget and retain rows together.</param>
/// <returns>float32 [n], with gradient.</returns>
public delegate Tensor Objective(Classifier model, Batch batch);

/// <summary>What an epoch does: which rows, towards which targets, in which batches. Must depend on the epoch alone.</summary>
/// <param name="epoch">The epoch from 0.</param>
public delegate EpochPlan Planner(int epoch);

/// <summary>Objectives that need nothing but the batch.</summary>
public static class Objectives
{
    /// <summary>Cross-entropy of each row to <see cref="Batch.Targets"/>, in nats.</summary>
    public static Objective CrossEntropy { get; } = (model, batch) =>
        functional.cross_entropy(model.Logits(batch.Images), batch.Targets, reduction: Reduction.None);
}

/// <summary>Planners that need nothing but rows and labels.</summary>
public static class Planners
{
    /// <summary>Every row once an epoch with its true label, in an order drawn per epoch from the seed.</summary>
    /// <param name="rows">Rows of the image set.</param>
    /// <param name="labels">Label of every row of the image set.</param>
    /// <param name="batchSize">Rows in a batch, at least 1.</param>
    /// <param name="seed">Seed of the order; zero is a seed.</param>
    public static Planner Supervised(IReadOnlyList<int> rows, IReadOnlyList<int> labels, int batchSize, int seed) => epoch =>
        EpochPlan.Shuffled(
            rows, [.. rows.Select(row => (long)labels[row])], new bool[rows.Count], batchSize, new SeededStream(seed, Invariant($"order of epoch {epoch}")));
}

/// <summary>
/// What happens around an optimizer step besides the step itself: masks, clipping. Both hooks run without
/// gradient tracking. The classifier's <see cref="Classifier.Parameters"/> are the same objects at every
/// step of one training. This base rule does nothing.
/// </summary>
public class StepRule
{
    /// <summary>After the gradients are computed, before the optimizer uses them: scale, mask or clip <c>parameter.grad</c>.</summary>
    /// <param name="model">The classifier in training.</param>
    public virtual void BeforeStep(Classifier model) { }

    /// <summary>After the optimizer moved the weights: restore those that must not move.</summary>
    /// <param name="model">The classifier in training.</param>
    public virtual void AfterStep(Classifier model) { }
}
