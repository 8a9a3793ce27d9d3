using System.CommandLine;
using FaLW.Data;
using FaLW.Experiments;

namespace FaLW.Cli;

/// <summary><c>falw status DIR</c>: how a sweep on SLURM stands: what is kept, what runs and waits, and which task failed, with its experiment and its log.</summary>
internal static class StatusCommand
{
    private const int Shown = 3;

    // What ended a task, and what to do.
    private static readonly Dictionary<string, string> Remedies = new(StringComparer.Ordinal)
    {
        ["TIMEOUT"] = "The time limit ended it in the middle of a stage: that stage is lost, those before it are kept. Submit again with a longer --time.",
        ["OUT_OF_MEMORY"] = "Give it more memory in the template (#SBATCH --mem=...), and submit again.",
        ["FAILED"] = "Its log says why; mend that and submit again.",
        ["COMPLETED"] = "It ended well, but what it made is not in the cache any more; submit again.",
        [""] = "Its log says why; without a log it did not begin, or its node does not see the results folder. Submit again.",
    };

    public static Command Create(Terminal terminal)
    {
        var folder = new Argument<string>("DIR") { Description = "The results folder of the sweep, as --out named it or its submission said." };
        var command = new Command("status", "How a sweep on SLURM stands: what is kept, what runs and waits, and what failed, with its experiment and its log.") { folder };
        command.SetAction(parsed => Run(parsed.GetRequiredValue(folder), terminal));
        return command;
    }

    private static int Run(string results, Terminal terminal)
    {
        var folder = SweepFolder.Last(results);
        var (sweep, jobs, footing) = (folder.Read(), folder.Jobs(), SweepFolder.Footing(results));
        var states = States(sweep, jobs, terminal);
        terminal.Output.WriteLine(sweep.Heading);
        var failed = new List<Failure>();
        foreach (var (array, tasks) in sweep.InOrder)
        {
            var rows = tasks.Select((task, i) => new Failure(array, FormattableString.Invariant($"{i + 1}"), [.. task.Where(portion => footing is null || !portion.IsKept(sweep.Cache, footing))])).ToList();
            terminal.Output.WriteLine(FormattableString.Invariant($"  {array,-10} job {jobs[array]}: {tasks.Sum(task => task.Count) - rows.Sum(row => row.Left.Count)} of {tasks.Sum(task => task.Count)} kept")
                + (states is null ? "" : Counted(rows.Select(row => states.GetValueOrDefault((jobs[array], row.Task))))));
            failed.AddRange(rows.Where(row => states is not null && row.Left.Count > 0).Select(row => row with { State = states!.GetValueOrDefault((jobs[array], row.Task)) }).Where(row => row.HasEnded));
        }
        var report = states?.GetValueOrDefault((jobs[Sweep.Report], ""));
        if (report is { IsRunning: false, IsWaiting: false, State: not "COMPLETED" }) failed.Add(new Failure(Sweep.Report, "", []) { State = report });
        terminal.Output.WriteLine($"  {Sweep.Report,-10} job {jobs[Sweep.Report]}{(report?.State == "COMPLETED" ? ": done" : Counted([report]))}; it writes into {Path.GetFullPath(results)}");
        foreach (var alike in failed.GroupBy(failure => (failure.Array, failure.State?.State, failure.State?.Reason))) Tell(alike.ToList(), folder, terminal);
        return failed.Count == 0 && states is not null ? ExitCode.Done : ExitCode.Failed;
    }

    private static IReadOnlyDictionary<(string Job, string Task), TaskState>? States(Sweep sweep, IReadOnlyDictionary<string, string> jobs, Terminal terminal)
    {
        try
        {
            return Slurm.States(sweep.User, [.. jobs.Values]);
        }
        catch (Fault fault)
        {
            terminal.Error.WriteLine($"{fault.Message} What follows is what the cache holds.");
            return null;
        }
    }

    private static string Counted(IEnumerable<TaskState?> states)
    {
        var parts = states.OfType<TaskState>().Where(state => state.IsRunning || state.IsWaiting).GroupBy(state => state.IsRunning)
            .Select(alike => alike.Key
                ? FormattableString.Invariant($"{alike.Count()} running ({string.Join(", ", alike.Take(Shown).Select(state => $"{state.Node} {state.Elapsed}"))}{(alike.Count() > Shown ? ", ..." : "")})")
                : FormattableString.Invariant($"{alike.Count()} waiting") + (alike.Select(state => state.Reason).Where(reason => reason.Length > 0).Distinct().ToList() is { Count: > 0 } reasons ? $" ({string.Join(", ", reasons)})" : ""));
        return string.Concat(parts.Select(part => $"; {part}"));
    }

    private static void Tell(List<Failure> alike, SweepFolder folder, Terminal terminal)
    {
        var state = alike[0].State;
        terminal.Output.WriteLine(FormattableString.Invariant($"{alike.Count} task{(alike.Count == 1 ? "" : "s")} of {alike[0].Array} ended without a result: {state?.State ?? "SLURM has forgotten how"}{(state?.Reason is { Length: > 0 } reason ? $" ({reason})" : "")}. ")
            + Remedies.GetValueOrDefault(state?.State ?? "", "Submit again: it goes on from what is kept."));
        foreach (var failure in alike.Take(Shown))
        {
            var log = folder.Log(failure.Array, failure.Task);
            var made = failure.Left.Select(portion => $"{portion.Title} (key {portion.Key[..12]})").DefaultIfEmpty("table and report");
            terminal.Output.WriteLine($"  {(failure.Task.Length > 0 ? $"task {failure.Task}" : "job")}{(state?.Node is { Length: > 0 } ? $" on {failure.State!.Node}" : "")}: {string.Join("; ", made)}");
            terminal.Output.WriteLine(File.Exists(log) ? $"    {log}: {File.ReadLines(log).LastOrDefault(line => line.Length > 0)}" : $"    no log {log}{(state?.State == "FAILED" ? ": its node could not write it; put the results folder (--out) where every node sees it" : "")}");
        }
        if (alike.Count > Shown) terminal.Output.WriteLine(FormattableString.Invariant($"  and {alike.Count - Shown} more"));
    }

    // A task of which something is left, and how SLURM knows it.
    private sealed record Failure(string Array, string Task, IReadOnlyList<Portion> Left)
    {
        public TaskState? State { get; init; }

        public bool HasEnded => State is not { IsWaiting: true } and not { IsRunning: true };
    }
}
