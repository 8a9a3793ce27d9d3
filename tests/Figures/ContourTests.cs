using FaLW.Figures;

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
        var lines = Contour.Of([0, 1], [0, 1], [1, 0, 0, 1], 0.5);
        Assert.Equal(5, lines.Count);
        Assert.Equal([new Spot(0.5, 0), new Spot(1, 0.5)], Sorted(lines.Take(2)));
        Assert.Equal([new Spot(0, 0.5), new Spot(0.5, 1)], Sorted(lines.Skip(3)));
    }

    [Fact]
    public void Where_nothing_is_crossed_there_is_no_line() => Assert.Empty(Of((x, y) => x * y, 9));

    private static IReadOnlyList<Spot> Of(Func<double, double, double> value, double level) =>
        Contour.Of(Places, Places, [.. from y in Places from x in Places select value(x, y)], level);

    private static IEnumerable<Spot> Sorted(IEnumerable<Spot> spots) => spots.OrderBy(s => s.X).ThenBy(s => s.Y);
}
