using System.Collections.Concurrent;
using System.Diagnostics;
using System.Runtime.ExceptionServices;
using System.Runtime.InteropServices;
using FaLW.Training;
using TorchSharp;

namespace FaLW.Experiments;

/// <summary>
/// Stages made or taken from the cache, each at most once, with news of how the job goes on. A flow of stages is walked twice: while the job
/// <see cref="IsPlanning"/>, nothing is made and the stages are only counted; then for good.
/// </summary>
internal sealed class Job(ExperimentCache cache, torch.Device device, IProgress<LabProgress> listener, CancellationToken cancellation)
{
    private readonly Dictionary<string, (Stage Stage, int Position, double Work)> planned = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<string, CacheEntry> seen = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<string, bool> said = new(StringComparer.Ordinal);
    private readonly Lock counting = new();
    private double done;

    public torch.Device Device => device;

    public CancellationToken Cancellation => cancellation;

    public bool IsPlanning { get; set; } = true;

    /// <summary>Whether several threads ask at once: nobody can say whose memory it is, and only beginnings and ends are told, or nobody could follow.</summary>
    public bool IsShared { get; set; }

    public IEnumerable<Stage> Stages => planned.Values.Select(stage => stage.Stage);

    public int Count => planned.Count;

    /// <summary>Stages that are not kept, and the work in them, in epochs over the training set.</summary>
    public (int Stages, double Work) Open { get; private set; }

    /// <summary>The entry of a stage. Its maker gets the folder to write into and whom to tell about steps.</summary>
    /// <param name="stage">What is asked for.</param>
    /// <param name="text">What it is called.</param>
    /// <param name="work">A rough idea of the work in it, in epochs over the training set: good enough to say how long the rest will take.</param>
    /// <param name="make">Makes it.</param>
    public CacheEntry Get(Stage stage, string text, double work, Action<string, IProgress<TrainProgress>> make)
    {
        if (IsPlanning) return Planned(stage, work);
        cancellation.ThrowIfCancellationRequested();
        if (seen.TryGetValue(stage.Key, out var known)) return known;
        if (stage.Unkept is { } why && said.TryAdd(why, true)) listener.Report(new LabProgress(LabEvent.Notice, why));
        try
        {
            using var draft = cache.Begin(stage, cancellation);
            if (draft.Kept is { } kept) return Ended(kept, text);
            Tell(LabEvent.Started, stage, text, 0);
            var watch = Stopwatch.StartNew();
            var isCounted = !IsShared && PeakMemory.Restart();
            make(draft.Folder, new Steps(this, stage, text));
            return Ended(draft.Commit(new Made(Math.Round(watch.Elapsed.TotalSeconds, 3), Machine.Provenance(device)) { PeakMemory = isCounted ? PeakMemory.Mebibytes() : null }), text);
        }
        catch (Exception fault) when (ExperimentCache.IsUnusable(fault))
        {
            throw cache.Unusable(fault);
        }
    }

    private CacheEntry Planned(Stage stage, double work)
    {
        var left = cache.Holds(stage) && !cache.Fresh ? 0 : work;
        if (planned.TryAdd(stage.Key, (stage, planned.Count + 1, left)) && left > 0) Open = (Open.Stages + 1, Open.Work + left);
        return new CacheEntry(stage, "", new Made(0, Machine.Provenance(device)), Reused: false);
    }

    private CacheEntry Ended(CacheEntry entry, string text)
    {
        Tell(entry.Reused ? LabEvent.Reused : LabEvent.Finished, entry.Stage, text, 1, entry.Made);
        lock (counting) done += planned[entry.Stage.Key].Work;
        return seen[entry.Stage.Key] = entry;
    }

    private void Tell(LabEvent what, Stage stage, string text, double fraction, Made? made = null)
    {
        var (_, position, work) = planned[stage.Key];
        double now;
        lock (counting) now = done + (work * fraction);
        listener.Report(new LabProgress(what, text)
        {
            Stage = position,
            Stages = Count,
            Fraction = fraction,
            Seconds = made?.Seconds ?? 0,
            Origin = made?.Provenance,
            WorkDone = now,
            WorkLeft = Open.Work - now,
        });
    }

    private sealed class Steps(Job job, Stage stage, string text) : IProgress<TrainProgress>
    {
        public void Report(TrainProgress value)
        {
            if (!job.IsShared) job.Tell(LabEvent.Advanced, stage, text, Math.Min(1, value.Step / Math.Max(1.0, value.Steps)));
        }
    }
}

/// <summary>
/// The most memory the process holds at once since it was last restarted: its resident set as Linux counts it, runtime and images included. What a GPU
/// holds is not in it.
/// </summary>
internal static partial class PeakMemory
{
    private const string Counter = "/proc/self/clear_refs";

    /// <summary>Begins to count; false where the system does not. What earlier work left behind is given back first, or every stage would be charged with the largest before it.</summary>
    public static bool Restart()
    {
        try
        {
            GC.Collect();
            _ = GiveBack(0);
            File.WriteAllText(Counter, "5");
            return true;
        }
        catch (Exception fault) when (fault is EntryPointNotFoundException or DllNotFoundException or IOException or UnauthorizedAccessException)
        {
            return false;
        }
    }

    public static double Mebibytes()
    {
        using var own = Process.GetCurrentProcess();
        return own.PeakWorkingSet64 / (1024.0 * 1024);
    }

    [LibraryImport("libc", EntryPoint = "malloc_trim")]
    private static partial int GiveBack(nuint keep);
}

/// <summary>
/// Several threads work through one list, each with a place of its own. They are threads of their own too: hours of work would starve the pool.
/// </summary>
internal static class SideBySide
{
    /// <summary>Does every task once; in which order they end is open. After a fault nobody begins another, and those in hand are finished.</summary>
    public static void Work<TPlace, TTask>(int workers, IReadOnlyCollection<TTask> tasks, Func<TPlace> enter, Action<TPlace, TTask> work) where TPlace : IDisposable
    {
        var list = new ConcurrentQueue<TTask>(tasks);
        using var stop = new CancellationTokenSource();
        void Shift()
        {
            try
            {
                using var place = enter();
                while (!stop.IsCancellationRequested && list.TryDequeue(out var task)) work(place, task);
            }
            catch
            {
                stop.Cancel();
                throw;
            }
        }

        Task[] all = [.. Enumerable.Range(0, Math.Min(workers, tasks.Count)).Select(_ => Task.Factory.StartNew(Shift, CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default))];
        try
        {
            Task.WaitAll(all);
        }
        catch (AggregateException faults)
        {
            ExceptionDispatchInfo.Throw(faults.InnerExceptions.FirstOrDefault(fault => fault is not OperationCanceledException) ?? faults.InnerExceptions[0]);
        }
    }
}
