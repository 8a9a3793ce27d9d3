namespace FaLW.Tests.Unlearning;

/// <summary>One bias per class: closed forms on tables made by hand, and what it leaves alone.</summary>
[Collection(nameof(World))]
public sealed class BiasShiftTests(World world)
{
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    /// <summary>One class: p = 1 / (1 + exp(-(margin + shift))), so the shift is the log odds of the aim minus the margin.</summary>
    [Theory]
    [InlineData(8f, 0.6)]
    [InlineData(-1f, 0.9)]
    [InlineData(14f, 0.02)]
    public void One_class_is_moved_by_the_log_odds_of_its_aim(float margin, double aim)
    {
        var shift = new BiasFit(new LogitTable([margin, 0], 2, [0]), [aim, double.NaN]).Shift(Stop);
        Assert.Equal(Math.Log(aim / (1 - aim)) - margin, shift[0], 1e-6);
        Assert.Equal(0, shift[1]);
    }

    /// <summary>Odds 8 : 1 : 1 and 1 : 6 : 1, both to be 1/2, the third class staying: 8x = y + 1 and 6y = x + 1, so x = 7/47 and y = 9/47.</summary>
    [Fact]
    public void Two_classes_are_moved_together_because_each_lifts_the_other()
    {
        var forget = new LogitTable([MathF.Log(8), 0, 0, 0, MathF.Log(6), 0], 3, [0, 1]);
        var fit = new BiasFit(forget, [0.5, 0.5, double.NaN]);
        var shift = fit.Shift(Stop);
        TinyWorld.Near([Math.Log(7 / 47.0), Math.Log(9 / 47.0), 0], shift, 1e-6);
        Assert.Equal(0, fit.Left(shift), 1e-9);
    }

    /// <summary>Two classes, two mirrored samples: lowering one lifts the other as much, so the best shift is none and everything is left.</summary>
    [Fact]
    public void Where_all_classes_forget_a_bias_cannot_lower_them_all()
    {
        var fit = new BiasFit(new LogitTable([3, 0, 0, 3], 2, [0, 1]), [0.5, 0.5]);
        var shift = fit.Shift(Stop);
        TinyWorld.Near([0, 0], shift, 1e-12);
        Assert.Equal((1 / (1 + Math.Exp(-3))) - 0.5, fit.Left(shift), 1e-12);
    }

    /// <summary>Aims that a known shift reaches are reached, and by that shift, whose mean does nothing where all classes move.</summary>
    [Theory]
    [InlineData(5, 1)]
    [InlineData(5, 2)]
    [InlineData(4, 3)]
    public void Reachable_aims_are_reached_by_the_one_shift_that_does(int moved, int salt)
    {
        var draw = new SeededStream(salt, "logits");
        int[] labels = [.. Enumerable.Range(0, 60).Select(i => i % moved)];
        float[] logits = [.. labels.SelectMany(label => Enumerable.Range(0, 5).Select(k => (float)(draw.Normal() + (k == label ? 3 : 0))))];
        double[] truth = [.. Enumerable.Range(0, 5).Select(k => k < moved ? 2 * draw.Normal() : 0)];
        double[] aims = [.. Enumerable.Range(0, 5).Select(k => k >= moved ? double.NaN : Enumerable.Range(0, 60).Where(i => labels[i] == k).Average(i => Probability(logits.AsSpan(5 * i, 5), truth, k)))];
        var fit = new BiasFit(new LogitTable(logits, 5, labels), aims);
        var mean = moved == 5 ? truth.Average() : 0;
        TinyWorld.Near(truth.Select((b, k) => k < moved ? b - mean : 0), fit.Shift(Stop), 1e-5);
        Assert.Equal(0, fit.Left(fit.Shift(Stop)), 1e-8);
    }

    [Fact]
    public void On_a_network_the_forget_mean_of_a_class_becomes_the_unseen_mean_of_Original_and_only_its_bias_moves()
    {
        int[] classes = [0, 1, 2];
        var all = world.Splits;
        int[] forget = [.. all.Forget.Where(row => classes.Contains(world.Images.HostLabels[row]))];
        var splits = Splits.Around(forget, World.Spec, world.Images.HostLabels, world.Images.TrainCount, 10);
        var (model, log) = new BiasShift().Unlearn(world.Task() with { Splits = splits });
        using (model)
        {
            Assert.All(classes, k => Assert.Equal(Mean(world.Original, splits.Unseen, k), Mean(model, splits.Forget, k), 1e-5));
            Assert.Equal(0, log.EpochLoss.Single(), 1e-8);
            var (before, after) = (Bits.Of(world.Original), Bits.Of(model));
            Assert.Equal(["fc.bias"], before.Keys.Where(name => !before[name].SequenceEqual(after[name])));
            float[] was = Numbers(world.Original), now = Numbers(model);
            Assert.Equal(was[3..], now[3..]);
            Assert.All(classes, k => Assert.NotEqual(was[k], now[k]));
        }
    }

    [Fact]
    public void Where_every_class_forgets_it_comes_nearer_than_Original_and_says_what_is_left()
    {
        var (model, log) = new BiasShift().Unlearn(world.Task());
        using (model)
        {
            double Left(Classifier of) => Enumerable.Range(0, 10).Average(k => Math.Abs(Mean(of, world.Splits.Forget, k) - Mean(world.Original, world.Splits.Unseen, k)));
            Assert.Equal(log.EpochLoss.Single(), Left(model), 1e-5);
            Assert.True(Left(model) < Left(world.Original));
        }
    }

    private double Mean(Classifier model, IReadOnlyList<int> rows, int label) => Predictions.Of(model, world.Images, rows).ProbabilityWhere(k => k == label);

    private static float[] Numbers(Classifier model) => Bits.Numbers(model.State.Single(entry => entry.Name == "fc.bias").Value);

    private static double Probability(ReadOnlySpan<float> logits, double[] shift, int label)
    {
        var sum = 0.0;
        for (var k = 0; k < shift.Length; k++) sum += Math.Exp(logits[k] + shift[k]);
        return Math.Exp(logits[label] + shift[label]) / sum;
    }
}
