using System.Globalization;
using FaLW.Data;
using FaLW.Training;
using TorchSharp;

namespace FaLW.Experiments;

/// <summary>
/// Runs experiments: brings specs to a scale, checks all of them, computes what is not kept yet, and puts the results together. The order
/// of the stages is written here and nowhere else. In a notebook it finds the token of the cell's stop button by itself.
/// </summary>
public sealed partial class Lab : IDisposable
{
    internal const string Anew = "--fresh (Fresh in the settings of a lab) computes anew.";

    internal LabSettings Settings { get; }
    internal IProgress<string> Notices { get; }

    internal DataShelf Shelf { get; }
    internal ExperimentCache Cache { get; }
    private readonly RecordShelf<RunResult>? records;
    private readonly Sets sets;
    private readonly int threads;
    private readonly CellProgress? cell;
    private readonly HashSet<string> said = new(StringComparer.Ordinal);

    private Lab(Scale scale, LabSettings settings)
    {
        cell = settings.Progress is null ? new CellProgress() : null;
        (Scale, Settings) = (scale, settings with { Progress = new OneAtATime(settings.Progress ?? cell!) });
        Device = Machine.DeviceNamed(settings.Device);
        threads = UseThreads(settings.Threads);
        Shelf = settings.Shelf ?? DataShelf.Default();
        Notices = new AsNotices(Settings.Progress);
        Cache = new ExperimentCache(settings.Cache, Notices)
        {
            Fresh = settings.Fresh,
            AnyGround = settings.AnyGround,
            Footing = Machine.Provenance(Device).Footing + Machine.HeldTo(Device),
        };
        records = Records(RecordShelf.Of);
        sets = new Sets(Shelf, Device);
    }

    /// <summary>The size experiments are brought to.</summary>
    public Scale Scale { get; }

    /// <summary>What computes.</summary>
    public torch.Device Device { get; }

    /// <summary>A lab at a scale.</summary>
    /// <param name="scale">How large experiments are.</param>
    /// <param name="settings">Where and how it works; null takes the defaults.</param>
    /// <exception cref="Fault">The device asked for is not there.</exception>
    public static Lab Open(Scale scale, LabSettings? settings = null) => new(scale, settings ?? new LabSettings());

    /// <summary>What is left to compute of experiments, roughly: stages that neither records nor cache hold, and images in training steps; a pass without a step counts a third.</summary>
    /// <param name="specs">Specs as they are to run, all on as many images.</param>
    public (int Stages, double Images) Outstanding(IReadOnlyList<ExperimentSpec> specs)
    {
        var plan = new Plan([.. specs.Where(spec => records?.Find(spec) is null)], Cache, Settings.Control);
        return (plan.Open, plan.Left * specs.Select(spec => spec.Data.Classes * (spec.Data.TrainOfClass ?? 0) * (1 - spec.Data.UnseenShare)).DefaultIfEmpty(0).Max());
    }

    /// <summary>What records and cache know of experiments; nothing is computed.</summary>
    /// <param name="specs">Specs as they are to run.</param>
    /// <returns>One result per experiment that is known whole, in order; the others are left out.</returns>
    public IReadOnlyList<RunResult> Known(IReadOnlyList<ExperimentSpec> specs) => RunAsIs(
        [.. specs.Where(spec => records?.Find(spec) is not null || new Plan([spec], Cache, Settings.Control).Stages.All(Cache.Holds))]);

    /// <summary>The images of a result, to be looked at; null where their files are not on this machine.</summary>
    /// <param name="data">The result's data spec, as it ran.</param>
    /// <exception cref="Fault">A file of the set is not what it should be.</exception>
    public RawImages? Pictures(DataSpec data) => Shelf.Find(data.Benchmark) is null ? null : Shelf.Read(data);

    /// <inheritdoc/>
    public void Dispose() => sets.Dispose();

    /// <summary>Runs specs as they stand, whatever the scale, or takes from records and cache what ran before. A record wins, so that everybody sees the same numbers.</summary>
    /// <param name="specs">Specs as they are to run.</param>
    /// <param name="diverged">Told of every experiment whose method left the real numbers; null lets the first one end the job.</param>
    /// <param name="cancellation">Stops at the next step.</param>
    /// <returns>One result per spec that did not diverge, in order.</returns>
    /// <exception cref="Fault">A spec cannot run; nothing was computed.</exception>
    public IReadOnlyList<RunResult> RunAsIs(IReadOnlyList<ExperimentSpec> specs, Action<ExperimentSpec, DivergedException>? diverged = null, CancellationToken cancellation = default)
    {
        var known = specs.Select(spec => (Spec: spec, Record: records?.Find(spec))).ToList();
        ExperimentSpec[] open = [.. known.Where(pair => pair.Record is null).Select(pair => pair.Spec)];
        return Job(specs, new Plan(open, Cache, Settings.Control), workshop =>
        {
            foreach (var origin in RunResult.Origins([.. known.Select(pair => pair.Record).OfType<RunResult>()])) Say($"From records, {origin} {Anew}", isSteady: true);
            SayOtherGround([.. known.Select(pair => pair.Record?.Provenance).OfType<Provenance>()], open.Length);
            return known.Select(pair => pair.Record ?? Run(pair.Spec, workshop, diverged)).OfType<RunResult>().ToList();
        }, cancellation);
    }

    private RunResult? Run(ExperimentSpec spec, Workshop workshop, Action<ExperimentSpec, DivergedException>? diverged)
    {
        try
        {
            var experiment = Experiment(spec, workshop);
            return Result(experiment, () => experiment.Unlearned(experiment.Original()));
        }
        catch (DivergedException fault) when (diverged is not null)
        {
            diverged(spec, fault);
            return null;
        }
    }

    internal RunResult Result(Experiment experiment, Func<CacheEntry> last)
    {
        var original = experiment.Original();
        var retrain = experiment.Retrain();
        var control = Settings.Control ? experiment.RetrainControl() : null;
        var unlearned = last();
        return experiment.Result(
            (original, experiment.Scores(original)), (retrain, experiment.Scores(retrain)),
            control is null ? null : (control, experiment.Scores(control)), (unlearned, experiment.Scores(unlearned)));
    }

    /// <summary>The records of this lab of one kind; null where it uses none.</summary>
    internal RecordShelf<T>? Records<T>(Func<string, IProgress<string>?, RecordShelf<T>> of) where T : class => Settings is { Records: { } folder, Fresh: false } ? of(folder, Notices) : null;

    internal Experiment Experiment(ExperimentSpec spec, Workshop workshop) => new(spec, sets, workshop, Device, workshop.Cancellation);

    // libtorch's own default can be a single thread; who sets OMP_NUM_THREADS means it.
    private static int UseThreads(int? asked)
    {
        var isSet = int.TryParse(Environment.GetEnvironmentVariable("OMP_NUM_THREADS"), NumberStyles.None, CultureInfo.InvariantCulture, out var n) && n > 0;
        return Compute.UseThreads(asked ?? (isSet ? n : null));
    }

    // Threads report as they come; who listens need not know.
    private sealed class OneAtATime(IProgress<LabProgress> listener) : IProgress<LabProgress>
    {
        private readonly Lock turn = new();

        public void Report(LabProgress value)
        {
            lock (turn) listener.Report(value);
        }
    }

    private sealed class AsNotices(IProgress<LabProgress>? listener) : IProgress<string>
    {
        public void Report(string value) => listener?.Report(new LabProgress(LabEvent.Notice, value));
    }
}
