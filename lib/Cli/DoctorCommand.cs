using System.CommandLine;

namespace FaLW.Cli;

/// <summary><c>falw doctor</c>: what is here, what is missing and how to get it.</summary>
internal static class DoctorCommand
{
    public static Command Create(Terminal terminal)
    {
        var full = new Option<bool>("--full") { Description = "Check image sets that are folders of pictures too (minutes)." };
        var command = new Command("doctor", "What this machine has, what it lacks, and how to get it.") { full };
        command.SetAction(parsed =>
        {
            IReadOnlyList<Finding> findings =
            [
                .. TorchFindings.All(), .. ProcessorFindings.All(), .. DataFindings.All(parsed.GetValue(full)), .. PlaceFindings.All(),
            ];
            Write(findings, terminal);
            return findings.Any(finding => finding.Blocks) ? ExitCode.Failed : ExitCode.Done;
        });
        return command;
    }

    private static void Write(IReadOnlyList<Finding> findings, Terminal terminal)
    {
        var width = findings.Max(finding => finding.Name.Length);
        foreach (var finding in findings)
        {
            terminal.Output.WriteLine($"{finding.Verdict,-8}{finding.Name.PadRight(width)}  {finding.Found}");
            if (finding.Remedy is { } remedy) terminal.Output.WriteLine($"{"",8}{"".PadRight(width)}  -> {remedy}");
        }

        if (findings.FirstOrDefault(finding => finding.Blocks) is { } blocking)
            terminal.Error.WriteLine($"The main job cannot run here yet: {blocking.Name}: {blocking.Found}. {blocking.Remedy}");
        else
            terminal.Output.WriteLine("The main job can run: bash environment/reproduce.sh");
    }
}
