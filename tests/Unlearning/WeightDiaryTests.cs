using FaLW.Unlearning;
using FaLW.Weighting;
using static TorchSharp.torch;

namespace FaLW.Tests.Unlearning;

[Collection(nameof(World))]
public sealed class WeightDiaryTests(World world)
{
    [Fact]
    public void Means_and_effective_sample_size_worked_by_hand()
    {
        using var diary = new WeightDiary();
        using var scope = NewDisposeScope();
        Note(diary, [1, 2], [0, 2], [0, 1]);
        Note(diary, [0], [2], [3]);
        Note(diary, [1, 1.00006f, 1], [0, 2, 2], [3, 0, 1]);
        var epochs = diary.Summaries(epochs: 2, classes: 3);
        Assert.Equal((1, 3, 1.0, 9 / 5.0), (epochs[0].Epoch, epochs[0].Count, epochs[0].Mean, epochs[0].EffectiveSampleSize));
        Assert.Equal([1, double.NaN, 1], epochs[0].ClassMeans);
        Assert.Equal((2, 3), (epochs[1].Epoch, epochs[1].Count));
        Assert.Equal((1.00002, 3.0), (epochs[1].Mean, epochs[1].EffectiveSampleSize), (a, b) => Math.Abs(a.Item1 - b.Item1) < 1e-6 && Math.Abs(a.Item2 - b.Item2) < 1e-6);
    }

    [Fact]
    public void The_last_weight_of_each_sample_stays_to_four_decimals()
    {
        using var diary = new WeightDiary();
        Assert.Empty(diary.Last(4));
        using var scope = NewDisposeScope();
        Note(diary, [1, 2], [0, 2], [0, 1]);
        Note(diary, [0.12344f, 1.00006f], [2, 0], [3, 0]);
        Assert.Equal([1.0001, 2, double.NaN, 0.1234], diary.Last(4));
    }

    [Fact]
    public void A_weighted_log_tells_what_the_weights_were_and_a_uniform_one_is_silent()
    {
        var (weighted, log) = World.RandomLabels.Unlearn(world.Task(new ForgettingAwareWeighting()));
        weighted.Dispose();
        Assert.Equal(World.RandomLabels.Epochs, log.Weights.Count);
        Assert.All(log.Weights, epoch => Assert.Equal(world.Splits.Forget.Count, epoch.Count));
        Assert.All(log.Weights, epoch => Assert.InRange(epoch.EffectiveSampleSize, 1, epoch.Count));
        Assert.All(log.Weights.SelectMany(epoch => epoch.ClassMeans), mean => Assert.InRange(mean, 0, 2));

        var (uniform, silent) = World.RandomLabels.Unlearn(world.Task());
        uniform.Dispose();
        Assert.Empty(silent.Weights);
        Assert.Empty(silent.LastWeights);
    }

    [Fact]
    public void Last_weights_and_last_summary_are_of_the_same_epoch()
    {
        var (model, log) = World.RandomLabels.Unlearn(world.Task(new ForgettingAwareWeighting()));
        model.Dispose();
        Assert.Equal(world.Splits.Forget.Count, log.LastWeights.Count);
        Assert.Equal(log.Weights[^1].Mean, log.LastWeights.Average(), 1e-4);
        var first = world.Images.HostLabels[world.Splits.Forget[0]];
        var own = log.LastWeights.Where((_, i) => world.Images.HostLabels[world.Splits.Forget[i]] == first);
        Assert.Equal(log.Weights[^1].ClassMeans[first], own.Average(), 1e-4);
    }

    private static void Note(WeightDiary diary, float[] weights, long[] labels, long[] places) =>
        diary.Note(tensor(weights), tensor(labels, dtype: int64), tensor(places, dtype: int64));
}
