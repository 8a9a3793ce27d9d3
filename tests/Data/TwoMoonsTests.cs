using FaLW.Data;

namespace FaLW.Tests.Data;

/// <summary>The toy in the plane, and its pictures.</summary>
public sealed class TwoMoonsTests
{
    [Fact]
    public void Without_noise_the_points_lie_on_two_half_circles()
    {
        var moons = new TwoMoons(40, 40, noise: 0);
        for (var row = 0; row < 80; row++)
        {
            var (label, x, y) = (row % 2, moons.X[row], moons.Y[row]);
            Assert.Equal(label, moons.Pictures.Labels[row]);
            Assert.Equal(1, label == 0 ? x * x + y * y : (x - 1) * (x - 1) + (y - 0.5) * (y - 0.5), 12);
            Assert.True(label == 0 ? y >= 0 : y <= 0.5);
        }
    }

    [Fact]
    public void The_brightest_pixel_is_where_the_point_is()
    {
        var moons = new TwoMoons(20, 2, seed: 5);
        var side = TwoMoons.Benchmark.Width;
        for (var row = 0; row < 20; row++)
        {
            var picture = moons.Pictures.Pixels.AsSpan(row * side * side, side * side).ToArray();
            var brightest = Array.IndexOf(picture, picture.Max());
            Assert.InRange(brightest % side - (((moons.X[row] - TwoMoons.CentreX) / TwoMoons.HalfWidth + 1) / 2 * side - 0.5), -0.51, 0.51);
            Assert.InRange(brightest / side - (((moons.Y[row] - TwoMoons.CentreY) / TwoMoons.HalfHeight + 1) / 2 * side - 0.5), -0.51, 0.51);
        }
    }

    [Fact]
    public void A_seed_decides_the_points_and_the_grid_needs_none()
    {
        Assert.Equal(new TwoMoons(seed: 1).X, new TwoMoons(seed: 1).X);
        Assert.NotEqual(new TwoMoons(seed: 1).X, new TwoMoons(seed: 2).X);
        Assert.Equal((15, -1.66, 2.05), (TwoMoons.Grid(5, 3).Labels.Length, Math.Round(TwoMoons.GridX(0, 5), 9), Math.Round(TwoMoons.GridY(2, 3), 9)));
    }
}
