using FaLW.Experiments;

namespace FaLW.Cli;

/// <summary>Writes the results of a run as records, and says when they should not be published.</summary>
internal static class RecordKeeping
{
    public static void Keep(IReadOnlyList<RunResult> results, Terminal terminal)
    {
        var shelf = new RecordShelf(RecordShelf.DefaultFolder);
        var written = results.Count(shelf.Keep);
        terminal.Error.WriteLine(FormattableString.Invariant(
            $"{written} record{(written == 1 ? "" : "s")} written to {shelf.Folder}; {results.Count - written} were there already."));
        if (results.Where(result => !result.NamesCommits).Select(result => result.Provenance.ShortKit).FirstOrDefault() is { } kit)
            terminal.Error.WriteLine(
                $"Do not publish these records: some were computed by a kit that names no commit, or by one that was changed since (this one: {kit}). Commit, then run again with --fresh --keep.");
    }
}
