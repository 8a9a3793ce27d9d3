namespace FaLW.Tests.Figures;

/// <summary>A thinned picture keeps every peak, and a long series says that it was thinned.</summary>
public sealed class ThinningTests
{
    [Fact]
    public void A_long_line_keeps_its_ends_and_its_extremes_in_every_column() => Gen.Int[0, 1000].Array[5000].Sample(heights =>
    {
        var spots = heights.Select((y, i) => new Spot(i / 50.0, y)).ToArray();
        var kept = Thinning.Line(spots, 100);
        return kept.Count <= 4 * 100 && kept[0] == spots[0] && kept[^1] == spots[^1]
            && spots.GroupBy(s => (int)s.X).All(column =>
                kept.Where(k => (int)k.X == column.Key).Min(k => k.Y) == column.Min(s => s.Y)
                && kept.Where(k => (int)k.X == column.Key).Max(k => k.Y) == column.Max(s => s.Y));
    }, iter: 100);

    [Fact]
    public void A_short_line_is_left_alone()
    {
        Spot[] spots = [new(0, 1), new(5, 2), new(3, 4)];
        Assert.Same(spots, Thinning.Line(spots, 100));
    }

    [Fact]
    public void Points_in_one_place_are_drawn_once_or_as_often_as_shows()
    {
        var spots = Enumerable.Repeat(new Spot(3, 3), 50).Append(new Spot(30, 3)).ToArray();
        Assert.Equal([0, 50], Thinning.Points(spots, 2, 1));
        Assert.Equal([0, 1, 2, 50], Thinning.Points(spots, 2, 3));
    }

    [Fact]
    public void The_summary_of_a_thinned_figure_says_so()
    {
        var many = Gallery.Draws(1, 30_000);
        Assert.Contains("thinned", Figure.Of("t", new Axis("x"), new Axis("y"), new Points("p", many, many)).Summary, StringComparison.Ordinal);
        Assert.DoesNotContain("thinned", Gallery.Scatter.Summary, StringComparison.Ordinal);
    }
}
