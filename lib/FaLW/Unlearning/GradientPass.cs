using FaLW.Data;
using FaLW.Models;
using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace FaLW.Unlearning;

/// <summary>A walk over rows that looks at gradients and moves nothing: evaluation mode, cross-entropy to the true labels.</summary>
/// <param name="model">The model; left in evaluation mode and without gradients.</param>
/// <param name="task">Images, seed and cancellation.</param>
/// <param name="augmentation">How images are varied.</param>
internal sealed class GradientPass(Classifier model, UnlearningTask task, Augmentation augmentation)
{
    /// <summary>Sum over the rows of the gradient of each: one tensor per parameter, of its shape, in the caller's dispose scope.</summary>
    public IReadOnlyList<Tensor> Sum(IReadOnlyList<int> rows, int batchSize)
    {
        var sums = Zeros();
        Over(rows, batchSize, (gradients, count) => Each(sums, gradients, (sum, gradient) => sum.add_(gradient, count)));
        return sums;
    }

    /// <summary>
    /// Mean over batches of the squared gradient of the batch's mean loss. With batches of one row this is the diagonal of the
    /// empirical Fisher matrix; larger batches, as in public code, average gradients before they are squared, which is faster
    /// and smaller by about the batch size where gradients differ.
    /// </summary>
    /// <param name="rows">Rows of the image set, at least one.</param>
    /// <param name="batchSize">Rows in a batch, at least 1.</param>
    /// <returns>One tensor per parameter, of its shape, not negative, in the caller's dispose scope.</returns>
    public IReadOnlyList<Tensor> Fisher(IReadOnlyList<int> rows, int batchSize)
    {
        var sums = Zeros();
        var batches = 0;
        Over(rows, batchSize, (gradients, _) =>
        {
            Each(sums, gradients, (sum, gradient) => sum.addcmul_(gradient, gradient, 1));
            batches++;
        });
        using var noGradient = no_grad();
        foreach (var sum in sums) sum.div_(batches);
        return sums;
    }

    /// <summary>Hands over the gradient of the mean loss of every batch, in the order of the rows; null where a parameter has none.</summary>
    public void Over(IReadOnlyList<int> rows, int batchSize, Action<IReadOnlyList<Tensor?>, int> read)
    {
        using var scope = NewDisposeScope();
        model.Evaluate();
        foreach (var batch in Batches.Of(task.Images, Plan(rows, batchSize), augmentation, task.Seed, epoch: -1))
        {
            task.Cancellation.ThrowIfCancellationRequested();
            using var step = NewDisposeScope();
            model.Module.zero_grad();
            functional.cross_entropy(model.Logits(batch.Images), batch.Labels).backward();
            using var noGradient = no_grad();
            read([.. model.Parameters.Select(parameter => parameter.grad)], (int)batch.Labels.shape[0]);
        }

        model.Module.zero_grad();
    }

    private EpochPlan Plan(IReadOnlyList<int> rows, int batchSize) => new(
        [.. rows], [.. rows.Select(row => (long)task.Images.HostLabels[row])], new bool[rows.Count], EpochPlan.Sizes(rows.Count, batchSize));

    private List<Tensor> Zeros()
    {
        using var noGradient = no_grad();
        return [.. model.Parameters.Select(parameter => zeros_like(parameter))];
    }

    private static void Each(IReadOnlyList<Tensor> sums, IReadOnlyList<Tensor?> gradients, Action<Tensor, Tensor> add)
    {
        for (var i = 0; i < sums.Count; i++)
            if (gradients[i] is { } gradient) add(sums[i], gradient);
    }
}
