using System.Diagnostics;
using System.Globalization;
using FaLW.Data;

namespace FaLW.Cli;

/// <summary>SLURM's own commands. What they say when they fail is passed on, with what to do about it.</summary>
internal static class Slurm
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(90);

    // What SLURM says, in part, and what to do then. The first that fits.
    private static readonly (string Said, string Remedy)[] Remedies =
    [
        ("munge", "SLURM proves who you are by munge: 'munge -n | unmunge' must say Success here and on the nodes. Start munged, or give every machine the same key, then run the same command again."),
        ("authentication", "The munge key differs between machines, or their clocks do: give every machine the same key, then run the same command again."),
        ("Unable to contact slurm controller", "slurmctld does not answer; 'scontrol ping' shows where it is looked for. Start it, or ask whoever runs the cluster, then run the same command again."),
        ("configuration source", "This machine belongs to no cluster: log in to one that does, or use --dry-run, which only writes the scripts."),
        ("configuration file", "SLURM's configuration cannot be read here: log in where it can, or use --dry-run, which only writes the scripts."),
        ("partition", "'sinfo -s' lists the partitions; name one of them with --partition."),
        ("gres", "'sinfo -o \"%P %G\"' lists what the nodes have; name that with --gres, for example gpu:1."),
        ("--time", "--time is minutes, H:MM:SS or D-HH:MM:SS."),
        ("array specification", "The cluster takes fewer tasks in an array ('scontrol show config | grep MaxArraySize'); a larger --bundle makes fewer."),
        ("node configuration", "No node has what a task asks for: less in the template (#SBATCH --cpus-per-task, --mem), or another --gres."),
        ("account", "Name your account in the template (#SBATCH --account=...)."),
    ];

    /// <summary>Submits a script and returns the number of its job.</summary>
    /// <exception cref="Fault">It was not taken.</exception>
    public static string Submit(params IEnumerable<string> arguments) => Asked("sbatch", ["--parsable", .. arguments]).Trim().Split(';')[0];

    /// <summary>Takes jobs back; those that have ended already stay ended.</summary>
    public static void Cancel(params IEnumerable<string> jobs) => Asked("scancel", [.. jobs]);

    /// <summary>Names and numbers of a user's jobs that wait or run.</summary>
    /// <exception cref="Fault">SLURM does not answer.</exception>
    public static IReadOnlyList<(string Job, string Name)> Live(string user) =>
        [.. Rows(Asked("squeue", "--noheader", $"--user={user}", "--format=%F|%j")).Select(row => (row[0], row[1])).Distinct()];

    /// <summary>
    /// How tasks of jobs stand: what squeue still knows, and of the rest what sacct knows, where the cluster keeps accounts. A task of neither has ended.
    /// </summary>
    /// <exception cref="Fault">SLURM does not answer.</exception>
    public static IReadOnlyDictionary<(string Job, string Task), TaskState> States(string user, IReadOnlyCollection<string> jobs)
    {
        var states = new Dictionary<(string, string), TaskState>();
        if (Start("sacct", ["--allocations", "--noheader", "--parsable2", $"--jobs={string.Join(',', jobs)}", "--format=JobID,State,NodeList,Elapsed"]) is (0, var accounts, _))
            foreach (var row in Rows(accounts).Where(row => row.Length == 4))
                foreach (var task in Tasks(row[0]))
                    states[(row[0].Split('_')[0], task)] = new TaskState(row[1].Split(' ')[0], "", row[2], row[3]);
        foreach (var row in Rows(Asked("squeue", "--noheader", "--states=all", "--array", $"--user={user}", "--format=%F|%K|%T|%N|%M|%r")).Where(row => jobs.Contains(row[0])))
            states[(row[0], row[1] == "N/A" ? "" : row[1])] = new TaskState(row[2], row[5] == "None" ? "" : row[5], row[3], row[4]);
        return states;
    }

    /// <summary>What to do about something that SLURM said.</summary>
    public static string Remedy(string said) =>
        Remedies.FirstOrDefault(pair => said.Contains(pair.Said, StringComparison.OrdinalIgnoreCase)).Remedy ?? "Mend that, then run the same command again.";

    // "7", "7_3", and tasks that never began in one row: "7_[1-4,6%2]".
    private static IEnumerable<string> Tasks(string job) => job.Split('_') is not [_, var tasks] ? [""]
        : from part in tasks.Trim('[', ']').Split('%')[0].Split(',')
          let ends = part.Split('-').Select(end => int.Parse(end, CultureInfo.InvariantCulture)).ToArray()
          from task in Enumerable.Range(ends[0], ends[^1] - ends[0] + 1)
          select task.ToString(CultureInfo.InvariantCulture);

    private static IEnumerable<string[]> Rows(string text) => text.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => line.Split('|'));

    private static string Asked(string program, params string[] arguments)
    {
        var (code, output, error) = Start(program, arguments) ?? throw new Fault(
            $"There is no {program} on this machine. Run this where SLURM's commands are, as a rule on a login node, or use --dry-run, which only writes the scripts.");
        if (code == 0) return output;
        var said = string.Join("; ", error.Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries).Select(line => line.Split(["error: ", "fatal: "], 2, StringSplitOptions.None)[^1]).Distinct());
        throw new Fault($"{program} failed: {said.TrimEnd('.')}. {Remedy(said)}");
    }

    private static (int Code, string Output, string Error)? Start(string program, IEnumerable<string> arguments)
    {
        using var patience = new CancellationTokenSource(Patience);
        var said = Task.Run(() => OtherProgram.Run(new ProcessStartInfo(program, arguments), patience.Token), CancellationToken.None);
        // What does not die when it is killed is not waited for.
        return said.Wait(Patience + TimeSpan.FromSeconds(5), CancellationToken.None) && !patience.IsCancellationRequested ? said.Result
            : throw new Fault(FormattableString.Invariant($"{program} has not answered for {Patience.TotalSeconds:0} seconds. {Remedies[2].Remedy}"));
    }
}

/// <summary>How one task of a job stands, in SLURM's words (PENDING, RUNNING, TIMEOUT, ...). Why it waits or ended so, and where, may be empty.</summary>
internal sealed record TaskState(string State, string Reason, string Node, string Elapsed)
{
    public bool IsWaiting => State is "PENDING" or "REQUEUED" or "REQUEUE_HOLD" or "REQUEUE_FED" or "SPECIAL_EXIT" or "RESV_DEL_HOLD";

    public bool IsRunning => State is "RUNNING" or "COMPLETING" or "CONFIGURING" or "SUSPENDED" or "STOPPED" or "STAGE_OUT" or "SIGNALING" or "RESIZING";
}
