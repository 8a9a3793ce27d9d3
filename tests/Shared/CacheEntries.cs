namespace FaLW.Tests.Shared;

/// <summary>An entry of a cache as a job gets it: the one that is there, or a new one.</summary>
internal static class CacheEntries
{
    public static CacheEntry Get(this ExperimentCache cache, Stage stage, Func<string, Made> make, CancellationToken? cancellation = null)
    {
        using var draft = cache.Begin(stage, cancellation ?? TestContext.Current.CancellationToken);
        return draft.Kept ?? draft.Commit(make(draft.Folder));
    }
}
