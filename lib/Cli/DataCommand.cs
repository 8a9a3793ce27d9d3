using System.CommandLine;
using FaLW.Data;
using Spectre.Console;

namespace FaLW.Cli;

/// <summary><c>falw data list | verify [NAME] | fetch NAME</c>: the image sets and tables of this machine.</summary>
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
                    $"{set.Name,-16}{set.Classes,4} classes of {set.Channels} x {set.Height,2} x {set.Width,2}   {Place(set, shelf)}"));
            terminal.Output.WriteLine($"Adult           table of 48,842 people       {AdultFiles.Find(shelf) ?? "not found"}");
            terminal.Output.WriteLine("German Credit   table of  1,000 people       travels with the kit");
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
            var checks = Benchmark.All.Where(set => asked is null ? shelf.Find(set) is not null : set == asked.Images).SelectMany(set => shelf.Verify(set)).ToList();
            if (asked is null ? AdultFiles.Find(shelf) is not null : asked.Images is null) checks.AddRange(AdultFiles.Verify(shelf));
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
            await FetchView.Over(terminal, listener => asked.Images is { } set ? shelf.Fetch(set, listener, interrupt.Token) : AdultFiles.Fetch(shelf, listener, interrupt.Token));
            terminal.Output.WriteLine($"{asked.Images?.Name ?? AdultFiles.Name} is in {shelf.FetchInto}.");
            return ExitCode.Done;
        });
        return command;
    }

    private static string Place(Benchmark set, DataShelf shelf) => shelf.Find(set) switch
    {
        null => shelf.Near(set) is { } near ? $"not found: {near}" : "not found",
        { Folder: "" } => "travels with the kit",
        var found => found.Folder,
    };
}

/// <summary>Image sets that a job wants and this machine lacks, fetched before the job where that was asked for. A job never fails because a set did not come.</summary>
internal static class Fetching
{
    /// <summary>Fetches what is missing and says so: from where, how much, how long, and what happens without it.</summary>
    public static async Task Missing(IEnumerable<Benchmark> wanted, DataShelf shelf, Terminal terminal, CancellationToken cancellation)
    {
        foreach (var set in wanted.Distinct().Where(set => shelf.Find(set) is null))
        {
            if (ImageForms.Offered(set) is not { } form) continue;
            terminal.Error.WriteLine(Announcement(set, form, shelf));
            try
            {
                await FetchView.Over(terminal, listener => shelf.Fetch(set, listener, cancellation));
                terminal.Error.WriteLine($"{set.Name} is in {shelf.FetchInto}; size and checksum hold.");
            }
            catch (Fault fault)
            {
                terminal.Error.WriteLine($"{fault.Message} The job goes on without {set.Name}.");
            }
        }
    }

    private static string Announcement(Benchmark set, ImageForm form, DataShelf shelf)
    {
        var megabytes = form.Files.Sum(file => file.Size) / 1e6;
        return FormattableString.Invariant(
            $"{set.Name} is not on this machine. It is fetched from {new Uri(form.Files[0].Url!).Host} into {shelf.FetchInto}: {megabytes:0} MB ({megabytes / 1.048576:0} MiB), about {Math.Ceiling(megabytes * 8 / 20 / 60):0} min at 20 Mbit/s. Stop it whenever you like: it goes on where it stopped.");
    }
}

/// <summary>Shows a download: a bar where a person is watching, a line for every tenth where the stream goes to a file.</summary>
internal static class FetchView
{
    public static Task Over(Terminal terminal, Func<IProgress<FetchProgress>, Task> work) => terminal.IsLive
        ? AnsiConsole.Create(new AnsiConsoleSettings { Out = new AnsiConsoleOutput(terminal.Error) }).Progress()
            .Columns(new TaskDescriptionColumn(), new ProgressBarColumn(), new PercentageColumn(), new DownloadedColumn(), new TransferSpeedColumn(), new RemainingTimeColumn())
            .StartAsync(context => work(new Bars(context)))
        : work(new Lines(terminal.Error));

    private sealed class Bars(ProgressContext context) : IProgress<FetchProgress>
    {
        private readonly Dictionary<string, ProgressTask> tasks = new(StringComparer.Ordinal);

        public void Report(FetchProgress value)
        {
            if (!tasks.TryGetValue(value.File, out var task)) tasks.Add(value.File, task = context.AddTask(Markup.Escape(value.File)));
            task.MaxValue = Math.Max(value.Total, 1);
            task.Value = value.Done;
        }
    }

    private sealed class Lines(TextWriter output) : IProgress<FetchProgress>
    {
        private (string File, long Tenth) last;

        public void Report(FetchProgress value)
        {
            var now = (value.File, value.Done * 10 / Math.Max(value.Total, 1));
            if (now == last) return;
            last = now;
            output.WriteLine(FormattableString.Invariant($"{value.File}: {value.Done / 1e6:0.0} of {value.Total / 1e6:0.0} MB"));
        }
    }
}
