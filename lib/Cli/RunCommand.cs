using System.CommandLine;
using System.Globalization;
using FaLW.Data;
using FaLW.Experiments;
using FaLW.Figures;
using FaLW.Plots;
using FaLW.Studies;
using FaLW.Training;

namespace FaLW.Cli;

/// <summary><c>falw run STUDY</c>: every experiment of a study, its results as files, its table and its report.</summary>
internal static class RunCommand
{
    public static Command Create(Terminal terminal) => Create(
        terminal, new("run", "Run a study. Stop it whenever you like: the same command goes on where it stopped."), Options.AnyStudy(), Options.Seeds(),
        $"Write the results as records into data/results of the repository, or into {RecordShelf.Variable}.", isSearch: false);

    /// <summary>A command that computes a study. A search knows no results but its own, and wants all of them.</summary>
    public static Command Create(Terminal terminal, Command command, Argument<StudyName> study, Option<int> seeds, string keeping, bool isSearch)
    {
        var (scale, data, device) = (Options.Scale(), Options.Data(), Options.Device());
        var folder = Options.Out("Folder for results and report; by default one per study and scale under your home folder.");
        var fresh = new Option<bool>("--fresh") { Description = "Compute everything anew, whatever is kept or recorded." };
        var own = new Option<bool>("--no-records") { Description = "Compute here instead of taking records that travel with the repository; what this machine has kept still counts." };
        var keep = new Option<bool>("--keep") { Description = keeping };
        var fetch = new Option<bool>("--fetch") { Description = "First download the study's image set from its official site where it is not on this machine; without a network the job goes on without." };
        var (processes, helps, part) = (Options.Processes(), new Option<bool>("--helps") { Hidden = true }, Options.Part());
        var anyGround = new Option<bool>("--any-ground") { Description = "Take kept stages that another engine, device or number of threads computed; otherwise they are computed anew." };
        var known = new Option<bool>("--known-only") { Description = "Compute nothing: report what records and cache hold of the study, and name what is missing." };
        var plan = new Option<bool>("--plan") { Description = "Keep nothing: say how much of the study is left to compute and, after a few seconds of training, how long that takes here." };
        Option[] given = [scale, data, seeds, device, folder, fresh, own, keep, fetch, processes, helps, anyGround, known, part, plan];
        command.Add(study);
        foreach (var option in isSearch ? given.Except([fresh, own, fetch, anyGround]) : given) command.Add(option);
        var slurm = new SlurmOptions().AddTo(command);
        command.SetAction(parsed =>
        {
            var name = parsed.GetRequiredValue(study);
            var plain = new RunOrder(
                name.Runs ?? Study.Main, parsed.GetRequiredValue(scale) with { Data = parsed.GetValue(data) }, parsed.GetValue(seeds),
                parsed.GetRequiredValue(device), parsed.GetValue(fresh), !parsed.GetValue(own), parsed.GetValue(keep), parsed.GetValue(processes),
                parsed.GetValue(helps), parsed.GetValue(anyGround), parsed.GetValue(part), parsed.GetValue(plan), parsed.GetValue(known));
            var sweep = slurm.Of(parsed);
            using var interrupt = new Interrupt(terminal, plain.Helps);
            if (parsed.GetValue(fetch)) Fetching.Missing(Wanted(name, plain), DataShelf.Default(), terminal, interrupt.Token).GetAwaiter().GetResult();
            return Start(name, plain, parsed.GetValue(folder), sweep, terminal, interrupt.Token);
        });
        return command;
    }

    private static int Start(StudyName name, RunOrder plain, string? folder, SlurmOrder? sweep, Terminal terminal, CancellationToken cancellation)
    {
        if (plain is { KnownOnly: true, Fresh: true }) throw new Fault("--known-only takes what is known, and --fresh nothing of it; give one of them.");
        if (name.Audits is not { } audits) return Run(plain, ResultFolder.Of(folder, plain.Name, plain.Scale), sweep, terminal, cancellation);
        if (sweep is not null) throw new Fault($"Study {audits.Name} is an ensemble; run it in a job of its own, without --on slurm.");
        return AuditJob.Run(audits, plain, ResultFolder.Of(folder, audits.Name, plain.Scale), terminal, cancellation);
    }

    /// <summary>Runs an order to its report; a search writes what it decided. A method that diverged is told and left out. With a sweep its jobs are submitted instead.</summary>
    public static int Run(RunOrder order, ResultFolder place, SlurmOrder? sweep, Terminal terminal, CancellationToken cancellation)
    {
        if (sweep is not null) return SweepCommand.Run(order, place, sweep, terminal);
        if (order.PlanOnly) return Plan(order, terminal, cancellation);
        if (!order.Helps) place.Prepare(order.Study.Name, order.Study.PilotSeeds);
        IReadOnlyList<RunResult> results = [];
        IReadOnlyList<string> missing = [];
        var lost = new List<(ExperimentSpec Spec, DivergedException Fault)>();
        Crew.Over(order, order.Study.Name, terminal, listener =>
        {
            using var lab = Lab.Open(order.Scale, order.Settings(listener));
            var specs = lab.Specs(order.Study, order.Seeds);
            if (!order.Helps) terminal.Error.WriteLine(order.Heading(specs, lab.Device));
            results = order.Results(lab, specs, (spec, fault) => lost.Add((spec, fault)), cancellation);
            if (!order.Study.PilotSeeds) missing = Report.Missing(specs, results);
        });
        if (order.Helps) return ExitCode.Done;
        if (results.Count == 0 && lost.Count > 0) throw lost[0].Fault;
        if (results.Count == 0 && !order.Study.IsView)
            throw new Fault($"Nothing of study {order.Study.Name} is recorded or kept for scale {order.Scale}; without --known-only the same command computes it.");
        place.Write(results, order.Study, results.Count > 0 ? Protocol.ScaleOf(results[0].Spec) ?? order.Scale : order.Scale, missing);
        Show(order, results, missing, terminal);
        if (order.Keep) Keep(order, results, terminal);
        terminal.Output.WriteLine($"Results and report: {place.Path}");
        foreach (var (spec, fault) in lost)
            terminal.Error.WriteLine(FormattableString.Invariant($"{spec.Title}, seed {spec.Seeds.Unlearning}, is in no table. {fault.Message}"));
        return lost.Count == 0 || order.Study.PilotSeeds ? ExitCode.Done : ExitCode.Failed;
    }

    private static int Plan(RunOrder order, Terminal terminal, CancellationToken cancellation)
    {
        ProgressView.Over(terminal, listener =>
        {
            using var lab = Lab.Open(order.Scale, order.Settings(listener));
            var specs = lab.Specs(order.Study, order.Seeds);
            terminal.Output.WriteLine(order.Heading(specs, lab.Device));
            terminal.Output.WriteLine(order.Outstanding(lab, specs, cancellation));
        });
        return ExitCode.Done;
    }

    private static void Show(RunOrder order, IReadOnlyList<RunResult> results, IReadOnlyList<string> missing, Terminal terminal)
    {
        if (order.Study.PilotSeeds) terminal.Output.Write(SearchTable.Of(Pilot.Of(results, order.IsWhole ? order.Seeds : null)).ToText());
        else if (results.Count > 0) ResultTable.Write(results, terminal);
        if (Grounds.Of(results) is { Length: > 0 } grounds) terminal.Output.WriteLine(grounds);
        foreach (var sentence in missing) terminal.Error.WriteLine(sentence);
        if (!order.Study.IsView) return;
        if (missing.Count > 0) terminal.Error.WriteLine(FormattableString.Invariant($"Study {order.Study.Name} computes nothing; 'falw run main --scale {order.Scale} --seeds {order.Seeds}' computes what is missing."));
        if (!DataShelf.Default().TrainCounts(Benchmark.Cifar100).AreCounted)
            terminal.Error.WriteLine("CIFAR-100 is not on this machine, so its labels were not read: part (a) takes 500 training images of each of the 100 classes, as the set is published.");
    }

    private static IEnumerable<Benchmark> Wanted(StudyName name, RunOrder order) => name.Audits is { } audits
        ? [order.Scale.Data ?? audits.OfScale(order.Scale).Benchmark]
        : order.Scale.Rewrite(order.Study.Specs(order.Scale, 1), _ => true, _ => false).Select(spec => spec.Data.Benchmark);

    private static void Keep(RunOrder order, IReadOnlyList<RunResult> results, Terminal terminal)
    {
        RecordKeeping.Keep(results, order.RecordsFolder, terminal);
        if (order is { Study.PilotSeeds: true, IsWhole: true }) TuningFile.Write(Tuning.Of(order.Study, order.Scale, results, order.Seeds), terminal);
    }
}

/// <summary>
/// What was asked of <c>falw run</c>. Where no number of processes is asked for the machine decides, and without a part it is the whole study. One that
/// helps is a process beside the one that was asked: it computes, and reports nothing.
/// </summary>
internal sealed record RunOrder(
    Study Study, Scale Scale, int Seeds, string Device, bool Fresh, bool UseRecords, bool Keep, int? AskedProcesses, bool Helps, bool AnyGround,
    Stretch? Part, bool PlanOnly, bool KnownOnly)
{
    /// <summary>What its folder and its jobs are called after.</summary>
    public string Name => $"{(Study.PilotSeeds ? "tune-" : "")}{Study.Name}";

    /// <summary>Processes that share the work.</summary>
    public int Processes => AskedProcesses ?? (Fresh ? 1 : Crew.Processes(Device));

    /// <summary>Whether others are started to share it: not where nothing is to be computed.</summary>
    public bool IsShared => !Helps && !KnownOnly && !PlanOnly && !Study.IsView && Processes > 1;

    /// <summary>Whether every run of the study is computed, or taken from where it is known, and none left out but what a search need not know.</summary>
    public bool IsWhole => Part is null && !KnownOnly;

    // A stretch of a search cannot know what the others find, and computes all of its runs.
    private bool IsRace => Study.PilotSeeds && Part is null;

    /// <summary>Where its records are: a search has its own.</summary>
    public string RecordsFolder => Study.PilotSeeds ? RecordShelf.PilotFolder : RecordShelf.DefaultFolder;

    public LabSettings Settings(IProgress<LabProgress> listener) => new()
    {
        Device = Device,
        Fresh = Fresh,
        Records = UseRecords ? RecordsFolder : null,
        Processes = Processes,
        Control = !Study.PilotSeeds,
        AnyGround = AnyGround,
        Progress = listener,
    };

    /// <summary>The results of the order: of the whole study, of what is known of it, or, after a stretch, of that and all else that is known.</summary>
    public IReadOnlyList<RunResult> Results(Lab lab, IReadOnlyList<ExperimentSpec> specs, Action<ExperimentSpec, DivergedException> diverged, CancellationToken cancellation)
    {
        if (KnownOnly || Study.IsView) return lab.Known(specs);
        if (IsRace) return lab.Run(Study, Seeds, diverged, cancellation);
        var own = lab.RunAsIs(Part?.Of(specs) ?? specs, diverged, cancellation);
        return Part is null || Fresh || Helps ? own : lab.Known(specs);
    }

    /// <summary>The command that reports what of the order is known, as the last job of a sweep.</summary>
    public IEnumerable<string> Report(string device, string place) => [.. Words(Study.Name, device), "--out", place, "--known-only", .. Keep ? ["--keep"] : Array.Empty<string>()];

    /// <summary>The command of a process that helps with the order.</summary>
    public IEnumerable<string> Help(string study) =>
    [
        .. Words(study, Device), "--processes", Processes.ToString(CultureInfo.InvariantCulture), "--helps",
        .. Part is { } part ? ["--part", FormattableString.Invariant($"{part.Number}/{part.All}")] : Array.Empty<string>(), .. AnyGround ? ["--any-ground"] : Array.Empty<string>(),
    ];

    private IEnumerable<string> Words(string study, string device) =>
    [
        Study.PilotSeeds ? "tune" : "run", study, "--scale", Scale.ToString(), .. Scale.Data is { } data ? ["--data", data.Name] : Array.Empty<string>(),
        "--seeds", Seeds.ToString(CultureInfo.InvariantCulture), "--device", device, .. UseRecords ? Array.Empty<string>() : ["--no-records"],
    ];

    /// <summary>How much is left, in a sentence.</summary>
    public string Outstanding(Lab lab, IReadOnlyList<ExperimentSpec> specs, CancellationToken cancellation)
    {
        var (stages, images) = lab.Outstanding(Part?.Of(specs) ?? specs);
        return FormattableString.Invariant(
            $"Left to compute: {(IsRace ? "at most " : "")}{stages} stages, {images / 1e6:0.##} million images in training steps{(stages == 0 ? "" : Time(lab, specs[0], images, cancellation))}.");
    }

    // What this machine takes, of which the network of Original is asked; nobody computes the paper's scale on a processor.
    private string Time(Lab lab, ExperimentSpec spec, double images, CancellationToken cancellation)
    {
        var onProcessor = Machine.NameOf(lab.Device) == "cpu";
        if (onProcessor && Scale.IsPapers) return Sentence(OfGpu, "assumed of a GPU, not measured");
        var (speed, shares) = (lab.Speed(spec, cancellation), onProcessor ? Processes : 1);
        return Sentence(speed * shares, shares == 1 ? "measured just now" : FormattableString.Invariant($"measured just now in one process, times {shares}"));

        string Sentence(double all, string origin) => FormattableString.Invariant($"; at {all:N0} images a second ({origin}) {RemainingTime.Words(TimeSpan.FromSeconds(images / all))}");
    }

    /// <summary>How many work on it, as the end of a sentence; empty for one.</summary>
    public string Company => IsShared ? FormattableString.Invariant($", in {Processes} processes") : "";

    // What a fast GPU may do with ResNet-18 on images of 32 pixels.
    private const double OfGpu = 10_000;

    /// <summary>The first line a reader sees: what runs, on which images, where, how often.</summary>
    public string Heading(IReadOnlyList<ExperimentSpec> specs, TorchSharp.torch.Device device)
    {
        var benchmark = specs[0].Data;
        return FormattableString.Invariant(
            $"{Study.Title}: scale {Scale} ({Scale.Size}), {benchmark.Benchmark.Name}, {benchmark.Classes} classes, {Seeds} seed{(Seeds == 1 ? "" : "s")}, {(Study.PilotSeeds ? "at most " : "")}{specs.Count} runs, on {Machine.NameOf(device)}{Company}.");
    }
}

/// <summary>One of several equal stretches of a study, so that several short turns or several machines can share it.</summary>
/// <param name="Number">Which, from 1.</param>
/// <param name="All">How many there are.</param>
internal sealed record Stretch(int Number, int All)
{
    /// <summary>The experiments of this stretch, in order; together the stretches are the study.</summary>
    public IReadOnlyList<ExperimentSpec> Of(IReadOnlyList<ExperimentSpec> specs) =>
        [.. specs.Take((int)((long)specs.Count * Number / All)).Skip((int)((long)specs.Count * (Number - 1) / All))];

    /// <summary>Reads "3/7".</summary>
    /// <exception cref="Fault">It is not that.</exception>
    public static Stretch Parse(string text) =>
        text.Split('/') is [var first, var last] && int.TryParse(first, NumberStyles.None, CultureInfo.InvariantCulture, out var number)
            && int.TryParse(last, NumberStyles.None, CultureInfo.InvariantCulture, out var all) && number >= 1 && number <= all
            ? new Stretch(number, all)
            : throw new Fault($"--part is {text}, but must be two whole numbers like 3/7: the third of seven stretches.");
}

/// <summary><c>falw run audits</c>: a study of audits to its table, its report and, where asked, its record.</summary>
internal static class AuditJob
{
    public static int Run(AuditStudy study, RunOrder how, ResultFolder place, Terminal terminal, CancellationToken cancellation)
    {
        if (how is { PlanOnly: true } or { KnownOnly: true } or { Part: not null })
            throw new Fault($"Study {study.Name} is one job that is computed as a whole, or comes from its record; leave --plan, --known-only and --part out.");
        if (how.Seeds != 1) throw new Fault($"Study {study.Name} has its own number of models at every scale ('falw study show {study.Name}' tells); leave --seeds out.");
        if (!how.Helps) place.Prepare(study.Name);
        AuditResult? result = null;
        Crew.Over(how, study.Name, terminal, listener =>
        {
            using var lab = Lab.Open(how.Scale, how.Settings(listener));
            if (!how.Helps) terminal.Error.WriteLine(Heading(study, how, lab));
            result = lab.Audit(study, cancellation);
        });
        if (how.Helps) return ExitCode.Done;
        place.Write(result!, study);
        terminal.Output.Write(AuditTable.Of(result!).ToText());
        if (how.Keep) RecordKeeping.Keep(result!, terminal);
        terminal.Output.WriteLine($"Results and report: {place.Path}");
        return ExitCode.Done;
    }

    private static string Heading(AuditStudy study, RunOrder how, Lab lab)
    {
        var spec = lab.Rewrite(study);
        var data = spec.Experiments[0].Data;
        return FormattableString.Invariant(
            $"{study.Title}: scale {how.Scale} ({how.Scale.Size}), {data.Benchmark.Name}, {data.Classes} classes, {spec.Experiments.Count} methods, {spec.Models} seeds, {spec.Shadows} shadows with {spec.Draws} forget sets each, on {Machine.NameOf(lab.Device)}{how.Company}.");
    }
}
