using System.CommandLine;

namespace FaLW.Cli;

/// <summary><c>falw report DIR</c>: tables and the page, made again from the results in a folder.</summary>
internal static class ReportCommand
{
    public static Command Create(Terminal terminal)
    {
        var folder = new Argument<string>("DIR") { Description = "A folder that 'falw run' wrote." };
        var command = new Command("report", "Tables (Markdown, CSV, LaTeX) and a self-contained HTML page from the results in a folder.") { folder };
        command.SetAction(parsed =>
        {
            var place = ResultFolder.At(parsed.GetRequiredValue(folder));
            place.ReportAgain();
            terminal.Output.WriteLine($"Report: {place.Path}");
        });
        return command;
    }
}
