using FaLW.Experiments;
using Spectre.Console;

namespace FaLW.Cli;

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
        record.Key[..8], Markup.Escape(record.Title), record.Spec.Data.Benchmark.Name, Scale.Of(record.Spec)?.Name ?? "own",
        FormattableString.Invariant($"{record.Spec.Data.Forget.Gamma:0.##}"), Seeds(record.Spec), FormattableString.Invariant($"{record.AverageGap:0.00}"),
        FormattableString.Invariant($"{record.Times.Sum(time => time.Seconds):0.0}"), Provenance.Span([record.Provenance]), origin,
    ];

    // One number where all three are the same, as in every study.
    private static string Seeds(ExperimentSpec spec) => spec.WithSeed(spec.Data.Seed) == spec
        ? FormattableString.Invariant($"{spec.Data.Seed}")
        : FormattableString.Invariant($"{spec.Data.Seed}, {spec.Seeds.Training}, {spec.Seeds.Unlearning}");

    private static string Order(RunResult record) => FormattableString.Invariant(
        $"{record.Spec.Data.Benchmark.Name} {Scale.Of(record.Spec)?.Name} {record.Spec.Data.Forget.Gamma:00.000} {record.Spec.Data.Seed:0000000000} {record.Title} {record.Key}");

    private static string OriginOf(RunResult record) => $"{record.Provenance.Ground}, {record.Provenance.System}, kit {record.Provenance.ShortKit}";

    private static string Letter(int index) => index < 26 ? ((char)('A' + index)).ToString() : FormattableString.Invariant($"A{index}");
}
