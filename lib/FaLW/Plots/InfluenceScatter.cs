using System.Globalization;
using FaLW.Experiments;
using FaLW.Figures;
using MathNet.Numerics.Statistics;

namespace FaLW.Plots;

/// <summary>Is influence right? What it foretells of leaving one applicant out against what training again gives.</summary>
public static class InfluenceScatter
{
    /// <summary>One point per applicant; on the line a prediction is exact.</summary>
    /// <param name="rows">Applicants left out in turn, at least two.</param>
    /// <param name="task">Name of the task loss.</param>
    public static Figure Of(IReadOnlyList<InfluenceRow> rows, string task) => new(
        "Influence against training again without one applicant",
        [
            Panel(task, "", [.. rows.Select(r => r.TaskPredicted)], [.. rows.Select(r => r.TaskTrue)]),
            Panel("utility loss", "nats", [.. rows.Select(r => r.UtilityPredicted)], [.. rows.Select(r => r.UtilityTrue)]),
        ])
    {
        Subtitle = FormattableString.Invariant($"each of {rows.Count} training applicants left out in turn; measured on validation applicants"),
        Note = "On the line a prediction is exact. r: Pearson, ρ: Spearman.",
        Columns = 2,
        Legend = false,
        Height = 500,
    };

    private static Panel Panel(string name, string unit, double[] predicted, double[] found)
    {
        var (low, high) = (predicted.Concat(found).Min(), predicted.Concat(found).Max());
        var agreement = string.Create(CultureInfo.InvariantCulture, $"r = {Correlation.Pearson(predicted, found):F3}, ρ = {Correlation.Spearman(predicted, found):F3}").Replace('-', '−');
        return new Panel(
            new Axis("change foretold by influence", unit), new Axis("change after training again", unit),
            [
                new Line("equal", [low, high], [low, high]) { Paint = Palette.Ink, Width = 1.25 },
                new Points("applicant left out", predicted, found) { Opacity = 0.45, Paint = Palette.Series[1] },
            ])
        {
            Title = name,
            Annotations = [new Note(0.03, 0.93, agreement, Corner: true)],
        };
    }
}
