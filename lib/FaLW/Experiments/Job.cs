using System.Diagnostics;
using System.Globalization;
using System.Runtime.ExceptionServices;
using System.Runtime.InteropServices;
using FaLW.Data;
using FaLW.Training;
using FaLW.Weighting;
using TorchSharp;

namespace FaLW.Experiments;

/// <summary>
/// Stages made or taken from the cache, each at most once, with news of how the job goes on. A flow of stages is walked twice: while the job
/// <see cref="IsPlanning"/>, nothing is made and the stages are only counted; then for good.
/// </summary>
internal sealed class Job(ExperimentCache cache, torch.Device device, IProgress<LabProgress> listener, CancellationToken cancellation)
{
    private readonly Dictionary<string, (Stage Stage, int Position, double Work)> planned = new(StringComparer.Ordinal);
    private readonly Dictionary<string, CacheEntry> seen = new(StringComparer.Ordinal);
    private readonly Dictionary<string, DivergedException> lost = new(StringComparer.Ordinal);
    private readonly HashSet<string> said = new(StringComparer.Ordinal), settled = new(StringComparer.Ordinal);
    private double done;

    public torch.Device Device => device;

    public CancellationToken Cancellation => cancellation;

    public bool IsPlanning { get; set; } = true;

    /// <summary>Whether a stage that another process is making is passed over (<see cref="TakenException"/>) instead of waited for.</summary>
    public bool PassesOver { get; set; }

    public IReadOnlyList<Stage> Stages => [.. planned.Values.Select(stage => stage.Stage)];

    /// <summary>Stages that are not kept, and the work in them, in epochs over the training set.</summary>
    public (int Stages, double Work) Open { get; private set; }

    // The work in a stage, in epochs over the training set, is a rough idea of how long it takes. Its maker gets the folder to write into and whom to tell.
    public CacheEntry Get(Stage stage, string text, double work, Action<string, IProgress<TrainProgress>> make)
    {
        if (IsPlanning) return Planned(stage, work);
        cancellation.ThrowIfCancellationRequested();
        if (seen.TryGetValue(stage.Key, out var known)) return known;
        if (lost.TryGetValue(stage.Key, out var diverged)) ExceptionDispatchInfo.Throw(diverged);
        if (stage.Unkept is { } why && said.Add(why)) listener.Report(new LabProgress(LabEvent.Notice, why));
        try
        {
            using var draft = PassesOver ? cache.BeginUnlessTaken(stage) ?? throw new TakenException() : cache.Begin(stage, cancellation);
            if (draft.Kept is { } kept) return Ended(kept, text);
            Tell(LabEvent.Started, stage, text, 0);
            // Before the work, with whose memory and end it has nothing to do.
            var rounds = Machine.Arithmetic(device);
            var watch = Stopwatch.StartNew();
            var isCounted = PeakMemory.Restart();
            make(draft.Folder, new Steps(this, stage, text));
            return Ended(draft.Commit(new Made(Math.Round(watch.Elapsed.TotalSeconds, 3), Machine.Provenance(device) with { Arithmetic = rounds }) { PeakMemory = isCounted ? PeakMemory.Mebibytes() : null }), text);
        }
        catch (DivergedException fault)
        {
            // It would diverge again.
            lost[stage.Key] = fault;
            Settle(stage);
            throw;
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
        Settle(entry.Stage);
        // What others have made meanwhile is done too.
        if (PassesOver)
            foreach (var (other, _, _) in planned.Values.Where(other => other.Work > 0 && !settled.Contains(other.Stage.Key) && cache.Holds(other.Stage))) Settle(other);
        return seen[entry.Stage.Key] = entry;
    }

    private void Settle(Stage stage)
    {
        if (settled.Add(stage.Key)) done += planned[stage.Key].Work;
    }

    private void Tell(LabEvent what, Stage stage, string text, double fraction, Made? made = null)
    {
        var (_, position, work) = planned[stage.Key];
        var now = settled.Contains(stage.Key) ? done : done + (work * fraction);
        listener.Report(new LabProgress(what, text)
        {
            Stage = position,
            Stages = planned.Count,
            Fraction = fraction,
            Seconds = made?.Seconds ?? 0,
            Origin = made?.Provenance,
            WorkDone = now,
            WorkLeft = Open.Work - now,
        });
    }

    private sealed class Steps(Job job, Stage stage, string text) : IProgress<TrainProgress>
    {
        public void Report(TrainProgress value) => job.Tell(LabEvent.Advanced, stage, text, Math.Min(1, value.Step / Math.Max(1.0, value.Steps)));
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

/// <summary>Another process is making the stage that was asked for.</summary>
internal sealed class TakenException : Exception;

/// <summary>One job that several processes do over one cache.</summary>
internal static class SharedJob
{
    // Ten seconds.
    private const int Patience = 50;

    private static readonly TimeSpan Glance = TimeSpan.FromSeconds(0.2);

    /// <summary>
    /// Where other processes work on the same: makes what nobody else is making until all is there. First what is trained from nothing, each model once,
    /// then what is unlearned from it, for which nobody need wait for a Retrain, then the rest of the experiments. Whoever goes through these afterwards finds all of it kept.
    /// A training that diverged ends the job, unless it is passed: left to whoever asks for its model.
    /// </summary>
    public static void Share(this Lab lab, Job job, IReadOnlyList<(ExperimentSpec Spec, Action<Experiment> Make)> tasks, bool control = false, bool passesDiverged = false)
    {
        if (job.IsPlanning || job.Open.Stages == 0 || lab.Settings is { Processes: <= 1 } or { Fresh: true }) return;
        List<Action> left = [.. Models(lab, job, [.. tasks.Select(task => task.Spec)], control), .. tasks.Select(task => (Action)(() => task.Make(lab.Experiment(task.Spec, job))))];
        job.PassesOver = true;
        for (var idle = 0; left.Count > 0; job.Cancellation.ThrowIfCancellationRequested())
        {
            idle = left.RemoveAll(IsMade) > 0 ? 0 : idle + 1;
            if (idle == Patience) lab.Say("All that is left is being made by other processes; waiting for them.");
            if (idle > 0) job.Cancellation.WaitHandle.WaitOne(Glance);
        }

        job.PassesOver = false;

        bool IsMade(Action task)
        {
            try
            {
                task();
                return true;
            }
            catch (TakenException)
            {
                return false;
            }
            catch (DivergedException) when (passesDiverged)
            {
                return true;
            }
        }
    }

    private static IEnumerable<Action> Models(Lab lab, Job job, IReadOnlyList<ExperimentSpec> specs, bool control) =>
        specs.Select(spec => (Stage.Original(spec).Key, Make: (Action)(() => lab.Experiment(spec, job).Original())))
            .Concat(specs.Concat(control ? specs.Select(spec => spec.OtherTraining()) : []).Select(spec => (Stage.Retrain(spec).Key, Make: (Action)(() => lab.Experiment(spec, job).Retrain()))))
            .Concat(specs.Select(spec => (Stage.Unlearned(spec).Key, Make: (Action)(() => Unlearned(lab.Experiment(spec, job))))))
            .DistinctBy(model => model.Key).Select(model => model.Make);

    private static void Unlearned(Experiment experiment) => experiment.Unlearned(experiment.Original());
}

/// <summary>
/// A part of a sweep that one process makes by itself, beside others on one cache: a model that experiments share, or one experiment with its method and all
/// scores. Portions of one level need nothing of each other, except that a constant twin waits for its pattern.
/// </summary>
/// <param name="Level">One of <see cref="Levels"/>.</param>
/// <param name="Key">Key of the last stage it makes: where that is kept, all of the portion is.</param>
/// <param name="Spec">The experiment as it is to run.</param>
public sealed record Portion(string Level, string Key, ExperimentSpec Spec)
{
    private const string Original = "original", Retrain = "retrain", Unlearned = "unlearned";

    /// <summary>The levels in their order. The first two need nothing of each other; the third needs both.</summary>
    public static IReadOnlyList<string> Levels { get; } = [Original, Retrain, Unlearned];

    /// <summary>What it is called where somebody has to find it.</summary>
    public string Title => string.Create(CultureInfo.InvariantCulture,
        $"{(Level == Unlearned ? $"{Spec.Label}, seed {Spec.Seeds.Unlearning}" : $"{char.ToUpperInvariant(Level[0])}{Level[1..]}, seed {Spec.Seeds.Training}")}, {Spec.Data.Benchmark.Name}, gamma {Spec.Data.Forget.Gamma}");

    /// <summary>Whether the kit that reads it gives it the key that the kit had which wrote it.</summary>
    public bool HasItsKey => Key == Last.Key;

    private Stage Last => Level switch
    {
        Original => Stage.Original(Spec),
        Retrain => Stage.Retrain(Spec),
        _ => Stage.Scores(Stage.Unlearned(Spec), Spec.Data),
    };

    /// <summary>What is left of experiments, in the order of levels, each portion once; records and what is kept answer for the rest.</summary>
    /// <param name="lab">The lab that says what is recorded, and whether every experiment has another Retrain.</param>
    /// <param name="specs">Experiments as they are to run.</param>
    /// <param name="isKept">Whether a portion is kept where it is to be made.</param>
    /// <exception cref="Fault">An experiment cannot run.</exception>
    public static IReadOnlyList<Portion> Of(Lab lab, IReadOnlyList<ExperimentSpec> specs, Func<Portion, bool> isKept)
    {
        lab.Check(specs, isElsewhere: true);
        Portion[] left = [.. specs.Where(spec => !lab.IsRecorded(spec)).Select(spec => At(Unlearned, spec)).Where(portion => !isKept(portion))];
        var models = left.Select(portion => portion.Spec).ToList();
        return
        [
            .. models.Select(spec => At(Original, spec))
                .Concat(models.SelectMany(spec => lab.Settings.Control ? [spec, spec.OtherTraining()] : new[] { spec }).Select(spec => At(Retrain, spec)))
                .Where(portion => !isKept(portion)).Concat(left).DistinctBy(portion => portion.Key),
        ];
    }

    /// <summary>Portions of one level in tasks of a length. A constant twin is in the task of its pattern, right after it, so that no task waits for another.</summary>
    /// <param name="portions">Portions of one level.</param>
    /// <param name="length">Portions in a task, from 1; a twin counts with its pattern.</param>
    public static IReadOnlyList<IReadOnlyList<Portion>> Tasks(IEnumerable<Portion> portions, int length) =>
    [
        .. portions.GroupBy(portion => portion.Spec.Weighting is ConstantTwin twin ? At(portion.Level, portion.Spec with { Weighting = twin.Of }).Key : portion.Key)
            .Chunk(length).Select(task => task.SelectMany(group => group).ToList()),
    ];

    /// <summary>Whether the portion is kept in a cache, sound or not.</summary>
    /// <param name="cache">Folder of the cache.</param>
    /// <param name="footing">The ground it is to be computed on, <see cref="Lab.Footing"/>.</param>
    public bool IsKept(string cache, string footing) => new ExperimentCache(cache) { Footing = footing }.HoldsHere(Last);

    /// <summary>Makes the portion, or finds it kept.</summary>
    /// <param name="lab">The lab that makes it.</param>
    /// <param name="cancellation">Stops at the next step; finished stages are kept.</param>
    /// <exception cref="Fault">It cannot be made.</exception>
    public void Make(Lab lab, CancellationToken cancellation) => lab.Run<bool>([Spec], job =>
    {
        var experiment = lab.Experiment(Spec, job);
        if (Level == Original) experiment.Original();
        else if (Level == Retrain) experiment.Retrain();
        else experiment.Run(lab.Settings.Control);
        return () => true;
    }, cancellation);

    private static Portion At(string level, ExperimentSpec spec) => new Portion(level, "", spec) is var portion ? portion with { Key = portion.Last.Key } : portion;
}
