using ScottPlot;
using ScottPlot.Triangulation;

namespace FaLW.Figures;

/// <summary>Where a function on a grid crosses a level.</summary>
internal static class Contour
{
    /// <summary>The lines as places to join; NaN between two lines. Columns and rows of the grid ascend, values run row by row from the first y.</summary>
    public static IReadOnlyList<Spot> Of(IReadOnlyList<double> x, IReadOnlyList<double> y, IReadOnlyList<double> values, double level)
    {
        var grid = new Coordinates3d[y.Count, x.Count];
        for (var row = 0; row < y.Count; row++)
            for (var column = 0; column < x.Count; column++) grid[row, column] = new Coordinates3d(x[column], y[row], values[row * x.Count + column]);
        return [.. RectangularGrid.GetContourLines(grid, [level]).SelectMany((line, i) =>
            line.Path.Points.Select(p => new Spot(p.X, p.Y)).Prepend(new Spot(double.NaN, double.NaN)).Skip(i == 0 ? 1 : 0))];
    }
}
