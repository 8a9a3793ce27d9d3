using System.CommandLine;
using FaLW.Data;
using FaLW.Experiments;
using FaLW.Plots;
using FaLW.Studies;
using Scale = FaLW.Experiments.Scale;

namespace FaLW.Cli;

/// <summary><c>falw report DIR</c>: tables and the page, made again from the results in a folder. <c>falw report --reproduction</c>: what of the paper stands, from the records.</summary>
internal static class ReportCommand
{
    public static Command Create(Terminal terminal)
    {
        var folder = new Argument<string?>("DIR")
        {
            Description = "A folder that 'falw run' wrote; with --reproduction the folder to write to.",
            Arity = ArgumentArity.ZeroOrOne,
        };
        var reproduction = new Option<bool>("--reproduction") { Description = "Every number and statement known of the paper beside the records, with a verdict each." };
        var scale = Options.Scale();
        scale.DefaultValueFactory = null;
        scale.Description = "With --reproduction: this scale only; without it every scale that has records.";
        var command = new Command("report", "Tables (Markdown, CSV, LaTeX) and a self-contained HTML page from the results in a folder, or of the whole reproduction.") { folder, reproduction, scale };
        command.SetAction(parsed =>
        {
            var place = parsed.GetValue(reproduction) ? Reproduced(parsed.GetValue(folder), parsed.GetValue(scale), terminal) : Again(parsed.GetValue(folder), parsed.GetValue(scale));
            terminal.Output.WriteLine($"Report: {place.Path}");
        });
        return command;
    }

    private static ResultFolder Again(string? folder, Scale? scale)
    {
        if (scale is not null) throw new Fault("--scale belongs to --reproduction; a folder of results has its scale. Leave one of the two out.");
        var place = new ResultFolder(folder ?? throw new Fault("'falw report' needs a folder that 'falw run' wrote, or --reproduction; name one of them."));
        place.ReportAgain();
        return place;
    }

    private static ResultFolder Reproduced(string? folder, Scale? scale, Terminal terminal)
    {
        var records = RecordShelf.Of(RecordShelf.DefaultFolder, new Notices(terminal.Error));
        var found = Reproduction.Of(spec => records.Find(spec), scale);
        var place = ResultFolder.Of(folder, "reproduction", scale);
        place.Report(found);
        foreach (var sentence in ReproductionTable.Findings(found)) terminal.Output.WriteLine(sentence);
        foreach (var origin in RunResult.Origins(found.Runs)) terminal.Output.WriteLine(origin);
        return place;
    }

    private sealed class Notices(TextWriter error) : IProgress<string>
    {
        public void Report(string value) => error.WriteLine(value);
    }
}
