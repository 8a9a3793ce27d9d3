using FaLW.Data;
using FaLW.Models;
using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace FaLW.Unlearning;

/// <summary>How much each weight matters to the forget set, and which weights matter most (SalUn, arXiv 2310.12508, Eq. 3).</summary>
internal static class Saliency
{
    /// <summary>|sum over batches of the batch-mean gradient| of the cross-entropy to the true labels, in evaluation mode.</summary>
    /// <param name="model">The model; left in evaluation mode and without gradients.</param>
    /// <param name="task">Whose forget set.</param>
    /// <param name="batchSize">Rows in a batch; a short last batch counts as much as a full one, as in SalUn's code.</param>
    /// <param name="augmentation">How images are varied.</param>
    /// <returns>One tensor per parameter, of its shape, in the caller's dispose scope.</returns>
    public static IReadOnlyList<Tensor> Of(Classifier model, UnlearningTask task, int batchSize, Augmentation augmentation)
    {
        using var scope = NewDisposeScope();
        model.Evaluate();
        model.Module.zero_grad();
        var plan = EpochPlan.Supervised(task.Splits.Forget, task.Images.HostLabels, batchSize, new SeededStream(task.Seed, "order of the saliency pass"));
        foreach (var batch in Batches.Of(task.Images, plan, augmentation, task.Seed, epoch: -1))
        {
            task.Cancellation.ThrowIfCancellationRequested();
            using var step = NewDisposeScope();
            functional.cross_entropy(model.Logits(batch.Images), batch.Labels).backward();
        }

        using var noGradient = no_grad();
        List<Tensor> saliency = [.. model.Parameters.Select(parameter => Magnitude(parameter).MoveToOuterDisposeScope())];
        model.Module.zero_grad();
        return saliency;
    }

    /// <summary>The largest share of all numbers under one threshold across all tensors; of equal ones the first.</summary>
    /// <param name="saliency">Not negative.</param>
    /// <param name="share">0 to 1; floor(share * count) numbers are chosen.</param>
    /// <returns>bool, one tensor per input of its shape, in the caller's dispose scope.</returns>
    public static IReadOnlyList<Tensor> Largest(IReadOnlyList<Tensor> saliency, double share)
    {
        using var noGradient = no_grad();
        using var scope = NewDisposeScope();
        var all = cat([.. saliency.Select(part => part.flatten())]);
        var chosen = Chosen(all, (long)Math.Floor((decimal)share * all.numel()));
        List<Tensor> masks = [];
        var start = 0L;
        foreach (var part in saliency)
        {
            masks.Add(chosen.narrow(0, start, part.numel()).view(part.shape).clone().MoveToOuterDisposeScope());
            start += part.numel();
        }

        return masks;
    }

    private static Tensor Chosen(Tensor all, long count)
    {
        if (count == 0) return zeros_like(all, dtype: ScalarType.Bool);
        var threshold = all.sort(0, descending: true).Values.narrow(0, count - 1, 1);
        var above = all.gt(threshold);
        var equal = all.eq(threshold);
        var places = above.sum(ScalarType.Int64).neg().add(count);
        return above.logical_or(equal.logical_and(equal.cumsum(0, ScalarType.Int64).le(places)));
    }

    private static Tensor Magnitude(Tensor parameter) => parameter.grad is { } gradient ? gradient.abs() : zeros_like(parameter);
}
