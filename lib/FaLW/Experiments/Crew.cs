using System.Collections.Concurrent;
using System.Runtime.ExceptionServices;

namespace FaLW.Experiments;

/// <summary>
/// Several threads work through one list, each with a place of its own. They are threads of their own too: hours of work would starve the pool.
/// </summary>
internal static class Crew
{
    /// <summary>Does every job once; in which order they end is open. After a fault nobody begins another job, and jobs in hand are finished.</summary>
    /// <typeparam name="TPlace">What a worker needs for itself.</typeparam>
    /// <typeparam name="TJob">What is to be done.</typeparam>
    /// <param name="workers">Number of threads, at least 1; never more than jobs.</param>
    /// <param name="jobs">The list.</param>
    /// <param name="enter">Makes a worker's place, on the worker's thread.</param>
    /// <param name="work">Does one job.</param>
    public static void Work<TPlace, TJob>(int workers, IReadOnlyCollection<TJob> jobs, Func<TPlace> enter, Action<TPlace, TJob> work) where TPlace : IDisposable
    {
        var list = new ConcurrentQueue<TJob>(jobs);
        using var stop = new CancellationTokenSource();
        void Shift()
        {
            using var place = enter();
            while (!stop.IsCancellationRequested && list.TryDequeue(out var job)) work(place, job);
        }

        Task[] all = [.. Enumerable.Range(0, Math.Min(workers, jobs.Count)).Select(_ => Task.Factory.StartNew(
            () => StoppingOthers(Shift, stop), CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default))];
        try
        {
            Task.WaitAll(all);
        }
        catch (AggregateException faults)
        {
            var first = faults.InnerExceptions.FirstOrDefault(fault => fault is not OperationCanceledException) ?? faults.InnerExceptions[0];
            ExceptionDispatchInfo.Throw(first);
        }
    }

    private static void StoppingOthers(Action shift, CancellationTokenSource stop)
    {
        try
        {
            shift();
        }
        catch
        {
            stop.Cancel();
            throw;
        }
    }
}
