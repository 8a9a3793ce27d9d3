namespace FaLW.Figures;

/// <summary>
/// Where a function on a grid crosses a level (marching squares, Lorensen and Cline 1987 in the plane): pieces joined to lines,
/// each point interpolated on its edge. Of two ways through a saddle the one that cuts off the low corners is taken.
/// </summary>
internal sealed class Contour
{
    private readonly IReadOnlyList<double> x, y, values;
    private readonly double level;
    private readonly Dictionary<int, List<int>> neighbours = [];

    private Contour(IReadOnlyList<double> x, IReadOnlyList<double> y, IReadOnlyList<double> values, double level) =>
        (this.x, this.y, this.values, this.level) = (x, y, values, level);

    /// <summary>The lines as places to join; NaN between two lines.</summary>
    /// <param name="x">Columns of the grid, ascending.</param>
    /// <param name="y">Rows of the grid, ascending.</param>
    /// <param name="values">Row by row from the first y.</param>
    /// <param name="level">The level.</param>
    public static IReadOnlyList<Spot> Of(IReadOnlyList<double> x, IReadOnlyList<double> y, IReadOnlyList<double> values, double level)
    {
        var contour = new Contour(x, y, values, level);
        for (var row = 0; row + 1 < y.Count; row++)
            for (var column = 0; column + 1 < x.Count; column++)
                contour.Cross(row, column);
        return contour.Lines();
    }

    // Edges are numbered by their lower left corner: twice its place for the level edge, one more for the upright one.
    private int Level(int row, int column) => 2 * (row * x.Count + column);

    private int Upright(int row, int column) => Level(row, column) + 1;

    private bool Above(int row, int column) => values[row * x.Count + column] >= level;

    private void Cross(int row, int column)
    {
        var (below, right, above, left) = (Level(row, column), Upright(row, column + 1), Level(row + 1, column), Upright(row, column));
        bool[] corners = [Above(row, column), Above(row, column + 1), Above(row + 1, column + 1), Above(row + 1, column)];
        int[] sides = [below, right, above, left];
        int[] crossed = [.. Enumerable.Range(0, 4).Where(i => corners[i] != corners[(i + 1) % 4]).Select(i => sides[i])];
        if (crossed.Length == 2) Join(crossed[0], crossed[1]);
        if (crossed.Length != 4) return;
        Join(corners[0] ? below : left, corners[0] ? right : below);
        Join(corners[0] ? left : right, above);
    }

    private void Join(int one, int other)
    {
        Beside(one).Add(other);
        Beside(other).Add(one);
    }

    private List<int> Beside(int edge) => neighbours.TryGetValue(edge, out var found) ? found : neighbours[edge] = [];

    // Open lines first, from an end; what is left are rings.
    private List<Spot> Lines()
    {
        var lines = new List<Spot>();
        foreach (var start in neighbours.Keys.OrderBy(edge => neighbours[edge].Count).ThenBy(edge => edge).ToArray())
        {
            if (neighbours[start].Count == 0) continue;
            if (lines.Count > 0) lines.Add(new Spot(double.NaN, double.NaN));
            lines.Add(Place(start));
            for (var at = start; neighbours[at].Count > 0;)
            {
                var next = neighbours[at][0];
                neighbours[at].RemoveAt(0);
                neighbours[next].Remove(at);
                lines.Add(Place(at = next));
            }
        }
        return lines;
    }

    private Spot Place(int edge)
    {
        var (corner, upright) = (edge / 2, edge % 2 == 1);
        var (row, column) = (corner / x.Count, corner % x.Count);
        var (from, to) = (values[corner], values[upright ? corner + x.Count : corner + 1]);
        var share = (level - from) / (to - from);
        return upright
            ? new Spot(x[column], y[row] + share * (y[row + 1] - y[row]))
            : new Spot(x[column] + share * (x[column + 1] - x[column]), y[row]);
    }
}
