using System.Globalization;
using FaLW.Data;
using FaLW.Training;
using TorchSharp;

namespace FaLW.Experiments;

/// <summary>
/// Runs experiments: brings specs to a scale, computes what is not kept yet, and puts the results together. The order
/// of the stages is written here and nowhere else.
/// </summary>
public sealed partial class Lab : IDisposable
{
    private readonly LabSettings settings;
    private readonly DataShelf shelf;
    private readonly ExperimentCache cache;
    private readonly RecordShelf? records;
    private readonly Sets sets;

    private Lab(Scale scale, LabSettings settings)
    {
        (Scale, this.settings) = (scale, settings with { Progress = OneAtATime.Over(settings.Progress) });
        Device = Machine.DeviceNamed(settings.Device);
        UseThreads(settings.Threads);
        shelf = settings.Shelf ?? DataShelf.Default();
        var notices = new Notices(this.settings.Progress);
        cache = new ExperimentCache(settings.Cache, notices) { Fresh = settings.Fresh };
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

    /// <summary>The specs as they will run at this scale on this machine.</summary>
    /// <param name="specs">Specs, usually of <see cref="Protocol"/> or of a <see cref="Study"/>.</param>
    public IReadOnlyList<ExperimentSpec> Rewrite(IEnumerable<ExperimentSpec> specs) =>
        Scale.Rewrite(specs, benchmark => shelf.Find(benchmark) is not null, spec => records?.Find(spec) is not null);

    /// <summary>Runs experiments, or takes from records and cache what ran before.</summary>
    /// <param name="specs">Specs before the scale rewrites them.</param>
    /// <returns>One result per spec, in order.</returns>
    public IReadOnlyList<RunResult> Run(params ExperimentSpec[] specs) => Run(specs, CancellationToken.None);

    /// <summary>Runs experiments, or takes from records and cache what ran before. A record wins, so that everybody sees the same numbers.</summary>
    /// <param name="specs">Specs before the scale rewrites them.</param>
    /// <param name="cancellation">Stops at the next step; finished stages are kept and the same call goes on from there.</param>
    /// <returns>One result per spec, in order.</returns>
    public IReadOnlyList<RunResult> Run(IEnumerable<ExperimentSpec> specs, CancellationToken cancellation) => Run(specs, null, cancellation);

    /// <summary>As the other, but a method that diverges does not end the job.</summary>
    /// <param name="specs">Specs before the scale rewrites them.</param>
    /// <param name="diverged">Told of every experiment whose method left the real numbers; null lets the first one end the job.</param>
    /// <param name="cancellation">Stops at the next step.</param>
    /// <returns>One result per spec that did not diverge, in order.</returns>
    public IReadOnlyList<RunResult> Run(IEnumerable<ExperimentSpec> specs, Action<ExperimentSpec, DivergedException>? diverged, CancellationToken cancellation)
    {
        var rewritten = Rewrite(specs);
        var known = rewritten.Select(spec => (Spec: spec, Record: records?.Find(spec))).ToList();
        foreach (var origin in RunResult.Origins([.. known.Select(pair => pair.Record).OfType<RunResult>()]))
            settings.Progress?.Report(new LabProgress(LabEvent.Notice, $"From records, {origin} --fresh (Fresh in the settings of a lab) computes anew."));
        var plan = new Plan(known.Where(pair => pair.Record is null).Select(pair => pair.Spec), cache, settings.Control);
        var workshop = new Workshop(cache, Device, settings.Progress, plan, cancellation);
        return [.. known.Select(pair => pair.Record ?? Run(pair.Spec, workshop, diverged, cancellation)).OfType<RunResult>()];
    }

    /// <summary>The images of a result, to be looked at; null where their files are not on this machine.</summary>
    /// <param name="data">The result's data spec, as it ran.</param>
    /// <exception cref="Fault">A file of the set is not what it should be.</exception>
    public RawImages? Pictures(DataSpec data) => shelf.Find(data.Benchmark) is null ? null : shelf.Read(data);

    /// <inheritdoc/>
    public void Dispose() => sets.Dispose();

    // libtorch's own default can be a single thread; who sets OMP_NUM_THREADS means it.
    private static void UseThreads(int? asked)
    {
        var isSet = int.TryParse(Environment.GetEnvironmentVariable("OMP_NUM_THREADS"), NumberStyles.None, CultureInfo.InvariantCulture, out var n) && n > 0;
        Compute.UseThreads(asked ?? (isSet ? n : null));
    }

    private RunResult? Run(ExperimentSpec spec, Workshop workshop, Action<ExperimentSpec, DivergedException>? diverged, CancellationToken cancellation)
    {
        try
        {
            return Run(new Experiment(spec, sets, workshop, Device, cancellation));
        }
        catch (DivergedException fault) when (diverged is not null)
        {
            diverged(spec, fault);
            return null;
        }
    }

    private RunResult Run(Experiment experiment)
    {
        var original = experiment.Original();
        var retrain = experiment.Retrain();
        var control = settings.Control ? experiment.RetrainControl() : null;
        var unlearned = experiment.Unlearned(original);
        return experiment.Result(
            (original, experiment.Scores(original)), (retrain, experiment.Scores(retrain)),
            control is null ? null : (control, experiment.Scores(control)), (unlearned, experiment.Scores(unlearned)));
    }

    // Threads report as they come; who listens need not know.
    private sealed class OneAtATime(IProgress<LabProgress> listener) : IProgress<LabProgress>
    {
        private readonly Lock turn = new();

        public static OneAtATime? Over(IProgress<LabProgress>? listener) => listener is null ? null : new OneAtATime(listener);

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
