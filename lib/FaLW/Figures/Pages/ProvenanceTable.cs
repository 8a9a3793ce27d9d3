using System.Globalization;
using FaLW.Data;
using FaLW.Experiments;

namespace FaLW.Figures;

/// <summary>Where every number was computed, one row per run.</summary>
internal static class ProvenanceTable
{
    public static Table Of(IEnumerable<RunResult> results) => new(
        "", [.. Headings.Select(h => new Column(h) { Words = true })], results.Select(Row).ToValueList());

    private static string[] Headings => ["Method", "Data seed", "Key", "Splits", "Computed", "Device", "Processor", "Threads", "libtorch", ".NET", "System", "Kit"];

    private static Row Row(RunResult run)
    {
        var p = run.Provenance;
        string[] cells =
        [
            run.Title, Number(run.Spec.Data.Seed), Short(run.Key), Short(p.SplitsHash), p.When, p.Device, p.Processor, Number(p.Threads),
            p.Libtorch, p.Runtime, p.System, p.Kit,
        ];
        return new Row([.. cells.Select(c => new Cell(c.Length > 0 ? c : SpecLeaves.Missing))]);
    }

    private static string Number(int value) => value.ToString(CultureInfo.InvariantCulture);

    private static string Short(string hash) => hash[..Math.Min(12, hash.Length)];
}
