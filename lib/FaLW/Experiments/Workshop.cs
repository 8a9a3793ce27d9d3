using System.Collections.Concurrent;
using System.Diagnostics;
using TorchSharp;

namespace FaLW.Experiments;

/// <summary>Makes stages or takes them from the cache, each at most once, and tells how the job goes on.</summary>
internal sealed class Workshop(ExperimentCache cache, torch.Device device, IProgress<LabProgress>? listener, Plan plan, CancellationToken cancellation)
{
    private readonly ConcurrentDictionary<string, CacheEntry> seen = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<string, bool> said = new(StringComparer.Ordinal);

    /// <summary>Whether several threads ask at once. Then nobody can say whose memory it is, and none is noted.</summary>
    public bool Shared { get; set; }

    /// <summary>The entry of a stage. Its maker gets the folder to write into and whom to tell about steps.</summary>
    public CacheEntry Get(Stage stage, string text, Action<string, StageReporter> make)
    {
        cancellation.ThrowIfCancellationRequested();
        if (seen.TryGetValue(stage.Key, out var known)) return known;
        if (stage.Unkept is { } why && said.TryAdd(why, true)) listener?.Report(new LabProgress(LabEvent.Notice, why));
        var reporter = new StageReporter(listener, text, stage, plan) { OneOfSeveral = Shared };
        var entry = cache.GetOrAdd(stage, folder => Timed(() => make(folder, reporter), reporter), cancellation);
        reporter.Ended(entry);
        return seen[stage.Key] = entry;
    }

    private Made Timed(Action make, StageReporter reporter)
    {
        reporter.Started();
        var watch = Stopwatch.StartNew();
        double? peak = null;
        if (Shared) make();
        else peak = PeakMemory.During(make);
        return new Made(Math.Round(watch.Elapsed.TotalSeconds, 3), Machine.Provenance(device)) { PeakMemory = peak };
    }
}
