namespace TorchSharp.Modules;

/// <summary>The order of samples, anew for each epoch.</summary>
internal static class Order
{
    internal static IEnumerable<long> Of(long count, bool shuffle, int? seed) => shuffle ? Shuffled(count, seed) : Ascending(count);

    private static IEnumerable<long> Ascending(long count)
    {
        for (var i = 0L; i < count; i++) yield return i;
    }

    /// <summary>
    /// With a seed every epoch has the same order, as in TorchSharp; the order itself is another one. Without, it comes from
    /// libtorch's generator, so that manual_seed decides it.
    /// </summary>
    private static IEnumerable<long> Shuffled(long count, int? seed)
    {
        using var generator = seed is null ? null : new torch.Generator((ulong)(uint)seed.Value);
        using var order = torch.randperm(count, torch.ScalarType.Int64, generator: generator).DetachFromDisposeScope();
        foreach (var row in order.data<long>().ToArray()) yield return row;
    }
}
