using FaLW.Data;

namespace FaLW.Unlearning;

/// <summary>Rows without end: all of them in random order, then all of them in another order, and so on.</summary>
/// <param name="rows">Rows of the image set, at least one.</param>
/// <param name="order">The stream the orders are drawn from.</param>
internal sealed class EndlessRows(IReadOnlyList<int> rows, SeededStream order)
{
    private readonly Queue<int> waiting = new();

    /// <summary>The next so many rows; at the seam between two orders a row can come twice.</summary>
    public IEnumerable<int> Take(int count)
    {
        while (waiting.Count < count)
            foreach (var position in order.Permutation(rows.Count)) waiting.Enqueue(rows[position]);
        for (var i = 0; i < count; i++) yield return waiting.Dequeue();
    }

    /// <summary>The next batch as a loader cuts it: so many rows, but never across the seam; a rest of one joins the batch before.</summary>
    public IEnumerable<int> Batch(int size)
    {
        var left = waiting.Count == 0 ? rows.Count : waiting.Count;
        return Take(EpochPlan.Sizes(left, size)[0]);
    }
}
