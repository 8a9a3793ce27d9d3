namespace FaLW.Kernel.Sessions;

/// <summary>
/// The compiler sends a small task through the thread pool for each cell and waits for it. Where an earlier cell left
/// hundreds of waiting tasks in the pool, that one would be stuck behind them for minutes; so they all get a thread.
/// </summary>
internal static class PoolRoom
{
    private const int Most = 1000;
    private const int Spare = 2;

    public static T With<T>(Func<T> work)
    {
        var pending = (int)Math.Min(Most, ThreadPool.PendingWorkItemCount);
        if (pending == 0) return work();
        ThreadPool.GetMinThreads(out var workers, out var completions);
        ThreadPool.SetMinThreads(Math.Max(workers, Math.Min(Most, ThreadPool.ThreadCount + pending + Spare)), completions);
        try
        {
            return work();
        }
        finally
        {
            ThreadPool.SetMinThreads(workers, completions);
        }
    }
}
