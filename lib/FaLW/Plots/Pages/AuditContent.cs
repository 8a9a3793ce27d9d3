using FaLW.Experiments;
using FaLW.Figures;

namespace FaLW.Plots;

/// <summary>What the report of a job of audits says.</summary>
internal static class AuditContent
{
    public static ReportContent Of(AuditResult result, string title, string question, string choices) => new(title, question, Setting.Of(result.Spec.Experiments[0]).Words)
    {
        Findings = [.. Findings(result)],
        Tables = [("audits", "Results", AuditTable.Of(result) with { Title = "" }), ("times", "Time for one model", Times(result))],
        Plates =
        [
            new("audits", AuditPlot.Of(result), "Every audit on every model. A reading in the shaded stretch passes for nothing found; Original must lie outside, Retrain inside."),
            new("relearning", RelearnPlot.Of(result), "What comes back when models are trained on: with the forget set, and with the retain set alone."),
            new("null-levels", NullLevelPlot.Of(result), "What the distances of margins read where nothing differs, by the number of models."),
        ],
        Notes = [.. Notes(result, choices)],
        Meanings = [.. AuditMeasure.All.Select(audit => (audit.Name, audit.Meaning))],
        SharedSettings = SpecTable.Shared(result.Spec.Experiments),
        MethodSettings = SpecTable.PerMethod(result.Spec.Experiments),
        Provenance = ProvenanceTable.Of(result),
    };

    private static IEnumerable<string> Findings(AuditResult result)
    {
        yield return Sentence(result, result.Original, "is found by");
        foreach (var row in result.Rows.Skip(2)) yield return Sentence(result, row, "differs from Retrain in");
    }

    private static string Sentence(AuditResult result, AuditRow row, string verb)
    {
        string[] found = [.. AuditMeasure.All.Where(audit => !audit.Passes(result, row)).Select(audit => audit.Name)];
        return FormattableString.Invariant($"{row.Title} {verb} {found.Length} of {AuditMeasure.All.Count} readings{(found.Length > 0 ? ": " : "")}{string.Join(", ", found)}.");
    }

    private static IEnumerable<string> Notes(AuditResult result, string choices)
    {
        yield return "An audit that finds nothing proves nothing: it was not strong enough, or there is nothing. What it finds in Original says how strong it is, what it reads of Retrain says what passes for nothing.";
        yield return FormattableString.Invariant(
            $"{result.Spec.Models} seeds of one split. With {result.Spec.Models / 2} models a side the distances of margins are far from zero where nothing differs; compare them with the null level, never with zero.");
        if (choices.Length > 0) yield return choices;
    }

    private static Table Times(AuditResult result) => new(
        "", [new Column("Model") { Words = true }, new Column("Time", "s", 1)], [.. result.Rows.Select(row => new Row([new Cell(row.Title), Cell.Of(row.Seconds)]))])
    { Note = "Wall-clock seconds to make one model on the full training set, mean over seeds, measured when it was made." };
}
