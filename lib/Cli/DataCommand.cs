using System.CommandLine;
using FaLW.Data;

namespace FaLW.Cli;

/// <summary><c>falw data list | verify [NAME] | fetch NAME</c>: the image sets of this machine.</summary>
internal static class DataCommand
{
    public static Command Create(Terminal terminal) =>
        new("data", "Image sets: which are here, whether they are whole, and how to get them.") { List(terminal), Verify(terminal), Fetch(terminal) };

    private static Command List(Terminal terminal)
    {
        var command = new Command("list", "All image sets and where they were found.");
        command.SetAction(_ =>
        {
            var shelf = DataShelf.Default();
            foreach (var set in Benchmark.All)
                terminal.Output.WriteLine(FormattableString.Invariant(
                    $"{set.Name,-16}{set.Classes,4} classes of {set.Channels} x {set.Height,2} x {set.Width,2}   {Place(shelf.Find(set))}"));
            terminal.Output.WriteLine($"Looked in: {string.Join(", ", shelf.Folders)}");
        });
        return command;
    }

    private static Command Verify(Terminal terminal)
    {
        var name = Options.Set(required: false);
        var command = new Command("verify", "Compare files with their published sizes and checksums; all sets that are here, or one.") { name };
        command.SetAction(parsed =>
        {
            var shelf = DataShelf.Default();
            var asked = parsed.GetValue(name);
            var checks = Benchmark.All.Where(set => asked is null ? shelf.Find(set) is not null : set == asked).SelectMany(set => shelf.Verify(set)).ToList();
            foreach (var check in checks)
                (check.Holds ? terminal.Output : terminal.Error).WriteLine(check.Holds ? $"ok      {check.Name}: {check.Finding}" : check.Finding);
            return checks.TrueForAll(check => check.Holds) ? ExitCode.Done : ExitCode.Failed;
        });
        return command;
    }

    private static Command Fetch(Terminal terminal)
    {
        var name = Options.Set(required: true);
        var command = new Command("fetch", "Download a set from its official site; goes on where an earlier attempt stopped, and checks what came.") { name };
        command.SetAction(async (parsed, _) =>
        {
            using var interrupt = new Interrupt(terminal);
            var shelf = DataShelf.Default();
            var asked = parsed.GetRequiredValue(name)!;
            await FetchView.Over(terminal, listener => shelf.Fetch(asked, listener, interrupt.Token));
            terminal.Output.WriteLine($"{asked.Name} is in {shelf.FetchInto}.");
            return ExitCode.Done;
        });
        return command;
    }

    private static string Place(DataLocation? found) => found switch
    {
        null => "not found",
        { Folder: "" } => "travels with the kit",
        _ => found.Folder,
    };
}
