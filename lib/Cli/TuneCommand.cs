using System.CommandLine;
using System.Text.Json;
using FaLW.Data;
using FaLW.Experiments;
using FaLW.Studies;

namespace FaLW.Cli;

/// <summary><c>falw tune STUDY</c>: every method of a study with every value of one grid, on pilot seeds, and the value each method gets.</summary>
internal static class TuneCommand
{
    public static Command Create(Terminal terminal)
    {
        var (study, scale, data, seeds, device) =
            (Options.StudyToSearch(), Options.Scale(), Options.Data(), Options.Seeds(otherwise: Tuning.Pilots), Options.Device());
        var folder = Options.Out("Folder for results and report; by default one per study and scale under your home folder.");
        var keep = new Option<bool>("--keep") { Description = "Write the runs as records into data/results/pilots of the repository, so that the search can go on elsewhere, and, once none is left, what was chosen into data/tuned; the study runs with it from the next build on." };
        var (processes, helps, known, part, plan) = (Options.Processes(), Options.Helps(), Options.KnownOnly(), Options.Part(), Options.Plan());
        var command = new Command("tune", "Search each method's learning rate: the same grid for all, on pilot seeds, judged on unseen images. Goes on where it stopped, here or where its records are.")
        {
            study, scale, data, seeds, device, folder, keep, processes, helps, known, part, plan,
        };
        var slurm = new SlurmOptions().AddTo(command);
        command.SetAction(parsed =>
        {
            var order = new RunOrder(
                parsed.GetRequiredValue(study).Tuning, parsed.GetRequiredValue(scale) with { Data = parsed.GetValue(data) },
                parsed.GetValue(seeds), parsed.GetRequiredValue(device), Fresh: false, UseRecords: true, parsed.GetValue(keep))
            {
                AskedProcesses = parsed.GetValue(processes),
                Helps = parsed.GetValue(helps),
                KnownOnly = parsed.GetValue(known),
                Part = parsed.GetValue(part),
                PlanOnly = parsed.GetValue(plan),
            };
            using var interrupt = new Interrupt(terminal, order.Helps);
            return RunCommand.Run(order, ResultFolder.Of(parsed.GetValue(folder), order), slurm.Of(parsed), terminal, interrupt.Token);
        });
        return command;
    }
}

/// <summary>Freezes the result of a search into the repository.</summary>
internal static class TuningFile
{
    public static void Write(Tuning tuning, Terminal terminal)
    {
        if (tuning.Seeds.Count < Tuning.Pilots)
            throw new Fault(FormattableString.Invariant($"A choice is frozen on {Tuning.Pilots} pilot seeds or more, since on fewer a value wins by chance, but this search ran on {tuning.Seeds.Count}; give --seeds {Tuning.Pilots}. What was computed is kept and counts."));
        var file = Path.Combine(Tuning.Folder, Tuning.NameOf(tuning.Study, tuning.Scale));
        try
        {
            Directory.CreateDirectory(Tuning.Folder);
            WholeFile.Write(file, JsonSerializer.Serialize(tuning, CanonicalJson.Readable) + "\n");
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            throw new Fault($"The choice cannot be written to {file}: {fault.Message.TrimEnd('.')}. What was computed is kept: make the folder writable and run the same command again.", fault);
        }
        terminal.Output.WriteLine($"Frozen: {file}; study {tuning.Study} runs with it from the next build on.");
    }
}
