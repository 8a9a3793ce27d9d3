using FaLW.Data;

namespace FaLW.Unlearning;

/// <summary>The order in which rows are cut into batches for importances, drawn from the seed, so that no batch is of one class.</summary>
internal static class FisherRows
{
    public static int[] Of(UnlearningTask task, IReadOnlyList<int> rows) =>
        [.. new SeededStream(task.Seed, "order of the Fisher pass").Permutation(rows.Count).Select(position => rows[position])];
}
