using System.CommandLine;
using FaLW.Data;
using FaLW.Experiments;
using FaLW.Training;

namespace FaLW.Cli;

/// <summary><c>falw task DIR ARRAY N</c>: what one task of a sweep makes, as the scripts of <c>falw run --on slurm</c> call it.</summary>
internal static class TaskCommand
{
    public static Command Create(Terminal terminal)
    {
        var folder = new Argument<string>("DIR") { Description = "The submission: the folder of the scripts." };
        var array = new Argument<string>("ARRAY") { Description = "original, retrain or unlearned." };
        var number = new Argument<int>("N") { Description = "Which task, from 1." };
        var command = new Command("task", "One task of a sweep on SLURM; its scripts call this. What is kept already is not made again.") { folder, array, number };
        command.SetAction(parsed =>
        {
            using var interrupt = new Interrupt(terminal);
            return Run(new SweepFolder(parsed.GetRequiredValue(folder)), parsed.GetRequiredValue(array), parsed.GetValue(number), terminal, interrupt.Token);
        });
        return command;
    }

    private static int Run(SweepFolder folder, string array, int number, Terminal terminal, CancellationToken cancellation)
    {
        var sweep = folder.Read();
        if (!sweep.Arrays.TryGetValue(array, out var tasks) || number < 1 || number > tasks.Count)
            throw new Fault(FormattableString.Invariant($"The sweep in {folder.Path} has no task {number} of {array}; it has {string.Join(", ", sweep.InOrder.Select(each => $"{each.Key} 1 to {each.Value.Count}"))}."));
        if (!File.Exists(sweep.Mark))
            throw new Fault($"The cache {sweep.Cache} on {Environment.MachineName} is not the one from which the sweep was submitted: the folder is not shared, or was emptied. Set {ExperimentCache.Variable} to a folder that every node sees, and submit again.");
        using var lab = Lab.Open(Scale.Named(sweep.Scale), new LabSettings { Device = sweep.Device, Cache = sweep.Cache, Records = null, Control = sweep.Control, Progress = new ProgressLines(terminal.Error) });
        folder.HoldTo(lab.Footing);
        terminal.Error.WriteLine(FormattableString.Invariant($"Task {number} of {tasks.Count} of {array}, on {Environment.MachineName}, {lab.Footing}: {string.Join("; ", tasks[number - 1].Select(portion => portion.Title))}."));
        var isWhole = true;
        foreach (var portion in tasks[number - 1]) isWhole &= IsMade(portion, lab, terminal, cancellation);
        return isWhole ? ExitCode.Done : ExitCode.Failed;
    }

    // A method that diverged does not end the others of its task; anything else does.
    private static bool IsMade(Portion portion, Lab lab, Terminal terminal, CancellationToken cancellation)
    {
        if (!portion.HasItsKey) throw new Fault($"{portion.Title} has another key in this kit than in the one that submitted the sweep, so it is another experiment. Submit the study again.");
        try
        {
            portion.Make(lab, cancellation);
            return true;
        }
        catch (DivergedException fault)
        {
            terminal.Error.WriteLine($"{portion.Title}: {fault.Message}");
            return false;
        }
        catch (Fault fault)
        {
            throw new Fault($"{portion.Title}: {fault.Message}", fault);
        }
    }
}
