using FaLW.Experiments;
using FaLW.Figures;

namespace FaLW.Plots;

/// <summary>Every audit of every model: the two controls, what an audit reads where there is nothing to find, then the methods.</summary>
public static class AuditTable
{
    /// <summary>One row per model, one column per audit; marked is what passes for nothing found.</summary>
    /// <param name="result">What a job of audits found.</param>
    public static Table Of(AuditResult result) => new(
        $"Audits: {Setting.Of(result.Spec.Experiments[0]).Words}",
        [
            new Column("Model") { Words = true }, new Column("forget accuracy", "%", 1) { Meaning = "Share of the forget set classified correctly; mean over seeds." },
            .. AuditMeasure.All.Select(audit => new Column(audit.Short, audit.Unit, audit.Decimals) { Meaning = audit.Meaning }),
        ],
        [
            Row(result, result.Original, "Original (to be found)"), Row(result, result.Retrain, "Retrain (nothing to find)"),
            new Row([new Cell("null level"), Cell.Of(double.NaN), .. AuditMeasure.All.Select(audit => Cell.Of(audit.Null(result)))]) { Reference = true },
            .. result.Rows.Skip(2).Select(row => Row(result, row, row.Title)),
        ])
    {
        Note = FormattableString.Invariant(
            $"Marked: passes for nothing found, that is, lies within what Retrain itself reads over its seeds. {result.Spec.Models} models of each kind, {result.Spec.Shadows} shadows with {result.Spec.Draws} forget sets each, {result.Spec.Repeats} repeats of the last four."),
    };

    private static Row Row(AuditResult result, AuditRow row, string title) => new(
    [
        new Cell(title), Cell.Of(row.ForgetAccuracy.Average()),
        .. AuditMeasure.All.Select(audit => Cell.Of(audit.Of(result, row)) with { Best = audit.Passes(result, row) }),
    ]);
}
