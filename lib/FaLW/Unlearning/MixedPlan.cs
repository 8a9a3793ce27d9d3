using FaLW.Data;

namespace FaLW.Unlearning;

/// <summary>Epochs in which forget and retain samples with their true labels share batches.</summary>
/// <param name="task">Whose forget set.</param>
/// <param name="batchSize">Rows in a batch, at least 1.</param>
/// <param name="retain">The retain rows that take part.</param>
internal sealed class MixedPlan(UnlearningTask task, int batchSize, IReadOnlyList<int> retain)
{
    /// <summary>One epoch, counted from 0: every row once, in an order of its own.</summary>
    public EpochPlan Of(int epoch)
    {
        int[] rows = [.. task.Splits.Forget, .. retain];
        return EpochPlan.Shuffled(
            rows, [.. rows.Select(row => (long)task.Images.HostLabels[row])], [.. rows.Select((_, i) => i < task.Splits.Forget.Count)], batchSize,
            new SeededStream(task.Seed, FormattableString.Invariant($"order of epoch {epoch}")));
    }
}
