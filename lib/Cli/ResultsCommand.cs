using System.CommandLine;
using FaLW.Data;
using FaLW.Experiments;
using FaLW.Studies;
using Spectre.Console;

namespace FaLW.Cli;

/// <summary><c>falw results list | verify | export</c>: the records of results that travel with the repository.</summary>
internal static class ResultsCommand
{
    public static Command Create(Terminal terminal) =>
        new("results", "Results that travel with the repository: where they come from, and whether they hold.") { List(terminal), Verify(terminal), Exported(terminal) };

    private static Command List(Terminal terminal)
    {
        var command = new Command("list", "All records: key, method, data, gap to Retrain, and where, when and in how many seconds they were computed.");
        command.SetAction(_ =>
        {
            var records = new SoundRecords(terminal);
            if (records.Runs() is { Count: > 0 } runs) RecordTable.Write(runs, terminal);
            foreach (var line in records.Others().SelectMany(kind => kind.Lines)) terminal.Output.WriteLine(line);
            return records.Broken > 0 ? ExitCode.Failed : ExitCode.Done;
        });
        return command;
    }

    private static Command Verify(Terminal terminal)
    {
        var sample = Options.Count("--sample", "Number of records to compute again; 0 only checks that none was edited.", least: 0);
        var seed = Options.Count("--seed", "Decides which records are drawn.", least: 0, otherwise: 0);
        var device = Options.RecordedDevice();
        var command = new Command("verify", "Check every record for edits, compute some of them again from nothing, and compare within tolerance.") { sample, seed, device };
        command.SetAction(parsed =>
        {
            using var interrupt = new Interrupt(terminal);
            var records = new SoundRecords(terminal);
            var runs = records.Runs();
            if (records.Others() is { Count: > 0 } others) terminal.Output.WriteLine($"Beside them, as a run wrote it: {string.Join(", ", others.Select(kind => FormattableString.Invariant($"{kind.Count} of {kind.Kind}")))}. --sample computes none of these again.");
            var wrong = new Recomputation(terminal, parsed.GetValue(device), interrupt.Token).Run(runs, parsed.GetValue(sample), parsed.GetValue(seed));
            return records.Broken + wrong > 0 ? ExitCode.Failed : ExitCode.Done;
        });
        return command;
    }

    private static Command Exported(Terminal terminal)
    {
        var folder = new Argument<string>("DIR") { Description = "Folder for the files; made where it is not there." };
        var command = new Command("export", "All records as CSV and Parquet: runs, classes, forget samples, a dictionary of the columns and a card of methods and settings.") { folder };
        command.SetAction(parsed =>
        {
            var records = new SoundRecords(terminal);
            var runs = records.Runs();
            var place = Path.GetFullPath(parsed.GetRequiredValue(folder));
            terminal.Output.WriteLine(FormattableString.Invariant($"{runs.Count} runs exported to {place}: {string.Join(", ", Plots.Export.Write(place, runs))}."));
            return records.Broken > 0 ? ExitCode.Failed : ExitCode.Done;
        });
        return command;
    }
}

/// <summary>What can be read of the records; what cannot is told at once and counted.</summary>
internal sealed class SoundRecords(Terminal terminal)
{
    public int Broken { get; private set; }

    public IReadOnlyList<RunResult> Runs()
    {
        var shelf = RecordShelf.Of(RecordShelf.DefaultFolder);
        if (!Directory.Exists(shelf.Folder) || !Directory.EnumerateFiles(shelf.Folder, $"*{RecordShelf.Ending}", SearchOption.AllDirectories).Any())
            throw new Fault($"There are no records in {shelf.Folder}. 'falw run STUDY --keep' writes some; {RecordShelf.Variable} names another folder.");
        return Sound(shelf);
    }

    // Whole jobs in one record each, and runs of a search that is not finished: how many of a kind, and lines that say where they come from.
    public IReadOnlyList<(string Kind, int Count, IReadOnlyList<string> Lines)> Others()
    {
        var folder = RecordShelf.DefaultFolder;
        IReadOnlyList<(string Kind, int Count, IReadOnlyList<string> Lines)> all =
        [
            Of("audits", AuditResult.Shelf(folder), found => found.Select(audits => $"{audits.Key[..8]}: {audits.Origin}")),
            Of("a profile study", ProfileTrial.Shelf(folder), found => found.Select(trial => $"a profile study, {Provenance.Words([trial.Provenance])}.")),
            Of("generators", GeneratorTrial.Shelf(folder), found => found.Select(trial => $"generators, {Provenance.Words([trial.Provenance])}.")),
            Of("a search", RecordShelf.Of(RecordShelf.PilotFolder), found => RunResult.Origins(found).Select(origin => $"of a search, {origin}")),
        ];
        return [.. all.Where(kind => kind.Count > 0)];

        (string Kind, int Count, IReadOnlyList<string> Lines) Of<T>(string kind, RecordShelf<T> shelf, Func<IReadOnlyList<T>, IEnumerable<string>> lines) where T : class
        {
            var found = Sound(shelf);
            return (kind, found.Count, [.. lines(found)]);
        }
    }

    private List<T> Sound<T>(RecordShelf<T> shelf) where T : class
    {
        List<T> sound = [];
        foreach (var file in shelf.Files)
            if (shelf.Read(file, out var damage) is { } result) sound.Add(result);
            else terminal.Error.WriteLine(damage);
        Broken += shelf.Files.Count - sound.Count;
        return sound;
    }
}

/// <summary>Computes some recorded results again in a cache of its own, and says what differs.</summary>
internal sealed class Recomputation(Terminal terminal, string? device, CancellationToken cancellation)
{
    /// <summary>Draws records, computes them again and returns how many do not hold.</summary>
    public int Run(IReadOnlyList<RunResult> records, int sample, int seed)
    {
        terminal.Output.WriteLine(FormattableString.Invariant($"{records.Count} records are as a run wrote them."));
        var drawn = Drawn(records, sample, seed);
        if (drawn.Count == 0) return 0;
        terminal.Error.WriteLine(FormattableString.Invariant(
            $"Computing {string.Join(", ", drawn.Select(RecordTable.Name))} again; it took {drawn.Sum(r => r.Times.Sum(t => t.Seconds)):0} s when it was recorded."));
        var wrong = 0;
        var place = Directory.CreateTempSubdirectory("falw-verify-").FullName;
        try
        {
            foreach (var alike in drawn.GroupBy(record => (record.Provenance.Device, record.Provenance.Threads)))
                wrong += Compare([.. alike], records, Path.Combine(place, FormattableString.Invariant($"{alike.Key.Device}{alike.Key.Threads}")));
        }
        finally
        {
            Directory.Delete(place, recursive: true);
        }

        return wrong;
    }

    // Only those whose images are here can be drawn; if there is none, the sentence says what is missing.
    private static List<RunResult> Drawn(IReadOnlyList<RunResult> records, int sample, int seed)
    {
        var shelf = DataShelf.Default();
        var possible = records.Where(record => shelf.Find(record.Spec.Data.Benchmark) is not null).ToList();
        if (sample > 0 && possible.Count == 0 && records.Count > 0)
        {
            var missing = string.Join(", ", records.Select(record => record.Spec.Data.Benchmark.Name).Distinct(StringComparer.Ordinal));
            throw new Fault($"No record can be computed again here: {missing} was not found. Run 'falw data fetch NAME', or set {DataShelf.Variable} to the folder that holds it; --sample 0 only looks for edits.");
        }

        return [.. new SeededStream(seed, "records to compute again").Permutation(possible.Count).Take(sample).Order().Select(i => possible[i])];
    }

    private int Compare(IReadOnlyList<RunResult> records, IReadOnlyList<RunResult> all, string cache)
    {
        IReadOnlyList<RunResult> computed = [];
        ProgressView.Over(terminal, listener =>
        {
            using var lab = Lab.Open(Scale.Paper, new LabSettings
            {
                Device = device ?? records[0].Provenance.Device,
                Threads = Math.Min(records[0].Provenance.Threads, Environment.ProcessorCount),
                Cache = cache,
                Records = null,
                Control = records.Any(record => record.Control is not null),
                Progress = listener,
            });
            computed = lab.Run(records.Select(record => record.Spec), cancellation);
        });
        return records.Zip(computed, (record, again) => Tell(record, again, Tolerance.Of(record, again, all))).Count(holds => !holds);
    }

    private bool Tell(RunResult record, RunResult computed, Tolerance tolerance)
    {
        var differences = tolerance.Differences(record, computed);
        foreach (var difference in differences) terminal.Error.WriteLine($"{RecordTable.Name(record)}: {difference}");
        if (differences.Count > 0) terminal.Error.WriteLine("If the kit was meant to change numbers, raise Stage.ProtocolVersion and run the study again with --keep; if not, this is a fault of the kit or of the record.");
        else terminal.Output.WriteLine($"{RecordTable.Name(record)} holds: {tolerance.Words}.");
        return differences.Count == 0;
    }
}

/// <summary>Writes the results of a run as records, and says when they should not be published.</summary>
internal static class RecordKeeping
{
    public static void Keep(IReadOnlyList<RunResult> results, string folder, Terminal terminal)
    {
        var shelf = RecordShelf.Of(folder);
        var earlier = results.Count(result => shelf.Find(result.Spec) is not null);
        var written = results.Count(shelf.Keep);
        if (earlier - (results.Count - written) is > 0 and var replaced)
            terminal.Error.WriteLine(FormattableString.Invariant($"{replaced} of the records replace{(replaced == 1 ? "s" : "")} an earlier one with other numbers, computed elsewhere or by another kit: tables that read it change with it. Restore it from the repository if that was not meant."));
        Tell(written, results.Count, results.Where(result => !result.NamesCommits).Select(result => result.Provenance), shelf.Folder, terminal);
    }

    public static void Keep(AuditResult result, Terminal terminal)
    {
        var shelf = AuditResult.Shelf(RecordShelf.DefaultFolder);
        Tell(shelf.Keep(result) ? 1 : 0, 1, result.Origins.Where(origin => !origin.NamesCommit), shelf.Folder, terminal);
    }

    private static void Tell(int written, int all, IEnumerable<Provenance> nameless, string folder, Terminal terminal)
    {
        terminal.Error.WriteLine(FormattableString.Invariant(
            $"{written} record{(written == 1 ? "" : "s")} written to {folder}; {all - written} were there already."));
        if (nameless.Select(origin => origin.ShortKit).FirstOrDefault() is { } kit)
            terminal.Error.WriteLine(
                $"Do not publish these records: some were computed by a kit that names no commit, or by one that was changed since (this one: {kit}). Commit, then run again with --fresh --keep.");
    }
}

/// <summary>Records as a table, and below it the machines they were computed on.</summary>
internal static class RecordTable
{
    private static readonly string[] Headings = ["Key", "Method", "Data", "Scale", "Gamma", "Seed", "Average Gap", "Seconds", "Computed", "On"];

    public static void Write(IReadOnlyList<RunResult> records, Terminal terminal)
    {
        var origins = records.Select(OriginOf).Distinct(StringComparer.Ordinal).ToList();
        var table = new Table().Border(TableBorder.Rounded);
        foreach (var heading in Headings) table.AddColumn(heading);
        foreach (var record in records.OrderBy(Order, StringComparer.Ordinal)) table.AddRow(Cells(record, Letter(origins.IndexOf(OriginOf(record)))));
        terminal.Write(table);
        foreach (var origin in origins) terminal.Output.WriteLine($"{Letter(origins.IndexOf(origin))}: {origin}");
    }

    /// <summary>One record in words: "FaLW on CIFAR-100, seed 0 (3f2a91c0)".</summary>
    public static string Name(RunResult record) =>
        FormattableString.Invariant($"{record.Title} on {record.Spec.Data.Benchmark.Name}, seed {record.Spec.Seeds.Unlearning} ({record.Key[..8]})");

    private static string[] Cells(RunResult record, string origin) =>
    [
        record.Key[..8], Markup.Escape(record.Title), record.Spec.Data.Benchmark.Name, Protocol.ScaleOf(record.Spec)?.ToString() ?? "own",
        FormattableString.Invariant($"{record.Spec.Data.Forget.Gamma:0.##}"), Seeds(record.Spec), FormattableString.Invariant($"{record.AverageGap:0.00}"),
        FormattableString.Invariant($"{record.Times.Sum(time => time.Seconds):0.0}"), Provenance.Span([record.Provenance]), origin,
    ];

    // One number where all three are the same, as in every study.
    private static string Seeds(ExperimentSpec spec) => spec.WithSeed(spec.Data.Seed) == spec
        ? FormattableString.Invariant($"{spec.Data.Seed}")
        : FormattableString.Invariant($"{spec.Data.Seed}, {spec.Seeds.Training}, {spec.Seeds.Unlearning}");

    private static string Order(RunResult record) => FormattableString.Invariant(
        $"{record.Spec.Data.Benchmark.Name} {Protocol.ScaleOf(record.Spec)?.ToString()} {record.Spec.Data.Forget.Gamma:00.000} {record.Spec.Data.Seed:0000000000} {record.Title} {record.Key}");

    private static string OriginOf(RunResult record) => $"{record.Provenance.Ground}, {record.Provenance.System}, kit {record.Provenance.ShortKit}{(record.Provenance.Arithmetic is { } rounds ? $", rounds as {rounds}" : "")}";

    private static string Letter(int index) => index < 26 ? ((char)('A' + index)).ToString() : FormattableString.Invariant($"A{index}");
}
