using FaLW.Experiments;
using FaLW.Figures;
using FaLW.Metrics;

namespace FaLW.Plots;

/// <summary>How forgotten images come back when models are trained on: with the forget set, and without it.</summary>
public static class RelearnPlot
{
    /// <summary>Two panels, one curve per model, mean over repeats.</summary>
    /// <param name="result">What a job of audits found.</param>
    public static Figure Of(AuditResult result)
    {
        var bar = result.Bars.Average();
        return new Figure("What comes back when a model is trained on",
        [
            Panel(result, "with the forget set; dashed: known again", row => row.OnForget, new ReferenceLine(bar)),
            Panel(result, "with the retain set alone; dashed: Retrain, as it came", row => row.OnRetain, new ReferenceLine(result.Retrain.ForgetAccuracy.Average())),
        ])
        {
            Subtitle = Setting.Of(result.Spec.Experiments[0]).Words,
            Note = FormattableString.Invariant($"Constant learning rate {result.Spec.Relearn.LearningRate}, batches of {result.Spec.Relearn.BatchSize}; mean over {result.Spec.Repeats} seeds."),
            Columns = 2,
            ShareY = true,
            Height = 460,
        };
    }

    private static Panel Panel(AuditResult result, string title, Func<AuditRow, IReadOnlyList<RelearnCurve>> curves, Annotation line) => new(
        Axis.Whole("optimizer steps"), new Axis("accuracy on the forget set", "%") { High = 104 }, [.. result.Rows.Select(row => Mean(row.Title, curves(row)))])
    {
        Title = title,
        Annotations = [line],
    };

    private static Trace Mean(string title, IReadOnlyList<RelearnCurve> curves)
    {
        var points = curves[0].Points;
        return new Line(title, points.Select(point => (double)point.Step), points.Select((_, i) => curves.Average(curve => curve.Points[i].Accuracy)))
        {
            Dash = title == "Retrain" ? Dash.Dashed : Dash.Solid,
        };
    }
}
