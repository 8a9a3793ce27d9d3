namespace FaLW;

/// <summary>What lives and ends with its owner.</summary>
internal static class Owned
{
    public static void Release(params IEnumerable<IDisposable?> parts)
    {
        foreach (var part in parts) part?.Dispose();
    }
}
