namespace FaLW.Tests.Unlearning;

public sealed class L1SparseTests
{
    /// <summary>By hand: from alpha down in equal parts, zero for the epochs without.</summary>
    [Theory]
    [InlineData(4, 0, new[] { 1, 0.75, 0.5, 0.25 })]
    [InlineData(4, 2, new[] { 1, 0.5, 0, 0 })]
    [InlineData(2, 2, new[] { 0.0, 0 })]
    public void The_penalty_fades_over_the_epochs(int epochs, int without, double[] expected)
    {
        var method = new L1Sparse(1, epochs, EpochsWithout: without);
        Assert.Equal(expected, Enumerable.Range(0, epochs).Select(method.Penalty));
    }

    /// <summary>
    /// Two epochs of one step each on six weights: w - rate (g + a_e sign(w)), the gradient g of the retain loss worked out anew on the host.
    /// </summary>
    [Fact]
    public void Its_gradient_is_the_sign_of_every_weight()
    {
        using var world = new TinyWorld();
        L1Sparse Method(int epochs) => new(0.3, epochs, 0.1) { BatchSize = 8, Momentum = 0, WeightDecay = 0, Augmentation = Augmentation.None };
        var gradient = world.SumOfGradients(world.Splits.Retain);
        TinyWorld.Near(
            world.Weights.Zip(gradient, (w, g) => w - (0.1 * ((g / 5) + (0.3 * Math.Sign(w))))), world.After(Method(1)), 1e-6);

        var plain = world.After(new FineTune(2, 0.1) { BatchSize = 8, Momentum = 0, WeightDecay = 0, Augmentation = Augmentation.None });
        var lastEpochFree = world.After(Method(2) with { EpochsWithout = 2 });
        Assert.Equal(plain, lastEpochFree);
    }

    [Fact]
    public void Steps_of_one_epoch_share_its_strength()
    {
        using var model = new TinyWorld();
        var rule = new L1Rule(new L1Sparse(1, 2), stepsPerEpoch: 2);
        double[] seen = [.. Enumerable.Range(0, 4).Select(_ =>
        {
            foreach (var parameter in model.Original.Parameters) parameter.grad = zeros_like(parameter);
            rule.BeforeStep(model.Original);
            return Math.Abs(Bits.Numbers(model.Original.Parameters.First().grad!)[0]);
        })];
        Assert.Equal([1, 1, 0.5, 0.5], seen);
    }
}

/// <summary>REWEIGHT around a method: other retain rows in an epoch, and nothing else.</summary>
[Collection(nameof(World))]
public sealed class ReweightedTests(World world)
{
    private static readonly FineTune Plain = new(2, 0.02) { BatchSize = 64, Augmentation = Augmentation.None };

    /// <summary>The trainer on the drawn rows with plain cross-entropy ends at the same bits, so no row's loss was scaled.</summary>
    [Fact]
    public void Fine_tuning_trains_on_the_drawn_rows_each_weighing_1()
    {
        var rows = new ReweightedRows(world.Splits, world.Images.HostLabels);
        using var expected = world.Original.Copy();
        Trainer.Fit(
            expected, world.Images, new TrainSpec(2, 64, 0.02, 0.9, 5e-4), epoch => Planners.Supervised(rows.OfEpoch(7, epoch), world.Images.HostLabels, 64, 7)(epoch),
            Objectives.CrossEntropy, seed: 7, cancellation: TestContext.Current.CancellationToken);
        Assert.Equal(Bits.Of(expected), world.Unlearned(new Reweighted(Plain), Bits.Of, seed: 7));
        Assert.NotEqual(Bits.Of(expected), world.Unlearned(Plain, Bits.Of, seed: 7));
    }

    [Theory]
    [InlineData(LabelOrder.Mixed)]
    [InlineData(LabelOrder.Sequential)]
    public void Random_labels_keep_the_forget_set_and_its_labels(LabelOrder order)
    {
        var rows = new ReweightedRows(world.Splits, world.Images.HostLabels);
        var method = World.RandomLabels with { Order = order };
        var (plain, drawn) = (method.Plan(world.Task(), 1), method.Plan(world.Task() with { Reweighted = rows }, 1));
        Assert.Equal(plain.BatchSizes, drawn.BatchSizes);
        Assert.Equal(Part(plain, forget: true), Part(drawn, forget: true));
        Assert.Equal(rows.OfEpoch(0, 1).Order().Select(row => (row, (long)world.Images.HostLabels[row])), Part(drawn, forget: false));
    }

    [Fact]
    public void Forget_samples_can_be_weighed_as_ever()
    {
        var log = world.Log(new Reweighted(World.RandomLabels), new ForgettingAwareWeighting());
        Assert.Equal([world.Splits.Forget.Count, world.Splits.Forget.Count], log.Weights.Select(epoch => epoch.Count));
        Assert.Contains("use UniformWeighting", Assert.Throws<Fault>(() => new Reweighted(Plain).Unlearn(world.Task(new ForgettingAwareWeighting()))).Message, StringComparison.Ordinal);
    }

    private static IEnumerable<(int, long)> Part(EpochPlan plan, bool forget) =>
        plan.Rows.Select((row, i) => (row, plan.Targets[i], plan.IsForget[i])).Where(each => each.Item3 == forget).Select(each => (each.row, each.Item2)).Order();
}
