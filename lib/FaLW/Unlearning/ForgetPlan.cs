using FaLW.Data;
using FaLW.Training;

namespace FaLW.Unlearning;

/// <summary>Epochs over the forget set, every sample marked as such and with its true label.</summary>
internal static class ForgetPlan
{
    /// <summary>The forget set once an epoch, in an order drawn per epoch from the seed of the task.</summary>
    /// <param name="task">Whose forget set.</param>
    /// <param name="batchSize">Rows in a batch, at least 1.</param>
    /// <param name="rows">The rows of it that take part; null for all.</param>
    public static Planner Shuffled(UnlearningTask task, int batchSize, IReadOnlyList<int>? rows = null) => epoch => Once(
        task, batchSize, new SeededStream(task.Seed, FormattableString.Invariant($"order of epoch {epoch}")), rows);

    /// <summary>The forget set once.</summary>
    /// <param name="task">Whose forget set.</param>
    /// <param name="batchSize">Rows in a batch, at least 1.</param>
    /// <param name="order">The stream the order is drawn from.</param>
    /// <param name="rows">The rows of it that take part; null for all.</param>
    public static EpochPlan Once(UnlearningTask task, int batchSize, SeededStream order, IReadOnlyList<int>? rows = null)
    {
        var (forget, labels) = (rows ?? task.Splits.Forget, task.Images.HostLabels);
        long[] targets = [.. forget.Select(row => (long)labels[row])];
        bool[] marks = [.. forget.Select(_ => true)];
        return EpochPlan.Shuffled(forget, targets, marks, batchSize, order);
    }
}
