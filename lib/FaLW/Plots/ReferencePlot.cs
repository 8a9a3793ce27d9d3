using FaLW.Data;
using FaLW.Experiments;
using FaLW.Figures;
using FaLW.Metrics;

namespace FaLW.Plots;

/// <summary>What the target itself loses: accuracy per class under Original and under Retrain, head to tail.</summary>
public static class ReferencePlot
{
    /// <summary>Test accuracy under both models, and Retrain's accuracy on the images to forget; classes of several seeds are paired by rank.</summary>
    /// <param name="results">Any number of methods and seeds, one setting; methods are not looked at.</param>
    /// <exception cref="Fault">There is no result, or results of different settings.</exception>
    public static Figure Of(IEnumerable<RunResult> results)
    {
        var all = results.ToArray();
        var setting = Setting.Of(MethodRuns.OfOneSetting(all)[0].Runs[0].Spec);
        var runs = MethodRuns.References(all);
        var panel = new Panel(
            Axis.Whole("class, most forgotten first", "rank"), new Axis("accuracy", "%") { Low = 0, High = 112 },
            [
                Curve("Original, test images", r => r.OriginalClasses, row => row.TestAccuracy) with { Paint = Palette.Series[4], Marker = Marker.Square },
                Curve("Retrain, test images", r => r.RetrainClasses, row => row.TestAccuracy) with { Paint = Palette.Retrain, Marker = Marker.Circle },
                Curve("Retrain, images to forget", r => r.RetrainClasses, row => row.ForgetAccuracy) with { Paint = Palette.Retrain, Marker = Marker.Triangle, Dash = Dash.Dashed },
                .. runs.All(r => r.Control is not null)
                    ? [Curve($"{RetrainControl.Title}, images to forget", r => r.Control!.Classes, row => row.ForgetAccuracy) with { Paint = Palette.Muted, Marker = Marker.Diamond, Dash = Dash.Dotted }]
                    : Array.Empty<Trace>(),
            ])
        {
            Annotations = [.. GroupZones.Of(runs[0].Groups)],
        };
        return new Figure("The target is not zero, and not the same for every class", [panel])
        {
            Subtitle = setting.Words + (runs.Count > 1 ? FormattableString.Invariant($"; mean over {runs.Count} seeds") : "; one seed"),
            Height = 480,
        };

        Line Curve(string name, Func<RunResult, IReadOnlyList<ClassRow>> rows, Func<ClassRow, double> value)
        {
            var ranks = Enumerable.Range(0, runs[0].ForgetCounts.Count).ToArray();
            return new Line(name, ranks.Select(k => k + 1.0), ranks.Select(k => runs.Average(run => value(rows(run)[Measures.HeadToTail(run)[k]]))));
        }
    }
}
