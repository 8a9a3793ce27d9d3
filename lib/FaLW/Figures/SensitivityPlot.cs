using FaLW.Data;
using FaLW.Experiments;
using FaLW.Metrics;

namespace FaLW.Figures;

/// <summary>A metric against a setting that is searched on a logarithmic scale, usually the learning rate.</summary>
public static class SensitivityPlot
{
    // More lines than this cannot be told apart in one panel.
    private const int MostInPanel = 6;
    private const int Columns = 3;

    private static readonly Marker[] Shapes = [Marker.Circle, Marker.Square, Marker.Triangle, Marker.Diamond];

    /// <summary>One line per method through the mean over seeds, with a 95 % interval where there are several; the smallest of each method is marked.</summary>
    /// <param name="rows">Method, setting (positive) and metric, one row per run.</param>
    /// <param name="metric">The metric with its unit; smaller is better.</param>
    /// <param name="setting">What is varied.</param>
    /// <exception cref="Fault">There is no row.</exception>
    public static Figure Of(IEnumerable<(string Method, double Setting, double Metric)> rows, Axis? metric = null, string setting = "learning rate")
    {
        var methods = rows.GroupBy(r => r.Method, StringComparer.Ordinal).ToArray();
        if (methods.Length == 0) throw new Fault("There is no run to draw a sensitivity from. Run the pilot study first.");
        var axis = metric ?? new Axis("Average Gap", "points") { Low = 0 };
        return Figure.Of($"{axis.Label} against {setting}", Axis.Log(setting), axis, [.. methods.SelectMany((m, i) => Curve(m.Key, i, m))]) with
        {
            Note = "A halo marks the smallest of each method. Lower is nearer to Retrain.",
            Height = 520,
        };
    }

    /// <summary>
    /// Average Gap on unseen images against the searched setting, as the pilot seeds saw it; a panel per method where there are many. What diverged
    /// has no point, and a method with nothing to search no line.
    /// </summary>
    /// <param name="pilots">The rows of a search.</param>
    /// <exception cref="Fault">There is no row.</exception>
    public static Figure Of(IEnumerable<Pilot> pilots)
    {
        var rows = pilots.Where(p => double.IsFinite(p.ValidationGap) && p.LearningRate > 0).Select(p => (p.Title, p.LearningRate, p.ValidationGap)).ToArray();
        var axis = new Axis("Average Gap on unseen images", "points") { Low = 0 };
        var methods = rows.GroupBy(row => row.Title, StringComparer.Ordinal).ToArray();
        return methods.Length <= MostInPanel ? Of(rows, axis) : Facets(methods, axis);
    }

    private static Figure Facets(IReadOnlyList<IGrouping<string, (string, double, double)>> methods, Axis axis) => new(
        $"{axis.Label} against the searched setting",
        [.. methods.Select(method => new Panel(Axis.Log(""), axis with { Label = "gap" }, [.. Curve(method.Key, 0, method)]) { Title = method.Key })])
    {
        Note = "The learning rate; of IU, SSD and other methods without one, the setting they search. A halo marks the smallest. Lower is nearer to Retrain.",
        Columns = Columns,
        ShareY = true,
        Legend = false,
        Height = 60 + 190 * ((methods.Count + Columns - 1) / Columns),
    };

    private static IEnumerable<Trace> Curve(string name, int place, IEnumerable<(string Method, double Setting, double Metric)> rows)
    {
        var points = rows.GroupBy(r => r.Setting).OrderBy(g => g.Key).Select(g => (X: g.Key, Y: Statistics.Over(g.Select(r => r.Metric)))).ToArray();
        var several = points.Any(p => p.Y.Count > 1);
        var best = points.MinBy(p => p.Y.Mean);
        yield return new Points(name, [best.X], [best.Y.Mean]) { Radius = 9, Opacity = 0.3, InLegend = false };
        yield return new Line(name, points.Select(p => p.X), points.Select(p => p.Y.Mean))
        {
            Marker = Shapes[place % Shapes.Length],
            Errors = several ? ErrorBars.Of(points.Select(p => p.Y.HalfWidth)) : null,
        };
    }
}
