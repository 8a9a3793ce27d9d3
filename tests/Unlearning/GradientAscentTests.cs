namespace FaLW.Tests.Unlearning;

/// <summary>Ascent, alone and joint with descent, and what every training keeps; where all methods take a memorised forget set is in <see cref="MethodScience"/>.</summary>
[Collection(nameof(World))]
public sealed class GradientAscentTests(World world)
{
    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Gradient_ascent_raises_the_loss_of_the_forget_set(bool evaluationMode)
    {
        var method = new GradientAscent(2, 0.003, evaluationMode) { BatchSize = 64, Augmentation = Augmentation.None };
        double Loss(Classifier model) => Predictions.Of(model, world.Images, world.Splits.Forget).Loss.Average();
        Assert.True(world.Unlearned(method, Loss) > 1.05 * Loss(world.Original));
    }

    [Fact]
    public void Gradient_ascent_in_evaluation_mode_keeps_the_running_statistics()
    {
        Dictionary<string, byte[]> Statistics(Classifier model) =>
            Bits.Of(model).Where(entry => entry.Key.Contains("running", StringComparison.Ordinal)).ToDictionary();
        var method = new GradientAscent(1, 0.003) { BatchSize = 64 };
        Assert.Equal(Statistics(world.Original), world.Unlearned(method with { EvaluationMode = true }, Statistics));
        Assert.NotEqual(Statistics(world.Original), world.Unlearned(method, Statistics));
    }

    [Fact]
    public void Ascent_without_bounds_ends_in_a_sentence()
    {
        var fault = Assert.Throws<DivergedException>(() =>
            new GradientAscent(4, 1e12) { BatchSize = 64, Augmentation = Augmentation.None }.Unlearn(world.Task()));
        Assert.Contains("learning rate", fault.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_run_can_be_cancelled_in_the_mask_already()
    {
        using var stop = new CancellationTokenSource();
        stop.Cancel();
        var task = world.Task() with { Cancellation = stop.Token };
        Assert.Throws<OperationCanceledException>(() => new SaliencyMask(World.RandomLabels).Unlearn(task));
    }

    /// <summary>The mean over the whole batch is the weighted difference of the two means, whatever the proportions.</summary>
    [Fact]
    public void The_loss_of_neggrad_plus_is_a_difference_of_means()
    {
        using var scope = NewDisposeScope();
        var logits = Bits.Images(5, 3) * 2;
        var labels = tensor(new long[] { 0, 1, 2, 0, 1 }, [5], dtype: int64);
        var marks = tensor(new[] { true, false, true, false, false }, [5]);
        var loss = Bits.Numbers(nn.functional.cross_entropy(logits, labels, reduction: nn.Reduction.None));
        var expected = (0.8 * (loss[1] + loss[3] + loss[4]) / 3) - (0.2 * (loss[0] + loss[2]) / 2);
        var share = Bits.Numbers(new NegGradPlus(RetainShare: 0.8).Share(logits, new Batch(logits, labels, labels, marks, labels)));
        Assert.Equal(expected, loss.Zip(share, (l, s) => l * s).Average(), 1e-5);
    }

    [Fact]
    public void Neggrad_plus_joins_every_retain_batch_with_as_many_forget_samples()
    {
        var plan = new NegGradPlus { BatchSize = 50 }.Plan(world.Task(), 0);
        Assert.Equal(EpochPlan.Sizes(world.Splits.Retain.Count, 50).Select(size => size + Math.Min(size, world.Splits.Forget.Count)), plan.BatchSizes);
        var rows = plan.Rows.Zip(plan.IsForget).ToLookup(row => row.Second, row => row.First);
        Assert.Equal(world.Splits.Retain, rows[false].Order());
        // Every forget sample comes equally often, give or take one.
        var times = rows[true].CountBy(row => row).ToDictionary();
        Assert.Equal(world.Splits.Forget.Count, times.Count);
        Assert.InRange(times.Values.Max() - times.Values.Min(), 0, 1);
    }
}

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
        var forget = tiny.Splits.Forget;
        var scaled = (tiny.SumOfGradients(forget) / forget.Count).PointwiseDivide(tiny.MeanOfSquares(forget) + 0.01);
        return [.. forget.Select(row => -(tiny.Gradient(row) * scaled))];
    }
}
