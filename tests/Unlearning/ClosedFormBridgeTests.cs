namespace FaLW.Tests.Unlearning;

/// <summary>The experimental rival of FaLW: what it promises, it keeps, and nothing below the last layer moves.</summary>
[Collection(nameof(World))]
public sealed class ClosedFormBridgeTests(World world)
{
    private static readonly ClosedFormBridge Bridge = new(Steps: 3);

    [Fact]
    public void Features_and_last_layer_are_the_network()
    {
        using var scope = NewDisposeScope();
        var layer = new LastLayer(world.Original);
        int[] rows = [.. world.Splits.Unseen];
        var chosen = Predictions.RowsOn(CPU, rows);
        var features = layer.Features(world.Images, chosen);
        var expected = Predictions.Of(world.Original, world.Images, rows).TrueClassProbability;
        var found = Bits.Numbers(layer.TrueClassProbability(features, world.Images.Labels.index_select(0, chosen)));
        Assert.All(expected.Zip(found), pair => Assert.Equal(pair.First, pair.Second, 1e-5f));
        Assert.Equal(layer.Weight.shape[1], features.shape[1]);
    }

    [Fact]
    public void Forget_samples_come_nearer_to_unseen_ones_of_their_class_in_every_step()
    {
        var (model, log) = Bridge.Unlearn(world.Task());
        using (model)
        {
            double[] left = [Deviation(world.Original), .. log.EpochLoss];
            Assert.All(left.Zip(left.Skip(1)), pair => Assert.True(pair.Second < pair.First));
            Assert.Equal(log.EpochLoss[^1], Deviation(model), 1e-4);
        }
    }

    [Fact]
    public void Only_the_last_layer_moves()
    {
        var (before, after) = (Bits.Of(world.Original), world.Unlearned(Bridge, Bits.Of));
        Assert.Equal(2, before.Keys.Count(name => !before[name].SequenceEqual(after[name])));
    }

    [Fact]
    public void The_retain_set_is_kept() =>
        Assert.InRange(world.Unlearned(Bridge, model => Predictions.Of(model, world.Images, world.Splits.Retain).Accuracy), 95, 100);

    // Mean over classes of |mean probability on forget samples - mean probability on unseen ones|.
    private double Deviation(Classifier model)
    {
        var (forget, unseen) = (Predictions.Of(model, world.Images, world.Splits.Forget), Predictions.Of(model, world.Images, world.Splits.Unseen));
        return Enumerable.Range(0, 10).Average(label => Math.Abs(forget.ProbabilityWhere(k => k == label) - unseen.ProbabilityWhere(k => k == label)));
    }
}
