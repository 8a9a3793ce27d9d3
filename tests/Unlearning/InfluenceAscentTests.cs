using FaLW.Data;
using FaLW.Tests.Models;
using FaLW.Unlearning;

namespace FaLW.Tests.Unlearning;

/// <summary>IMU: influences and weights against host arithmetic; a whole run against PyTorch is among the parity tests.</summary>
[Collection(nameof(World))]
public sealed class InfluenceAscentTests(World world)
{
    /// <summary>I_i = -sum over the six weights of g_i g / (mean of squares + 0.01), in double precision, without torch.</summary>
    [Fact]
    public void Influences_are_gradients_against_their_mean_over_their_squares()
    {
        using var tiny = new TinyWorld();
        TinyWorld.Near(Influences(tiny), new InfluenceAscent().Influences(tiny.Task), 1e-6);
    }

    [Fact]
    public void Samples_of_negative_influence_weigh_its_root_and_no_more_than_the_quantile()
    {
        using var tiny = new TinyWorld();
        var influences = Influences(tiny);
        (int Row, double Root)[] helping = [.. tiny.Splits.Forget.Zip(influences, (row, i) => (row, i)).Where(pair => pair.i < 0).Select(pair => (pair.row, Math.Sqrt(-pair.i)))];
        double[] sorted = [.. helping.Select(pair => pair.Root).Order()];
        Assert.True(sorted.Length > 1);
        var place = 0.5 * (sorted.Length - 1);
        var most = sorted[(int)place] + ((place % 1) * (sorted[(int)Math.Ceiling(place)] - sorted[(int)place]));
        var chosen = new InfluenceAscent(ClipQuantile: 0.5).Chosen(tiny.Task);
        Assert.Equal(helping.Select(pair => pair.Row), chosen.Select(pair => pair.Row));
        TinyWorld.Near(helping.Select(pair => Math.Min(pair.Root, most)), chosen.Select(pair => pair.Weight), 1e-6);
        Assert.Equal(helping.MaxBy(pair => pair.Root).Row, Assert.Single(new InfluenceAscent(Share: 0.01).Chosen(tiny.Task)).Row);
    }

    /// <summary>The mean influence is minus a sum of squares, so some sample always helps.</summary>
    [Fact]
    public void The_forget_set_as_a_whole_has_a_negative_influence() => Assert.True(new InfluenceAscent().Influences(world.Task()).Average() < 0);

    [Fact]
    public void Only_the_last_layer_and_the_batch_statistics_move()
    {
        var before = Bits.Of(world.Original);
        var after = world.Unlearned(new InfluenceAscent(2, 0.1) { BatchSize = 64, Augmentation = Augmentation.None, WeightDecay = 0.01 }, Bits.Of);
        string[] moved = [.. before.Keys.Where(name => !before[name].SequenceEqual(after[name]))];
        Assert.Contains("fc.weight", moved);
        Assert.Contains("fc.bias", moved);
        Assert.All(moved.Where(name => !name.StartsWith("fc.", StringComparison.Ordinal)), name => Assert.True(name.Contains("running", StringComparison.Ordinal) || name.Contains("num_batches", StringComparison.Ordinal), name));
    }

    private static double[] Influences(TinyWorld tiny)
    {
        double[][] gradients = [.. tiny.Splits.Forget.Select(tiny.Gradient)];
        double[] mean = [.. tiny.SumOfGradients(tiny.Splits.Forget).Select(sum => sum / gradients.Length)], squares = tiny.MeanOfSquares(tiny.Splits.Forget);
        return [.. gradients.Select(g => -g.Select((value, j) => value * mean[j] / (squares[j] + 0.01)).Sum())];
    }
}
