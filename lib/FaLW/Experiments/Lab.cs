using System.Globalization;
using FaLW.Data;
using FaLW.Figures;
using FaLW.Models;
using FaLW.Training;
using FaLW.Unlearning;
using TorchSharp;

namespace FaLW.Experiments;

/// <summary>Where and how a <see cref="Lab"/> works. Nothing in here is meant to change a number.</summary>
public sealed record LabSettings
{
    /// <summary>"auto" (a GPU where there is one), "cpu" or "cuda".</summary>
    public string Device { get; init; } = "auto";

    /// <summary>Folder of the cache.</summary>
    public string Cache { get; init; } = ExperimentCache.DefaultRoot;

    /// <summary>Where image sets are looked for; null takes the usual places.</summary>
    public DataShelf? Shelf { get; init; }

    /// <summary>Folder of the records of results, which answer before anything is computed; null uses none.</summary>
    public string? Records { get; init; } = RecordShelf.DefaultFolder;

    /// <summary>
    /// Threads of one tensor operation; null takes OMP_NUM_THREADS, else a quarter of the physical cores, and one at the scales of digits: the rest is for
    /// <see cref="Processes"/>. Like <see cref="Device"/> it changes numbers, in the last digits, which training enlarges.
    /// </summary>
    public int? Threads { get; init; }

    /// <summary>
    /// Processes that work on the same at a time over one cache, this one among them, from 1: what another is making is passed over and waited for only when
    /// nothing else is left. The lab starts none; <c>falw run --processes</c> does, and so may whoever runs one notebook twice.
    /// </summary>
    public int Processes { get; init; } = 1;

    /// <summary>
    /// Take stages that were computed on another ground (engine, kind of device, threads; <see cref="Provenance.Footing"/>) where there is none of
    /// this one. Otherwise they are computed anew, since where sums are rounded differently a training ends somewhere else.
    /// </summary>
    public bool AnyGround { get; init; }

    /// <summary>Compute every stage anew, once, and replace what is kept; records are not looked at.</summary>
    public bool Fresh { get; init; }

    /// <summary>
    /// Train Retrain a second time from another seed, once for every Retrain, and keep it with each result (<see cref="RunResult.Control"/>): what
    /// chance alone changes stands beside every distance. False saves that time, for searches and first looks.
    /// </summary>
    public bool Control { get; init; } = true;

    /// <summary>
    /// Told how the work goes on. Null tells nobody in a program; in a notebook one line, changed in place, shows progress and at the end what was
    /// computed and what was there.
    /// </summary>
    public IProgress<LabProgress>? Progress { get; init; }
}

/// <summary>
/// Runs experiments: checks all of them, computes what is not kept yet, and puts the results together. It knows a scale but no study. In a notebook it finds the
/// token of the cell's stop button by itself.
/// </summary>
public sealed class Lab : IDisposable
{
    internal const string Anew = "--fresh (Fresh in the settings of a lab) computes anew.";

    private const int Named = 3;

    private readonly Told progress;
    private readonly DataShelf shelf;
    private readonly ExperimentCache cache;
    private readonly RecordShelf<RunResult>? records;
    private readonly Sets sets;
    private readonly int threads;
    private readonly CellProgress? cell;
    private readonly HashSet<string> said = new(StringComparer.Ordinal);

    private Lab(Scale scale, LabSettings settings)
    {
        cell = settings.Progress is null ? new CellProgress() : null;
        (Scale, Settings, progress) = (scale, settings, new Told(settings.Progress ?? cell!));
        Device = Machine.DeviceNamed(settings.Device);
        threads = UseThreads(settings, scale);
        shelf = settings.Shelf ?? DataShelf.Default();
        cache = new ExperimentCache(settings.Cache, progress)
        {
            Fresh = settings.Fresh,
            AnyGround = settings.AnyGround,
            Footing = Machine.Provenance(Device).Footing + Machine.HeldTo(Device),
        };
        records = Records(RecordShelf.Of);
        sets = new Sets(shelf, Device);
    }

    /// <summary>The size experiments are brought to.</summary>
    public Scale Scale { get; }

    /// <summary>What computes.</summary>
    public torch.Device Device { get; }

    /// <summary>Marks what this lab keeps: the ground it computes on (<see cref="Provenance.Footing"/>), and what it is held to.</summary>
    public string Footing => cache.Footing;

    internal LabSettings Settings { get; }

    /// <summary>A lab at a scale.</summary>
    /// <param name="scale">How large experiments are.</param>
    /// <param name="settings">Where and how it works; null takes the defaults.</param>
    /// <exception cref="Fault">The device asked for is not there.</exception>
    public static Lab Open(Scale scale, LabSettings? settings = null) => new(scale, settings ?? new LabSettings());

    /// <summary>Runs specs as they stand, whatever the scale, or takes from records and cache what ran before. A record wins, so that everybody sees the same numbers.</summary>
    /// <param name="specs">Specs as they are to run.</param>
    /// <param name="diverged">Told of every experiment whose method left the real numbers; null lets the first one end the job.</param>
    /// <param name="cancellation">Stops at the next step; finished stages are kept and the same call goes on from there.</param>
    /// <returns>One result per spec that did not diverge, in order.</returns>
    /// <exception cref="Fault">A spec cannot run; nothing was computed.</exception>
    public IReadOnlyList<RunResult> RunAsIs(IReadOnlyList<ExperimentSpec> specs, Action<ExperimentSpec, DivergedException>? diverged = null, CancellationToken cancellation = default)
    {
        ExperimentSpec.DemandWhole(specs);
        ReadAhead(specs);
        var known = specs.Select(spec => (Spec: spec, Record: records?.Find(spec))).ToList();
        RunResult[] recorded = [.. known.Select(pair => pair.Record).OfType<RunResult>()];
        return Run<IReadOnlyList<RunResult>>(specs, job =>
        {
            if (!job.IsPlanning) SayRecorded(recorded, specs.Count - recorded.Length);
            this.Share(job, [.. known.Where(pair => pair.Record is null).Select(pair => (pair.Spec, (Action<Experiment>)Make))], Settings.Control, diverged is not null);
            var flows = known.Select(pair => pair.Record is { } record ? () => record : Flow(pair.Spec, job, diverged)).ToList();
            return () => flows.OfType<Func<RunResult>>().Select(read => read()).ToList();
        }, cancellation);

        void Make(Experiment experiment) => experiment.Run(Settings.Control);
    }

    /// <summary>What records and cache know of experiments; nothing is computed.</summary>
    /// <param name="specs">Specs as they are to run.</param>
    /// <returns>One result per experiment that is known whole, in order; the others are left out.</returns>
    public IReadOnlyList<RunResult> Known(IReadOnlyList<ExperimentSpec> specs)
    {
        ReadAhead(specs);
        return RunAsIs([.. specs.Where(spec => IsRecorded(spec) || Planned(job => Experiment(spec, job).Run(Settings.Control)).Stages.All(cache.Holds))]);
    }

    /// <summary>What is left to compute of experiments, roughly: stages that neither records nor cache hold, and images in training steps; a pass without a step counts a third.</summary>
    /// <param name="specs">Specs as they are to run, all on as many images.</param>
    public (int Stages, double Images) Outstanding(IReadOnlyList<ExperimentSpec> specs)
    {
        var (stages, work) = Planned(job => specs.Where(spec => !IsRecorded(spec)).Select(spec => Experiment(spec, job).Run(Settings.Control)).ToList()).Open;
        return (stages, work * specs.Select(spec => spec.Data.Classes * (spec.Data.TrainOfClass ?? 0) * (1 - spec.Data.UnseenShare)).DefaultIfEmpty(0).Max());
    }

    /// <summary>Training images a second of an experiment's network on <see cref="Device"/>: measured now, on images made up for it: a few seconds, on a processor at least eight batches.</summary>
    /// <param name="spec">Spec as it is to run.</param>
    /// <param name="cancellation">Stops it.</param>
    /// <exception cref="Fault">The network cannot be made or trained here.</exception>
    public double Speed(ExperimentSpec spec, CancellationToken cancellation = default)
    {
        Compute.UseThreads(threads);
        try
        {
            return Pace.Of(spec, Device, OrCell(cancellation));
        }
        catch (InvalidOperationException fault)
        {
            throw new Fault(fault.Message, fault);
        }
    }

    /// <summary>The images of a result, to be looked at; null where their files are not on this machine.</summary>
    /// <param name="data">The result's data spec, as it ran.</param>
    /// <exception cref="Fault">A file of the set is not what it should be.</exception>
    public RawImages? Pictures(DataSpec data) => IsHere(data.Benchmark) ? shelf.Read(data) : null;

    /// <inheritdoc/>
    public void Dispose() => sets.Dispose();

    /// <summary>One job from its check to its end. Its flow is walked twice: first to know its stages, then to make them; what it returns reads them.</summary>
    internal T Run<T>(IReadOnlyList<ExperimentSpec> specs, Func<Job, Func<T>> flow, CancellationToken cancellation)
    {
        var job = Planned(flow, cancellation);
        Check(specs, isElsewhere: false, job);
        Compute.UseThreads(threads);
        cell?.Begin();
        var isWhole = false;
        try
        {
            SayKeptElsewhere(job);
            job.IsPlanning = false;
            var result = flow(job)();
            isWhole = true;
            return result;
        }
        finally
        {
            cell?.End(isWhole);
        }
    }

    internal Experiment Experiment(ExperimentSpec spec, Job job) => new(spec, sets, job);

    /// <summary>Refuses experiments of which any cannot run here, or where they are to run elsewhere, anywhere; nothing is computed.</summary>
    internal void Check(IReadOnlyList<ExperimentSpec> specs, bool isElsewhere = false) => Check(specs, isElsewhere, Planned(job => specs.Select(spec => Experiment(spec, job).Run(Settings.Control)).ToList()));

    /// <summary>The records of one kind that this lab asks before it computes; null where it asks none.</summary>
    internal RecordShelf<T>? Records<T>(Func<string, IProgress<string>?, RecordShelf<T>> of) where T : class => Settings.Fresh ? null : Kept(of);

    /// <summary>The records of one kind that this lab may write; null where it has none.</summary>
    internal RecordShelf<T>? Kept<T>(Func<string, IProgress<string>?, RecordShelf<T>> of) where T : class => Settings.Records is { } folder ? of(folder, progress) : null;

    internal bool IsHere(Benchmark benchmark) => shelf.Find(benchmark) is not null;

    internal bool IsRecorded(ExperimentSpec spec) => records?.Find(spec) is not null;

    internal void SayExchanged(Benchmark wanted, Benchmark taken)
    {
        var sentence = $"{wanted.Name} is not on this machine and no record answers, so {taken.Name} takes its place in all of this; its numbers say nothing about {wanted.Name}. 'falw data fetch {wanted.Name}' fetches the images.";
        if (said.Add(sentence)) Say(sentence, isSteady: true);
    }

    internal void SayRecorded(Provenance origin) => Say($"From records: {Provenance.Words([origin])}. {Anew}", isSteady: true);

    internal void Say(string sentence, bool isSteady = false) => progress.Report(new LabProgress(LabEvent.Notice, sentence) { IsSteady = isSteady });

    private void ReadAhead(IReadOnlyList<ExperimentSpec> specs) => records?.ReadAhead(specs.Select(Stage.Unlearned));

    private static CancellationToken OrCell(CancellationToken given) => given.CanBeCanceled ? given : NotebookHost.Cancellation;

    private Job Planned<T>(Func<Job, T> flow, CancellationToken cancellation = default)
    {
        var job = new Job(cache, Device, progress, OrCell(cancellation));
        flow(job);
        return job;
    }

    private Func<RunResult>? Flow(ExperimentSpec spec, Job job, Action<ExperimentSpec, DivergedException>? diverged)
    {
        try
        {
            return Experiment(spec, job).Run(Settings.Control);
        }
        catch (DivergedException fault) when (diverged is not null)
        {
            diverged(spec, fault);
            return null;
        }
    }

    // Everything wrong with any spec at once, each fault with the specs that have it: whoever mends one spec should not have to wait to hear of the next.
    private void Check(IReadOnlyList<ExperimentSpec> specs, bool isElsewhere, Job job)
    {
        var missing = job.Stages.Any(stage => !cache.Holds(stage)) || cache.Fresh;
        var faults =
            (from item in specs.Index()
             from fault in item.Item.Faults().Concat(missing && !IsRecorded(item.Item) ? Lacks(item.Item, isElsewhere) : [])
             group item by fault).ToList();
        if (faults.Count == 0) return;
        var broken = faults.SelectMany(fault => fault).Select(item => item.Index).Distinct().Count();
        var recorded = specs.Any(spec => !IsHere(spec.Data.Benchmark) && IsRecorded(spec)) ? " Records answer for the others; run without these, or fetch the images: images of another set are never put beside recorded ones." : "";
        throw new Fault(Invariant($"{broken} of {specs.Count} experiment{(specs.Count == 1 ? "" : "s")} cannot run, so nothing was computed.{recorded}")
            + string.Concat(faults.Select(fault => $"\n  {Names([.. fault.Select(item => item)])}: {fault.Key}")));
    }

    private IEnumerable<string> Lacks(ExperimentSpec spec, bool isElsewhere)
    {
        if (!IsHere(spec.Data.Benchmark)) yield return shelf.Lack(spec.Data.Benchmark);
        else if (DrawFault(spec) is { } undrawn) yield return undrawn;
        var method = spec.Unlearner is Reweighted drawn ? drawn.Host : spec.Unlearner;
        var precision = (method is SaliencyMask mask ? mask.Host : method as GradientUnlearner)?.Precision;
        if (!isElsewhere && (precision == Precision.BFloat16 || spec.Training.Precision == Precision.BFloat16) && BFloat16Support.WhyNot(Device) is { } reason)
            yield return BFloat16Support.Refusal(reason);
    }

    // Where only the images tell how many a class has, or who is named: before Original is trained for nothing.
    private string? DrawFault(ExperimentSpec spec)
    {
        if (spec.Confusion is not null || (spec.Data.Forget.Images is null && spec.Data.TrainOfClass is not null) || spec.Faults().Any()) return null;
        try
        {
            return spec.Unlearner.LacksUnseen(spec.Weighting, sets.Splits(spec).ClassesWithoutUnseen, spec.Data.Forget.Images is not null);
        }
        catch (Fault fault)
        {
            return fault.Message;
        }
    }

    private static string Names(IReadOnlyList<(int Index, ExperimentSpec Spec)> specs)
    {
        var names = string.Join("; ", specs.Take(Named).Select(item => Invariant(
            $"{item.Index + 1}. {item.Spec.Label}, {item.Spec.Data.Benchmark.Name}, gamma {item.Spec.Data.Forget.Gamma}, seed {item.Spec.Seeds.Unlearning}")));
        return specs.Count > Named ? Invariant($"{names} and {specs.Count - Named} more") : names;
    }

    private void SayKeptElsewhere(Job job)
    {
        var kept = job.Stages.Where(stage => !cache.HoldsHere(stage)).Select(cache.Elsewhere).Where(others => others.Count > 0).ToList();
        if (kept.Count == 0 || cache.Fresh) return;
        var grounds = string.Join(" and on ", kept.SelectMany(others => others).Distinct(StringComparer.Ordinal).Select(footing => footing.Replace('-', ' ')));
        Say(Invariant($"{kept.Count} of {job.Stages.Count} stages are kept, but were computed on {grounds}; this lab computes on {cache.Footing.Replace('-', ' ')}, where sums are rounded differently. ")
            + (cache.AnyGround ? "They are used as they are, because AnyGround was asked for." : "They are computed anew; --any-ground (AnyGround in the settings of a lab) takes them as they are."));
    }

    private void SayRecorded(IReadOnlyList<RunResult> recorded, int open)
    {
        foreach (var origin in RunResult.Origins(recorded)) Say($"From records, {origin} {Anew}", isSteady: true);
        var here = Machine.Provenance(Device);
        string[] others = [.. recorded.Select(result => result.Provenance).Where(origin => origin.Footing != here.Footing).Select(origin => origin.Ground).Distinct(StringComparer.Ordinal)];
        if (open == 0 || others.Length == 0) return;
        Say(Invariant($"{open} experiment{(open == 1 ? " is" : "s are")} computed here, on {here.Ground}, and stand{(open == 1 ? "s" : "")} beside records computed on {string.Join(" and on ", others)}; tables name both."));
    }

    // Who sets OMP_NUM_THREADS means it. A second thread adds little to a step of small networks, and on digits costs more than it brings: at Class one takes 43
    // seconds where two take 53 to 91. The number must not depend on how many processes there are, or one would not find what the other kept.
    private static int UseThreads(LabSettings asked, Scale scale)
    {
        var isSet = int.TryParse(Environment.GetEnvironmentVariable("OMP_NUM_THREADS"), NumberStyles.None, CultureInfo.InvariantCulture, out var n) && n > 0;
        return Compute.UseThreads(asked.Threads ?? (isSet ? n : scale.CarriesImages ? 1 : Math.Max(1, Compute.PhysicalCores() / 4)));
    }

    private sealed class Told(IProgress<LabProgress> listener) : IProgress<LabProgress>, IProgress<string>
    {
        public void Report(LabProgress value) => listener.Report(value);

        public void Report(string value) => Report(new LabProgress(LabEvent.Notice, value));
    }
}
