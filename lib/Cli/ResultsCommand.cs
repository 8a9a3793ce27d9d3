using System.CommandLine;
using FaLW.Data;
using FaLW.Experiments;

namespace FaLW.Cli;

/// <summary><c>falw results list | verify</c>: the records of results that travel with the repository.</summary>
internal static class ResultsCommand
{
    public static Command Create(Terminal terminal) =>
        new("results", "Results that travel with the repository: where they come from, and whether they hold.") { List(terminal), Verify(terminal) };

    private static Command List(Terminal terminal)
    {
        var command = new Command("list", "All records: key, method, data, gap to Retrain, and where, when and in how many seconds they were computed.");
        command.SetAction(_ =>
        {
            var (sound, broken) = Read(terminal);
            if (sound.Count > 0) RecordTable.Write(sound, terminal);
            var (audits, brokenAudits) = ReadAudits(terminal);
            foreach (var audit in audits) terminal.Output.WriteLine($"{audit.Key[..8]}: {audit.Origin}");
            return broken + brokenAudits > 0 ? ExitCode.Failed : ExitCode.Done;
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
            var (sound, broken) = Read(terminal);
            var recomputed = new Recomputation(terminal, parsed.GetValue(device), interrupt.Token);
            var (audits, brokenAudits) = ReadAudits(terminal);
            if (audits.Count > 0) terminal.Output.WriteLine(FormattableString.Invariant($"{audits.Count} of audits as a run wrote {(audits.Count == 1 ? "it" : "them")}; 'falw run audits --no-records' computes them again."));
            var wrong = recomputed.Run(sound, parsed.GetValue(sample), parsed.GetValue(seed));
            return broken + brokenAudits + wrong > 0 ? ExitCode.Failed : ExitCode.Done;
        });
        return command;
    }

    // What cannot be read is told at once and counted.
    private static (IReadOnlyList<RunResult> Sound, int Broken) Read(Terminal terminal)
    {
        var shelf = new RecordShelf(RecordShelf.DefaultFolder);
        if (shelf.Files.Count + shelf.AuditFiles.Count == 0)
            throw new Fault($"There are no records in {shelf.Folder}. 'falw run STUDY --keep' writes some; {RecordShelf.Variable} names another folder.");
        return Sound<RunResult>(shelf.Files, ResultRecord.Read, terminal);
    }

    private static (IReadOnlyList<AuditResult> Sound, int Broken) ReadAudits(Terminal terminal) =>
        Sound<AuditResult>(new RecordShelf(RecordShelf.DefaultFolder).AuditFiles, AuditRecord.Read, terminal);

    private static (IReadOnlyList<T> Sound, int Broken) Sound<T>(IReadOnlyList<string> files, Reader<T> read, Terminal terminal)
    {
        List<T> sound = [];
        foreach (var file in files)
        {
            if (read(file, out var damage) is { } result) sound.Add(result);
            else terminal.Error.WriteLine(damage);
        }

        return (sound, files.Count - sound.Count);
    }

    private delegate T? Reader<T>(string path, out string damage);
}
