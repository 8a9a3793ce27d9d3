using System.Globalization;
using System.Text.Json;
using System.Text.RegularExpressions;
using FaLW.Data;
using FaLW.Experiments;

namespace FaLW.Cli;

/// <summary>
/// A sweep as it was submitted: all that its tasks and its status need. The name, with which those of its jobs begin, is equal for two submissions of one study
/// into one cache. Of each level there are the tasks of its array, each with what it makes, in order; a level of which nothing is left has none.
/// </summary>
internal sealed record Sweep(string Heading, string Name, string User, string Scale, string Device, bool Control, string Cache, SortedDictionary<string, IReadOnlyList<IReadOnlyList<Portion>>> Arrays)
{
    /// <summary>The name of the last job, which has no array.</summary>
    public const string Report = "report";

    /// <summary>Lies in the cache from the submission on: a task that does not find it has another cache before it.</summary>
    public string Mark => Path.Combine(Cache, "sweeps", Name);

    /// <summary>The arrays in the order of levels.</summary>
    public IEnumerable<KeyValuePair<string, IReadOnlyList<IReadOnlyList<Portion>>>> InOrder => Portion.Levels.Where(Arrays.ContainsKey).Select(level => KeyValuePair.Create(level, Arrays[level]));

    /// <summary>How much a job is, in words.</summary>
    public string Size(string job) => Arrays.TryGetValue(job, out var tasks)
        ? FormattableString.Invariant($"{Counted(tasks.Count, "task")} for {Counted(tasks.Sum(task => task.Count), job == Portion.Levels[2] ? "experiment" : "model")}") : "table and report of what is there then";

    private static string Counted(int count, string noun) => FormattableString.Invariant($"{count} {noun}{(count == 1 ? "" : "s")}");
}

/// <summary>
/// One submission of a sweep in its results folder, <c>slurm/1</c> and so on: the list of its tasks, the scripts, the numbers of its jobs, the logs. A
/// later submission has a folder of its own, so that what a waiting task reads never changes.
/// </summary>
internal sealed partial class SweepFolder
{
    private const string SweepFile = "sweep.json", JobsFile = "jobs.json", Ground = "ground-";

    /// <summary>A submission as a task names it.</summary>
    public SweepFolder(string path) => Path = System.IO.Path.GetFullPath(path);

    public string Path { get; }

    /// <summary>The submission after all there are.</summary>
    public static SweepFolder Next(string results) => new(System.IO.Path.Combine(results, "slurm", FormattableString.Invariant($"{Numbers(results).DefaultIfEmpty(0).Max() + 1}")));

    /// <summary>The last submission whose jobs were taken.</summary>
    /// <exception cref="Fault">There is none.</exception>
    public static SweepFolder Last(string results) =>
        Numbers(results).OrderDescending().Select(number => new SweepFolder(System.IO.Path.Combine(results, "slurm", FormattableString.Invariant($"{number}")))).FirstOrDefault(folder => File.Exists(folder[JobsFile]))
        ?? throw new Fault($"No sweep was submitted from {System.IO.Path.GetFullPath(results)}; name the folder that 'falw run --on slurm' said at its end, or that --out named.");

    /// <summary>The ground on which sweeps of these results compute, as their first task noted it by an empty file of that name; null before.</summary>
    public static string? Footing(string results) => !Directory.Exists(System.IO.Path.Combine(results, "slurm")) ? null
        : Directory.GetFiles(System.IO.Path.Combine(results, "slurm"), $"{Ground}*").Order(StringComparer.Ordinal).Select(file => System.IO.Path.GetFileName(file)[Ground.Length..]).FirstOrDefault();

    public string Script(string job) => this[$"{job}.sh"];

    public string Log(string job, string task) => System.IO.Path.Combine(Path, "logs", task.Length == 0 ? $"{job}.log" : $"{job}-{task}.log");

    /// <summary>Writes the list and the scripts, one for each array and one for the report.</summary>
    public void Write(Sweep sweep, IReadOnlyDictionary<string, string> scripts)
    {
        Directory.CreateDirectory(System.IO.Path.Combine(Path, "logs"));
        WholeFile.Write(this[SweepFile], JsonSerializer.Serialize(sweep, CanonicalJson.Readable));
        foreach (var (job, text) in scripts) WholeFile.Write(Script(job), text);
    }

    /// <exception cref="Fault">It is not there, or not whole.</exception>
    public Sweep Read() => File.Exists(this[SweepFile])
        ? CanonicalJson.Load<Sweep>(this[SweepFile], "Submit the study again.")
        : throw new Fault($"There is no sweep in {Path} on {Environment.MachineName}. If it was submitted from another machine, its folder is not shared with this one: submit again with --out in a folder that every node sees.");

    public void WriteJobs(IReadOnlyDictionary<string, string> jobs) => WholeFile.Write(this[JobsFile], JsonSerializer.Serialize(jobs, CanonicalJson.Readable));

    public IReadOnlyDictionary<string, string> Jobs() => CanonicalJson.Load<Dictionary<string, string>>(this[JobsFile], "Submit the study again.");

    /// <summary>Holds all tasks to the ground of the first: where sums are rounded differently, nothing of the others would be used.</summary>
    /// <exception cref="Fault">This is another.</exception>
    public void HoldTo(string footing)
    {
        var results = Directory.GetParent(Path)!.Parent!.FullName;
        if (Footing(results) is null) File.Create(System.IO.Path.Combine(results, "slurm", Ground + footing)).Dispose();
        // Asked again, since another task may have begun at the same time.
        if (Footing(results) is { } first && first != footing)
            throw new Fault($"This task computes on {footing}, and the sweep began on {first}, where sums are rounded differently: nothing would fit together, and everything be computed twice. "
                + $"Choose nodes of one kind (--partition, --gres) and one number of threads; or, to begin anew on another ground, delete {System.IO.Path.Combine(results, "slurm", Ground + first)} and submit again.");
    }

    /// <summary>A template with its places filled in.</summary>
    /// <exception cref="Fault">It has a place that is not known, or lacks one that every job needs.</exception>
    public static string Filled(string template, IReadOnlyDictionary<string, string> places)
    {
        var text = File.Exists(template) ? File.ReadAllText(template) : throw new Fault($"The template {template} is not there; without --template environment/slurm.sh of the repository is taken.");
        if (places.Keys.FirstOrDefault(place => !text.Contains($"{{{{{place}}}}}", StringComparison.Ordinal)) is { } lost)
            throw new Fault($"The template {template} has no {{{{{lost}}}}}; environment/slurm.sh shows where it belongs.");
        return Place().Replace(text, found => places.TryGetValue(found.Groups["name"].Value, out var value) ? value
            : throw new Fault($"The template {template} has {found.Value}, but what is filled in is {string.Join(", ", places.Keys)}."));
    }

    private string this[string name] => System.IO.Path.Combine(Path, name);

    private static IEnumerable<int> Numbers(string results) => System.IO.Path.Combine(results, "slurm") is var folder && Directory.Exists(folder)
        ? Directory.GetDirectories(folder).Select(one => int.TryParse(System.IO.Path.GetFileName(one), NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : 0)
        : [];

    [GeneratedRegex(@"\{\{(?<name>\w+)\}\}", RegexOptions.ExplicitCapture, 60_000)]
    private static partial Regex Place();
}
