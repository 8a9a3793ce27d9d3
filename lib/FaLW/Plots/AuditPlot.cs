using FaLW.Experiments;
using FaLW.Figures;

namespace FaLW.Plots;

/// <summary>Every audit at a glance: one panel each, one row per model, a point per seed, and where there is nothing to find.</summary>
public static class AuditPlot
{
    // The two that say the same as a neighbour, with more noise, stay in the table.
    private static readonly string[] InTableOnly = ["U-LiRA at 1 %", "Margins, normal KL"];

    /// <summary>The figure of one job.</summary>
    /// <param name="result">What a job of audits found.</param>
    public static Figure Of(AuditResult result) => new(
        "What every audit finds, and where there is nothing to find",
        [.. AuditMeasure.All.Where(audit => !InTableOnly.Contains(audit.Name, StringComparer.Ordinal)).Select(audit => Panel(result, audit))])
    {
        Subtitle = Setting.Of(result.Spec.Experiments[0]).Words,
        Note = "Dashed: the null level. Shaded: what Retrain itself reads over its seeds. Small points: single seeds or cuts; large: their mean.",
        Columns = 3,
        ShareY = true,
        Legend = false,
        Height = 720,
    };

    private static Panel Panel(AuditResult result, AuditMeasure audit)
    {
        var (low, high) = audit.Nothing(result);
        return new Panel(new Axis(audit.Unit.Length == 0 ? " " : audit.Unit) { Low = audit.FromZero ? 0 : null }, Axis.Of("", result.Rows.Select(row => row.Title)), [.. result.Rows.SelectMany((row, i) => Marks(result, audit, row, i))])
        {
            Title = audit.Name,
            Annotations = [new Zone(low, high, ""), new ReferenceLine(audit.Null(result), Upright: true)],
        };
    }

    private static IEnumerable<Trace> Marks(AuditResult result, AuditMeasure audit, AuditRow row, int place)
    {
        var values = audit.Values(result, row);
        if (values.Count > 1) yield return new Points(row.Title, values, values.Select(_ => (double)place)) { Radius = 2.5, Opacity = 0.35 };
        yield return new Points(row.Title, [audit.Of(result, row)], [place]) { Radius = 5.5 };
    }
}
