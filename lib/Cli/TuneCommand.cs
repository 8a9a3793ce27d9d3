using System.CommandLine;
using FaLW.Experiments;

namespace FaLW.Cli;

/// <summary><c>falw tune STUDY</c>: every method of a study with every value of one grid, on pilot seeds, and the value each method gets.</summary>
internal static class TuneCommand
{
    public static Command Create(Terminal terminal)
    {
        var (study, scale, data, seeds, device) =
            (Options.StudyToSearch(), Options.Scale(), Options.Data(), Options.Seeds(otherwise: Tuning.Pilots), Options.Device());
        var folder = Options.Out("Folder for results and report; by default one per study and scale under your home folder.");
        var keep = new Option<bool>("--keep") { Description = "Freeze what was chosen into data/tuned of the repository; the study runs with it from the next build on." };
        var command = new Command("tune", "Search each method's learning rate: the same grid for all, on pilot seeds, judged on unseen images. Goes on where it stopped.")
        {
            study, scale, data, seeds, device, folder, keep,
        };
        command.SetAction(parsed =>
        {
            var order = new RunOrder(
                parsed.GetRequiredValue(study).Tuning, parsed.GetRequiredValue(scale) with { Data = parsed.GetValue(data) },
                parsed.GetValue(seeds), parsed.GetRequiredValue(device), Fresh: false, UseRecords: false, parsed.GetValue(keep));
            using var interrupt = new Interrupt(terminal);
            return RunCommand.Run(order, ResultFolder.Of(parsed.GetValue(folder), order), terminal, interrupt.Token);
        });
        return command;
    }
}
