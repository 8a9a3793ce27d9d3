using FaLW.Data;

namespace FaLW.Unlearning;

/// <summary>A whole run as one epoch: retain batches without end, now and then a forget batch before one.</summary>
internal static class AlternatingPlan
{
    /// <summary>The plan.</summary>
    /// <param name="task">Whose sets.</param>
    /// <param name="iterations">Retain batches, at least 1.</param>
    /// <param name="period">Every so many iterations, from the first, a forget batch comes first; at least 1.</param>
    /// <param name="batchSize">Rows in a batch, at least 1; the last of a pass over a set may be shorter.</param>
    public static EpochPlan Of(UnlearningTask task, int iterations, int period, int batchSize)
    {
        var forget = new EndlessRows(task.Splits.Forget, new SeededStream(task.Seed, "order of forget batches"));
        var retain = new EndlessRows(task.Splits.Retain, new SeededStream(task.Seed, "order of retain batches"));
        List<int> rows = [], sizes = [];
        List<bool> marks = [];
        void Add(int[] batch, bool isForget)
        {
            rows.AddRange(batch);
            marks.AddRange(Enumerable.Repeat(isForget, batch.Length));
            sizes.Add(batch.Length);
        }

        for (var iteration = 0; iteration < iterations; iteration++)
        {
            if (iteration % period == 0) Add([.. forget.Batch(batchSize)], isForget: true);
            Add([.. retain.Batch(batchSize)], isForget: false);
        }

        return new EpochPlan([.. rows], [.. rows.Select(row => (long)task.Images.HostLabels[row])], [.. marks], [.. sizes]);
    }
}
