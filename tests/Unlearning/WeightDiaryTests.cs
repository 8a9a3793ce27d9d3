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
        diary.Note(tensor(new[] { 1f, 2f }), tensor(new long[] { 0, 2 }, dtype: int64));
        diary.Note(tensor(new[] { 0f }), tensor(new long[] { 2 }, dtype: int64));
        diary.Note(tensor(new[] { 1f, 1f, 1f }), tensor(new long[] { 0, 2, 2 }, dtype: int64));
        var epochs = diary.Summaries(epochs: 2, classes: 3);
        Assert.Equal((1, 3, 1.0, 9 / 5.0), (epochs[0].Epoch, epochs[0].Count, epochs[0].Mean, epochs[0].EffectiveSampleSize));
        Assert.Equal([1, double.NaN, 1], epochs[0].ClassMeans);
        Assert.Equal((2, 3, 1.0, 3.0), (epochs[1].Epoch, epochs[1].Count, epochs[1].Mean, epochs[1].EffectiveSampleSize));
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
    }
}
