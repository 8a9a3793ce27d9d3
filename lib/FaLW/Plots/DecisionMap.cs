using FaLW.Data;
using FaLW.Experiments;
using FaLW.Figures;

namespace FaLW.Plots;

/// <summary>What models make of the plane: the boundary between two classes, the points, and the weight of each point to forget as colour.</summary>
public static class DecisionMap
{
    // Quite opaque points get a pale halo, which would part a point from its rim.
    private const double Solid = 0.99;

    private static readonly string[] Classes = ["retained, class 0", "retained, class 1"];

    /// <summary>One panel per model; the colour scale is the same in all.</summary>
    /// <param name="views">At least one model.</param>
    public static Figure Of(params PlaneView[] views)
    {
        var columns = views.Length == 1 ? 1 : 2;
        var weighted = views.Any(view => view.Points.Any(p => p.Weight != 1));
        return new Figure("Two moons: the boundary, and the points to forget", views.Select((view, i) => Panel(view, weighted, bar: i == columns - 1)).ToValueList())
        {
            Subtitle = "solid: even odds; dotted: nine to one; large marks are to be forgotten (circles class 0, diamonds class 1)",
            Columns = columns,
            ShareX = true,
            ShareY = true,
            Legend = false,
            Width = columns == 1 ? 700 : 960,
            Height = 160 + (columns == 1 ? 480 : 330) * ((views.Length + columns - 1) / columns),
        };
    }

    private static Panel Panel(PlaneView view, bool weighted, bool bar) => new(
        new Axis("first coordinate") { Low = view.X[0], High = view.X[^1] }, new Axis("second coordinate") { Low = view.Y[0], High = view.Y[^1] },
        [
            .. Enumerable.Range(0, 2).Select(k => Retained(view, k)),
            Edge(view, "nine to one", 0.1, Dash.Dotted), Edge(view, "one to nine", 0.9, Dash.Dotted), Edge(view, "boundary", 0.5, Dash.Solid),
            .. Enumerable.Range(0, 2).SelectMany(k => Forgotten(view, k, weighted, bar)),
        ])
    {
        Title = view.Title,
    };

    private static Points Retained(PlaneView view, int label)
    {
        var points = view.Points.Where(p => !p.IsForget && p.Class == label).ToArray();
        return new Points(Classes[label], points.Select(p => p.X), points.Select(p => p.Y)) { Radius = 2.5, Marker = label == 0 ? Marker.Circle : Marker.Diamond, Paint = Palette.Original.Toward(Palette.Paper, 0.45) };
    }

    // A rim, since a weight of one is as pale as the ground.
    private static IEnumerable<Points> Forgotten(PlaneView view, int label, bool weighted, bool bar)
    {
        var points = view.Points.Where(p => p.IsForget && p.Class == label).ToArray();
        var (x, y) = (points.Select(p => p.X).ToValueList(), points.Select(p => p.Y).ToValueList());
        var (shape, radius) = label == 0 ? (Marker.Circle, 4.5) : (Marker.Diamond, 5.5);
        yield return new Points("", x, y) { Radius = radius + 1, Marker = shape, Paint = Palette.Ink, Opacity = Solid, InLegend = false };
        yield return new Points(FormattableString.Invariant($"to forget, class {label}"), x, y)
        {
            Radius = radius,
            Marker = shape,
            Opacity = Solid,
            Paint = Palette.Paper,
            Shading = !weighted ? null : new Shading("weight w", [.. points.Select(p => p.Weight)]) { Low = 0, High = 2, Middle = 1, Bar = bar && label == 1 },
        };
    }

    private static Line Edge(PlaneView view, string name, double level, Dash dash)
    {
        var spots = Contour.Of(view.X, view.Y, view.Probability, level);
        return new Line(name, spots.Select(s => s.X), spots.Select(s => s.Y)) { Paint = Palette.Ink, Dash = dash, Width = dash == Dash.Solid ? 2 : 1.25, InLegend = false };
    }
}
