using System.Globalization;
using FaLW.Data;
using FaLW.Experiments;
using FaLW.Figures;

namespace FaLW.Plots;

/// <summary>Where every number was computed, one row per run.</summary>
internal static class ProvenanceTable
{
    public static Table Of(IEnumerable<RunResult> results) => new(
        "", [.. Headings.Select(h => new Column(h) { Words = true })], results.Select(Row).ToValueList());

    /// <summary>The kits and machines of a job of audits, each once.</summary>
    public static Table Of(AuditResult result) => new(
        "", [.. MachineHeadings.Select(h => new Column(h) { Words = true })], result.Origins.Select(origin => new Row([.. Machine(origin).Select(Words)])).ToValueList());

    private static string[] MachineHeadings => ["Computed", "Device", "Processor", "Threads", "libtorch", ".NET", "System", "Kit"];

    private static string[] Headings => ["Method", "Data seed", "Key", "Splits", .. MachineHeadings];

    private static Row Row(RunResult run)
    {
        var p = run.Provenance;
        string[] cells =
        [
            run.Title, Number(run.Spec.Data.Seed), Short(run.Key), Short(p.SplitsHash), .. Machine(p),
        ];
        return new Row([.. cells.Select(Words)]);
    }

    private static string[] Machine(Provenance p) => [p.When, p.Device, p.Processor, Number(p.Threads), p.Libtorch, p.Runtime, p.System, p.Kit];

    private static Cell Words(string text) => new(text.Length > 0 ? text : SpecLeaves.Missing);

    private static string Number(int value) => value.ToString(CultureInfo.InvariantCulture);

    private static string Short(string hash) => hash[..Math.Min(12, hash.Length)];
}
