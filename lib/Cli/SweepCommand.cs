using FaLW.Data;
using FaLW.Experiments;
using FaLW.Studies;

namespace FaLW.Cli;

/// <summary>
/// <c>falw run STUDY --on slurm</c>: job arrays over one cache. Originals and Retrains need nothing of each other; the experiments begin when all of
/// both ended well; the report when the last of them ended, however that was.
/// </summary>
internal static class SweepCommand
{
    /// <summary>Checks every experiment, writes the scripts and submits them.</summary>
    public static int Run(RunOrder order, ResultFolder place, SlurmOrder how, Terminal terminal)
    {
        Refuse(order, place, how);
        using var lab = Lab.Open(order.Scale, (order with { Device = "cpu" }).Settings(new ProgressLines(terminal.Error)));
        var specs = lab.Specs(order.Study, order.Seeds);
        var sweep = Planned(order, how, lab, specs, SweepFolder.Footing(place.Path));
        place.Prepare(order.Study.Name, order.Study.PilotSeeds);
        using var turn = Turn(sweep, order);
        if (!how.IsDry && Slurm.Live(sweep.User).Where(live => live.Name.StartsWith(sweep.Name + "-", StringComparison.Ordinal)).Select(live => live.Job).ToList() is { Count: > 0 } live)
            throw new Fault($"Study {order.Study.Name} is submitted already: job {string.Join(' ', live)}. Let it end ('falw status' shows how it stands), or end it (scancel {string.Join(' ', live)}), then run the same command again; nothing that is finished is lost.");
        var folder = SweepFolder.Next(place.Path);
        place.Guarded(() => folder.Write(sweep, Scripts(sweep, order, place, how, folder)));
        terminal.Output.WriteLine(sweep.Heading);
        if (how.IsDry) Show(sweep, folder, how, terminal);
        else Submit(sweep, folder, how, terminal);
        terminal.Output.WriteLine($"Scripts and logs: {folder.Path}");
        if (!how.IsDry) terminal.Output.WriteLine($"How it stands: {Checkout.Command} status {Quoted(place.Path)}");
        return ExitCode.Done;
    }

    private static void Refuse(RunOrder order, ResultFolder place, SlurmOrder how)
    {
        if (order.Study.IsView) throw new Fault($"Study {order.Study.Name} computes nothing; run it here, without --on slurm.");
        if (Checkout.IsTool) throw new Fault("The tasks of a sweep start environment/falw of a checkout that every node sees, and this is an installed tool. Clone the repository into a shared folder and run the command from there.");
        if (order.Fresh || order.KnownOnly || order.PlanOnly || order.AnyGround)
            throw new Fault("--on slurm does not go with --fresh, --known-only, --plan or --any-ground: tasks take from the cache what others made. To compute everything anew, set FALW_CACHE to an empty folder and give --no-records.");
        if (order.AskedProcesses is not null) throw new Fault("--processes does not go with --on slurm, where every task is a process of its own; --max-parallel says how many run at a time.");
        if (place.Path.Any(c => char.IsControl(c) || c is '"' or '\\' or '%')) throw new Fault($"SLURM takes no log in {place.Path}; name a folder without \", \\ and % with --out.");
        if (how.WantsGpu && order.Device != "cpu" && Variant == "cpu")
            throw new Fault("--gres asks for a GPU, but the kit is built for the processor. Build it for CUDA first and keep it so: export Torch=cuda; environment/falw --version; then run the same command again.");
    }

    // The build that the tasks are to find is this one: environment/falw builds anew where another is asked for.
    private static string Variant => File.Exists(Path.Combine(AppContext.BaseDirectory, "libtorch_cuda.so")) ? "cuda" : "cpu";

    private static Sweep Planned(RunOrder order, SlurmOrder how, Lab lab, IReadOnlyList<ExperimentSpec> specs, string? footing)
    {
        var cache = Path.GetFullPath(ExperimentCache.DefaultRoot);
        var portions = Portion.Of(lab, order.Part?.Of(specs) ?? specs, portion => footing is not null && portion.IsKept(cache, footing));
        var arrays = portions.GroupBy(portion => portion.Level).ToDictionary(level => level.Key, level => Portion.Tasks(level, how.Bundle));
        var place = CanonicalJson.Hash($"{cache} {order.Scale.Data?.Name}")[..4];
        return new Sweep(
            FormattableString.Invariant($"{order.Study.Title}: scale {order.Scale}, {specs[0].Data.Benchmark.Name}, {order.Seeds} seed{(order.Seeds == 1 ? "" : "s")}, {specs.Count} runs, in the cache {cache}."),
            $"falw-{order.Name}-{order.Scale}-{place}", Environment.UserName, order.Scale.ToString(),
            how.WantsGpu && order.Device == "auto" ? "cuda" : order.Device, !order.Study.PilotSeeds, cache, new(arrays, StringComparer.Ordinal));
    }

    // Held while a sweep is submitted, so that the same is not submitted twice at a time.
    private static FileStream Turn(Sweep sweep, RunOrder order) => ClosedPlace.Guard(
        () =>
        {
            Directory.CreateDirectory(Path.GetDirectoryName(sweep.Mark)!);
            return new FileStream(sweep.Mark, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
        },
        (reason, closed) => new Fault($"Study {order.Study.Name} cannot be submitted: {reason}. If another submission of it is under way, let that end; else set {ExperimentCache.Variable} to a folder you can write that every node sees.", closed));

    private static Dictionary<string, string> Scripts(Sweep sweep, RunOrder order, ResultFolder place, SlurmOrder how, SweepFolder folder)
    {
        var scripts = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var array in sweep.InOrder)
        {
            var most = how.MaxParallel is { } limit ? FormattableString.Invariant($"%{limit}") : "";
            var demands = how.Demands.Append(FormattableString.Invariant($"--array=1-{array.Value.Count}{most}"));
            scripts[array.Key] = Script(array.Key, folder.Log(array.Key, "%a"), demands, $"task {Quoted(folder.Path)} {array.Key} \"$SLURM_ARRAY_TASK_ID\"");
        }
        scripts[Sweep.Report] = Script(Sweep.Report, folder.Log(Sweep.Report, ""), how.Demands, string.Join(' ', order.Report(sweep.Device, place.Path).Select(Quoted)));
        return scripts;

        string Script(string job, string log, IEnumerable<string> demands, string command) => SweepFolder.Filled(how.Template, new Dictionary<string, string>(StringComparer.Ordinal)
        {
            ["name"] = $"{sweep.Name}-{job}",
            ["log"] = log,
            ["options"] = string.Join('\n', demands.Select(demand => $"#SBATCH {demand}")),
            ["environment"] = string.Join('\n', Variables(sweep).Select(pair => $"export {pair.Name}={Quoted(pair.Value)}")),
            ["command"] = $"{Quoted(Path.Combine(Checkout.Root(), Checkout.Command))} {command}",
        });
    }

    private static IEnumerable<(string Name, string Value)> Variables(Sweep sweep) =>
        new[] { DataShelf.Variable, RecordShelf.Variable }.Select(name => (Name: name, Value: Environment.GetEnvironmentVariable(name) ?? ""))
            .Where(pair => pair.Value.Length > 0).Select(pair => (pair.Name, Path.GetFullPath(pair.Value)))
            .Prepend((ExperimentCache.Variable, sweep.Cache)).Append(("Torch", Variant));

    // What sbatch is given for each job, with the numbers of the jobs before it, or their names where nothing is submitted.
    private static Dictionary<string, string> Jobs(Sweep sweep, SweepFolder folder, SlurmOrder how, Func<string, string[], string> submit)
    {
        var jobs = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var job in sweep.InOrder.Select(array => array.Key).Append(Sweep.Report))
        {
            // With a limit no two arrays may be at work at a time, or both would use it up.
            var after = job == Portion.Levels[2] && jobs.Count > 0 ? $"afterok:{string.Join(':', jobs.Values)}"
                : jobs.Count > 0 && (job == Sweep.Report || how.MaxParallel is not null) ? $"afterany:{jobs.Values.Last()}" : null;
            jobs[job] = submit(job, after is null ? [folder.Script(job)] : ["--kill-on-invalid-dep=yes", $"--dependency={after}", folder.Script(job)]);
        }
        return jobs;
    }

    private static void Show(Sweep sweep, SweepFolder folder, SlurmOrder how, Terminal terminal)
    {
        Jobs(sweep, folder, how, (job, arguments) =>
        {
            terminal.Output.WriteLine($"{job}=$(sbatch --parsable {string.Join(' ', arguments.Select(word => word.StartsWith('-') ? word : Quoted(word)))})   # {sweep.Size(job)}");
            return $"${job}";
        });
        terminal.Output.WriteLine("Nothing was submitted; without --dry-run these commands are.");
    }

    // All or none: a sweep of which a part was refused is taken back.
    private static void Submit(Sweep sweep, SweepFolder folder, SlurmOrder how, Terminal terminal)
    {
        var taken = new List<string>();
        try
        {
            var jobs = Jobs(sweep, folder, how, (job, arguments) =>
            {
                taken.Add(Slurm.Submit(arguments));
                terminal.Output.WriteLine($"Submitted: {job}, job {taken[^1]}, {sweep.Size(job)}");
                return taken[^1];
            });
            folder.WriteJobs(jobs);
        }
        catch when (taken.Count > 0)
        {
            Slurm.Cancel(taken);
            terminal.Error.WriteLine($"Job {string.Join(' ', taken)} was taken back.");
            throw;
        }
    }

    /// <summary>A word as a shell reads it.</summary>
    internal static string Quoted(string word) =>
        word.Length > 0 && word.All(c => char.IsAsciiLetterOrDigit(c) || c is '/' or '.' or '-' or '_' or '=' or ':' or ',') ? word : $"'{word.Replace("'", "'\\''", StringComparison.Ordinal)}'";
}
