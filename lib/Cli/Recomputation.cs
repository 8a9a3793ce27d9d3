using FaLW.Data;
using FaLW.Experiments;

namespace FaLW.Cli;

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
                wrong += Compare([.. alike], Path.Combine(place, FormattableString.Invariant($"{alike.Key.Device}{alike.Key.Threads}")));
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

    private int Compare(IReadOnlyList<RunResult> records, string cache)
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
        return records.Zip(computed, Tell).Count(holds => !holds);
    }

    private bool Tell(RunResult record, RunResult computed)
    {
        var tolerance = Tolerance.Between(record.Provenance, computed.Provenance);
        var differences = tolerance.Differences(record, computed);
        foreach (var difference in differences) terminal.Error.WriteLine($"{RecordTable.Name(record)}: {difference}");
        if (differences.Count > 0) terminal.Error.WriteLine("If the kit was meant to change numbers, raise Protocol.Version and run the study again with --keep; if not, this is a fault of the kit or of the record.");
        else terminal.Output.WriteLine($"{RecordTable.Name(record)} holds: {tolerance.Words}.");
        return differences.Count == 0;
    }
}
