namespace FaLW.Figures;

/// <summary>Outlines of the shapes that are not discs; all look equally large.</summary>
internal static class MarkerShape
{
    public static IReadOnlyList<Spot> Of(Marker marker, Spot at, double radius) => marker switch
    {
        Marker.Square => Corners(at, radius * 0.89, (-1, -1), (1, -1), (1, 1), (-1, 1)),
        Marker.Diamond => Corners(at, radius * 1.25, (0, -1), (1, 0), (0, 1), (-1, 0)),
        _ => Corners(at, radius * 1.3, (0, -1), (0.95, 0.72), (-0.95, 0.72)),
    };

    private static Spot[] Corners(Spot at, double size, params (double X, double Y)[] corners) =>
        [.. corners.Select(c => new Spot(at.X + c.X * size, at.Y + c.Y * size))];
}

/// <summary>Lengths of dashes and gaps for a line of a given width; round ends take a width from each gap.</summary>
internal static class DashPattern
{
    public static double[] Of(Dash dash, double width) => dash switch
    {
        Dash.Dashed => [width * 3, width * 3],
        Dash.Dotted => [0.01, width * 2.4],
        _ => [],
    };
}
