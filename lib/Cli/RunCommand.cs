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
    public static Command Create(Terminal terminal)
    {
        var (study, scale, data, seeds, device) =
            (Options.AnyStudy(), Options.Scale(), Options.Data(), Options.Seeds(), Options.Device());
        var (folder, anyGround) = (Options.Out("Folder for results and report; by default one per study and scale under your home folder."), Options.AnyGround());
        var fresh = new Option<bool>("--fresh") { Description = "Compute everything anew, whatever is kept or recorded." };
        var own = new Option<bool>("--no-records") { Description = "Compute here instead of taking records that travel with the repository; what this machine has kept still counts." };
        var keep = new Option<bool>("--keep") { Description = $"Write the results as records into data/results of the repository, or into {RecordShelf.Variable}." };
        var fetch = new Option<bool>("--fetch") { Description = "First download the study's image set from its official site where it is not on this machine; without a network the job goes on without." };
        var (processes, helps, known, part, plan) = (Options.Processes(), Options.Helps(), Options.KnownOnly(), Options.Part(), Options.Plan());
        var command = new Command("run", "Run a study. Stop it whenever you like: the same command goes on where it stopped.") { study, scale, data, seeds, device, folder, fresh, own, keep, fetch, processes, helps, anyGround, known, part, plan };
        var slurm = new SlurmOptions().AddTo(command);
        command.SetAction(parsed =>
        {
            var name = parsed.GetRequiredValue(study);
            var plain = new RunOrder(
                name.Runs ?? Study.Main, parsed.GetRequiredValue(scale) with { Data = parsed.GetValue(data) }, parsed.GetValue(seeds), parsed.GetRequiredValue(device), parsed.GetValue(fresh), !parsed.GetValue(own), parsed.GetValue(keep))
            {
                AskedProcesses = parsed.GetValue(processes),
                Helps = parsed.GetValue(helps),
                AnyGround = parsed.GetValue(anyGround),
                KnownOnly = parsed.GetValue(known),
                Part = parsed.GetValue(part),
                PlanOnly = parsed.GetValue(plan),
            };
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
        if (name.Audits is not { } audits) return Run(plain, ResultFolder.Of(folder, plain), sweep, terminal, cancellation);
        if (sweep is not null) throw new Fault($"Study {audits.Name} is an ensemble; run it in a job of its own, without --on slurm.");
        var order = AuditOrder.Of(audits, plain);
        return AuditJob.Run(order, ResultFolder.Of(folder, order), terminal, cancellation);
    }

    /// <summary>Runs an order to its report; a search writes what it decided. A method that diverged is told and left out. With a sweep its jobs are submitted instead.</summary>
    public static int Run(RunOrder order, ResultFolder place, SlurmOrder? sweep, Terminal terminal, CancellationToken cancellation)
    {
        if (sweep is not null) return SweepCommand.Run(order, place, sweep, terminal);
        if (order.PlanOnly) return Plan(order, terminal);
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

    private static int Plan(RunOrder order, Terminal terminal)
    {
        ProgressView.Over(terminal, listener =>
        {
            using var lab = Lab.Open(order.Scale, order.Settings(listener));
            var specs = lab.Specs(order.Study, order.Seeds);
            terminal.Output.WriteLine(order.Heading(specs, lab.Device));
            terminal.Output.WriteLine(order.Outstanding(lab, specs));
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

/// <summary>What was asked of <c>falw run</c>.</summary>
internal sealed record RunOrder(Study Study, Scale Scale, int Seeds, string Device, bool Fresh, bool UseRecords, bool Keep)
{
    /// <summary>Processes that are to share the work, this one among them; null leaves it to the machine.</summary>
    public int? AskedProcesses { get; init; }

    /// <summary>Processes that share the work.</summary>
    public int Processes => AskedProcesses ?? (Fresh ? 1 : Crew.Processes(Device));

    /// <summary>Whether others are started to share it: not where nothing is to be computed.</summary>
    public bool IsShared => !Helps && !KnownOnly && !PlanOnly && !Study.IsView && Processes > 1;

    /// <summary>Whether this is one of the others: it computes, and reports nothing.</summary>
    public bool Helps { get; init; }

    /// <summary>Whether stages count that were computed on another ground.</summary>
    public bool AnyGround { get; init; }

    /// <summary>The stretch of the study to compute; null for all of it.</summary>
    public Stretch? Part { get; init; }

    /// <summary>Whether to say how much is left instead of computing it.</summary>
    public bool PlanOnly { get; init; }

    /// <summary>Whether to compute nothing and take what is known.</summary>
    public bool KnownOnly { get; init; }

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
        Study.PilotSeeds ? "tune" : "run", study, "--scale", Scale.Name, .. Scale.Data is { } data ? ["--data", data.Name] : Array.Empty<string>(),
        "--seeds", Seeds.ToString(CultureInfo.InvariantCulture), "--device", device, .. UseRecords ? Array.Empty<string>() : ["--no-records"],
    ];

    /// <summary>How much is left, in a sentence.</summary>
    public string Outstanding(Lab lab, IReadOnlyList<ExperimentSpec> specs)
    {
        var (stages, images) = lab.Outstanding(Part?.Of(specs) ?? specs);
        return FormattableString.Invariant(
            $"Left to compute: {(IsRace ? "at most " : "")}{stages} stages, {images / 1e6:0.##} million images in training steps; at {Speed:N0} images a second (assumed, not measured) {images / Speed / 60:0.#} minutes.");
    }

    /// <summary>How many work on it, as the end of a sentence; empty for one.</summary>
    public string Company => IsShared ? FormattableString.Invariant($", in {Processes} processes") : "";

    // What a fast GPU may do with ResNet-18 on images of 32 pixels.
    private const double Speed = 10_000;

    /// <summary>The first line a reader sees: what runs, on which images, where, how often.</summary>
    public string Heading(IReadOnlyList<ExperimentSpec> specs, TorchSharp.torch.Device device)
    {
        var benchmark = specs[0].Data;
        return FormattableString.Invariant(
            $"{Study.Title}: scale {Scale.Name} ({Scale.Size}), {benchmark.Benchmark.Name}, {benchmark.Classes} classes, {Seeds} seed{(Seeds == 1 ? "" : "s")}, {(Study.PilotSeeds ? "at most " : "")}{specs.Count} runs, on {Machine.NameOf(device)}{Company}.");
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
    public static int Run(AuditOrder order, ResultFolder place, Terminal terminal, CancellationToken cancellation)
    {
        if (!order.How.Helps) place.Prepare(order.Study.Name);
        AuditResult? result = null;
        Crew.Over(order.How, order.Study.Name, terminal, listener =>
        {
            using var lab = Lab.Open(order.How.Scale, order.How.Settings(listener));
            if (!order.How.Helps) terminal.Error.WriteLine(order.Heading(lab));
            result = lab.Audit(order.Study, cancellation);
        });
        if (order.How.Helps) return ExitCode.Done;
        place.Write(result!, order.Study);
        terminal.Output.Write(AuditTable.Of(result!).ToText());
        if (order.How.Keep) RecordKeeping.Keep(result!, terminal);
        terminal.Output.WriteLine($"Results and report: {place.Path}");
        return ExitCode.Done;
    }
}

/// <summary>What was asked of <c>falw run</c> with a study of audits.</summary>
/// <param name="Study">The study.</param>
/// <param name="How">Scale, device and the rest, as for any study; its own study is not looked at.</param>
internal sealed record AuditOrder(AuditStudy Study, RunOrder How)
{
    /// <summary>The order, unless it asks for seeds, of which a study of audits has its own number, or for less than the whole, which is one job.</summary>
    /// <exception cref="Fault">It does.</exception>
    public static AuditOrder Of(AuditStudy study, RunOrder how) => how is { PlanOnly: true } or { KnownOnly: true } or { Part: not null }
        ? throw new Fault($"Study {study.Name} is one job that is computed as a whole, or comes from its record; leave --plan, --known-only and --part out.")
        : how.Seeds == 1 ? new AuditOrder(study, how) : throw new Fault($"Study {study.Name} has its own number of models at every scale ('falw study show {study.Name}' tells); leave --seeds out.");

    /// <summary>The first line a reader sees: what runs, on which images, how many models, where.</summary>
    public string Heading(Lab lab)
    {
        var spec = lab.Rewrite(Study);
        var data = spec.Experiments[0].Data;
        return FormattableString.Invariant(
            $"{Study.Title}: scale {How.Scale.Name} ({How.Scale.Size}), {data.Benchmark.Name}, {data.Classes} classes, {spec.Experiments.Count} methods, {spec.Models} seeds, {spec.Shadows} shadows with {spec.Draws} forget sets each, on {Machine.NameOf(lab.Device)}{How.Company}.");
    }
}
