using FaLW.Experiments;

namespace FaLW.Cli;

/// <summary>Writes the results of a run as records, and says when they should not be published.</summary>
internal static class RecordKeeping
{
    public static void Keep(IReadOnlyList<RunResult> results, Terminal terminal)
    {
        var shelf = new RecordShelf(RecordShelf.DefaultFolder);
        Tell(results.Count(shelf.Keep), results.Count, results.Where(result => !result.NamesCommits).Select(result => result.Provenance), shelf, terminal);
    }

    public static void Keep(AuditResult result, Terminal terminal)
    {
        var shelf = new RecordShelf(RecordShelf.DefaultFolder);
        Tell(shelf.Keep(result) ? 1 : 0, 1, result.Origins.Where(origin => !origin.NamesCommit), shelf, terminal);
    }

    private static void Tell(int written, int all, IEnumerable<Provenance> nameless, RecordShelf shelf, Terminal terminal)
    {
        terminal.Error.WriteLine(FormattableString.Invariant(
            $"{written} record{(written == 1 ? "" : "s")} written to {shelf.Folder}; {all - written} were there already."));
        if (nameless.Select(origin => origin.ShortKit).FirstOrDefault() is { } kit)
            terminal.Error.WriteLine(
                $"Do not publish these records: some were computed by a kit that names no commit, or by one that was changed since (this one: {kit}). Commit, then run again with --fresh --keep.");
    }
}
