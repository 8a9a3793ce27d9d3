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
    private const string Anew = "--fresh (Fresh in the settings of a lab) computes anew.";

    private readonly LabSettings settings;
    private readonly DataShelf shelf;
    private readonly ExperimentCache cache;
    private readonly RecordShelf? records;
    private readonly Sets sets;
    private readonly int threads;
    private readonly CellProgress? cell;
    private readonly HashSet<string> said = new(StringComparer.Ordinal);

    private Lab(Scale scale, LabSettings settings)
    {
        cell = settings.Progress is null ? new CellProgress() : null;
        (Scale, this.settings) = (scale, settings with { Progress = new OneAtATime(settings.Progress ?? cell!) });
        Device = Machine.DeviceNamed(settings.Device);
        threads = UseThreads(settings.Threads);
        shelf = settings.Shelf ?? DataShelf.Default();
        var notices = new Notices(this.settings.Progress);
        cache = new ExperimentCache(settings.Cache, notices)
        {
            Fresh = settings.Fresh,
            AnyGround = settings.AnyGround,
            Footing = Machine.Provenance(Device).Footing + Machine.HeldTo(Device),
        };
        records = settings is { Records: { } folder, Fresh: false } ? new RecordShelf(folder, notices) : null;
        sets = new Sets(shelf, Device);
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

    /// <summary>The experiments of a study as they will run at this scale on this machine, to be looked at or changed before they run.</summary>
    /// <param name="study">The study.</param>
    /// <param name="seeds">Number of seeds, at least 1.</param>
    public IReadOnlyList<ExperimentSpec> Specs(Study study, int seeds = 1) => Rewrite(study.Specs(Scale, seeds), study.Rewriting(Scale));

    /// <summary>
    /// The specs as they will run at this scale on this machine. Where images are missing and no record answers for any of the specs, the
    /// digits stand in for all of them, and a notice says so; never at Paper, and never for some specs beside others that have their images or records.
    /// </summary>
    /// <param name="specs">Specs, usually of <see cref="Protocol"/> or of a <see cref="Study"/>.</param>
    public IReadOnlyList<ExperimentSpec> Rewrite(IEnumerable<ExperimentSpec> specs) => Rewrite(specs, Scale);

    /// <summary>Runs a study: every experiment of every seed, at the scale of this lab; of a view (<see cref="Study.IsView"/>) what is known.</summary>
    /// <param name="study">The study.</param>
    /// <param name="seeds">Number of seeds, at least 1.</param>
    /// <param name="diverged">Told of every experiment whose method left the real numbers; null lets the first one end the job.</param>
    /// <param name="cancellation">Stops at the next step; finished stages are kept and the same call goes on from there.</param>
    /// <returns>One result per spec that did not diverge, in order.</returns>
    /// <exception cref="Fault">A spec cannot run; nothing was computed.</exception>
    public IReadOnlyList<RunResult> Run(
        Study study, int seeds = 1, Action<ExperimentSpec, DivergedException>? diverged = null, CancellationToken cancellation = default) =>
        study.IsView ? Known(Specs(study, seeds)) : RunAsIs(Specs(study, seeds), diverged, cancellation);

    /// <summary>What is left to compute of experiments, roughly: stages that neither records nor cache hold, and images in training steps; a pass without a step counts a third.</summary>
    /// <param name="specs">Specs as <see cref="Specs"/> gives them, all on as many images.</param>
    public (int Stages, double Images) Outstanding(IReadOnlyList<ExperimentSpec> specs)
    {
        var plan = new Plan([.. specs.Where(spec => records?.Find(spec) is null)], cache, settings.Control);
        return (plan.Open, plan.Left * specs.Select(spec => spec.Data.Classes * (spec.Data.TrainOfClass ?? 0) * (1 - spec.Data.UnseenShare)).DefaultIfEmpty(0).Max());
    }

    /// <summary>What records and cache know of experiments; nothing is computed.</summary>
    /// <param name="specs">Specs as <see cref="Specs"/> or <see cref="Rewrite(IEnumerable{ExperimentSpec})"/> gives them.</param>
    /// <returns>One result per experiment that is known whole, in order; the others are left out.</returns>
    public IReadOnlyList<RunResult> Known(IReadOnlyList<ExperimentSpec> specs) => RunAsIs(
        [.. specs.Where(spec => records?.Find(spec) is not null || new Plan([spec], cache, settings.Control).Stages.All(cache.Holds))]);

    /// <summary>Runs experiments, or takes from records and cache what ran before.</summary>
    /// <param name="specs">Specs before the scale rewrites them.</param>
    /// <returns>One result per spec, in order.</returns>
    /// <exception cref="Fault">A spec cannot run; nothing was computed.</exception>
    public IReadOnlyList<RunResult> Run(params ExperimentSpec[] specs) => Run(specs, CancellationToken.None);

    /// <summary>Runs experiments, or takes from records and cache what ran before. A record wins, so that everybody sees the same numbers.</summary>
    /// <param name="specs">Specs before the scale rewrites them.</param>
    /// <param name="cancellation">Stops at the next step; finished stages are kept and the same call goes on from there.</param>
    /// <returns>One result per spec, in order.</returns>
    /// <exception cref="Fault">A spec cannot run; nothing was computed.</exception>
    public IReadOnlyList<RunResult> Run(IEnumerable<ExperimentSpec> specs, CancellationToken cancellation = default) => Run(specs, null, cancellation);

    /// <summary>As the other, but a method that diverges does not end the job.</summary>
    /// <param name="specs">Specs before the scale rewrites them.</param>
    /// <param name="diverged">Told of every experiment whose method left the real numbers; null lets the first one end the job.</param>
    /// <param name="cancellation">Stops at the next step.</param>
    /// <returns>One result per spec that did not diverge, in order.</returns>
    /// <exception cref="Fault">A spec cannot run; nothing was computed.</exception>
    public IReadOnlyList<RunResult> Run(IEnumerable<ExperimentSpec> specs, Action<ExperimentSpec, DivergedException>? diverged, CancellationToken cancellation) =>
        RunAsIs(Rewrite(specs), diverged, cancellation);

    /// <summary>The images of a result, to be looked at; null where their files are not on this machine.</summary>
    /// <param name="data">The result's data spec, as it ran.</param>
    /// <exception cref="Fault">A file of the set is not what it should be.</exception>
    public RawImages? Pictures(DataSpec data) => shelf.Find(data.Benchmark) is null ? null : shelf.Read(data);

    /// <inheritdoc/>
    public void Dispose() => sets.Dispose();

    /// <summary>Runs specs as they stand, whatever the scale: those that <see cref="Specs"/> or <see cref="Rewrite(IEnumerable{ExperimentSpec})"/> gave.</summary>
    /// <param name="specs">Specs as they are to run.</param>
    /// <param name="diverged">Told of every experiment whose method left the real numbers; null lets the first one end the job.</param>
    /// <param name="cancellation">Stops at the next step.</param>
    /// <returns>One result per spec that did not diverge, in order.</returns>
    /// <exception cref="Fault">A spec cannot run; nothing was computed.</exception>
    public IReadOnlyList<RunResult> RunAsIs(IReadOnlyList<ExperimentSpec> specs, Action<ExperimentSpec, DivergedException>? diverged = null, CancellationToken cancellation = default)
    {
        var known = specs.Select(spec => (Spec: spec, Record: records?.Find(spec))).ToList();
        ExperimentSpec[] open = [.. known.Where(pair => pair.Record is null).Select(pair => pair.Spec)];
        return Job(specs, new Plan(open, cache, settings.Control), workshop =>
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

    private RunResult Result(Experiment experiment, Func<CacheEntry> last)
    {
        var original = experiment.Original();
        var retrain = experiment.Retrain();
        var control = settings.Control ? experiment.RetrainControl() : null;
        var unlearned = last();
        return experiment.Result(
            (original, experiment.Scores(original)), (retrain, experiment.Scores(retrain)),
            control is null ? null : (control, experiment.Scores(control)), (unlearned, experiment.Scores(unlearned)));
    }

    private Experiment Experiment(ExperimentSpec spec, Workshop workshop) => new(spec, sets, workshop, Device, workshop.Cancellation);

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

    private sealed class Notices(IProgress<LabProgress>? listener) : IProgress<string>
    {
        public void Report(string value) => listener?.Report(new LabProgress(LabEvent.Notice, value));
    }
}
