namespace FaLW.Tests.Figures;

/// <summary>Lines of equal value against functions whose lines are known.</summary>
public sealed class ContourTests
{
    private static readonly double[] Places = [.. Enumerable.Range(0, 41).Select(i => -2 + 0.1 * i)];

    [Fact]
    public void A_plane_is_cut_in_one_straight_line_exactly_where_it_should()
    {
        var line = Of((x, y) => x - 2 * y, 0.33);
        Assert.All(line, spot => Assert.Equal(0.33, spot.X - 2 * spot.Y, 9));
        Assert.Equal([-2, 2], new[] { line[0].X, line[^1].X }.Order());
    }

    [Fact]
    public void A_hill_is_ringed_by_one_closed_line()
    {
        var ring = Of((x, y) => -x * x - y * y, -0.97);
        Assert.Equal(ring[0], ring[^1]);
        Assert.All(ring, spot => Assert.InRange(spot.X * spot.X + spot.Y * spot.Y, 0.96, 0.98));
        Assert.Equal(ring.Count - 1, ring.Distinct().Count());
    }

    [Fact]
    public void Two_hills_are_two_lines_with_a_gap_between() =>
        Assert.Single(Of((x, y) => Math.Abs(x) - y * y, 0.5), spot => double.IsNaN(spot.X));

    [Fact]
    public void A_saddle_is_passed_without_crossing()
    {
        // The middle of the saddle lies within a cell: the two branches turn away from each other there.
        var lines = Of((x, y) => (x - 0.05) * (y - 0.05) - 0.001, 0);
        var gap = lines.Select(spot => double.IsNaN(spot.X)).ToList().IndexOf(true);
        Assert.Single(lines, spot => double.IsNaN(spot.X));
        Assert.All([lines.Take(gap), lines.Skip(gap + 1)], branch => Assert.Single(branch.Select(spot => spot.X + spot.Y > 0.1).Distinct()));
    }

    [Fact]
    public void Where_nothing_is_crossed_there_is_no_line() => Assert.Empty(Of((x, y) => x * y, 9));

    private static IReadOnlyList<Spot> Of(Func<double, double, double> value, double level) =>
        Contour.Of(Places, Places, [.. from y in Places from x in Places select value(x, y)], level);
}
