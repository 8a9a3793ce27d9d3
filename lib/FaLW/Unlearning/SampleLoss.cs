using FaLW.Data;
using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace FaLW.Unlearning;

/// <summary>From the logits of a batch to the loss of each row, before any weight.</summary>
/// <param name="logits">float32 [n, classes].</param>
/// <param name="batch">The batch they belong to.</param>
/// <returns>float32 [n], with gradient.</returns>
public delegate Tensor SampleLoss(Tensor logits, Batch batch);

/// <summary>The losses methods share.</summary>
public static class SampleLosses
{
    /// <summary>Cross-entropy to the label to train towards, in nats.</summary>
    public static SampleLoss ToTargets { get; } = (logits, batch) =>
        functional.cross_entropy(logits, batch.Targets, reduction: Reduction.None);

    /// <summary>Minus the cross-entropy to the true label: descending it ascends the loss.</summary>
    public static SampleLoss AwayFromLabels { get; } = (logits, batch) =>
        functional.cross_entropy(logits, batch.Labels, reduction: Reduction.None).neg();
}
