namespace FaLW.Tests.Unlearning;

/// <summary>The mask of SalUn: which weights, and that the others truly stay.</summary>
[Collection(nameof(World))]
public sealed class SaliencyTests(World world)
{
    /// <summary>By hand: ten numbers in two tensors, one threshold over both, ties to the first.</summary>
    [Theory]
    [InlineData(0.5, new[] { 1, 0, 1, 1, 0, 0 }, new[] { 1, 0, 0, 1 })]
    [InlineData(0.6, new[] { 1, 1, 1, 1, 0, 0 }, new[] { 1, 0, 0, 1 })]
    [InlineData(0.29, new[] { 0, 0, 0, 1, 0, 0 }, new[] { 1, 0, 0, 0 })]
    [InlineData(0.05, new[] { 0, 0, 0, 0, 0, 0 }, new[] { 0, 0, 0, 0 })]
    [InlineData(1.0, new[] { 1, 1, 1, 1, 1, 1 }, new[] { 1, 1, 1, 1 })]
    public void The_largest_share_of_all_weights_may_move(double share, int[] first, int[] second)
    {
        using var scope = NewDisposeScope();
        var masks = Saliency.Largest([tensor(new[] { 0.3f, 0.2f, 0.3f, 0.9f, 0.2f, 0.1f }, [2, 3]), tensor(new[] { 0.8f, 0f, 0f, 0.7f })], share);
        Assert.Equal([2L, 3], masks[0].shape);
        Assert.Equal(first, masks[0].to_type(int32).data<int>().ToArray());
        Assert.Equal(second, masks[1].to_type(int32).data<int>().ToArray());
    }

    /// <summary>29 % of 100 is 29, although 0.29 * 100 is 28.999... in binary.</summary>
    [Fact]
    public void The_share_is_counted_in_decimals()
    {
        using var scope = NewDisposeScope();
        Assert.Equal(29, Saliency.Largest([arange(0, 100, dtype: float32)], 0.29)[0].sum(ScalarType.Int64).item<long>());
    }

    /// <summary>Logistic regression: the gradient of cross-entropy is the mean of (softmax - one-hot) x'.</summary>
    [Fact]
    public void Saliency_is_the_absolute_sum_of_batch_mean_gradients()
    {
        using var scope = NewDisposeScope();
        using var linear = Network.Linear.Create(1, 8, 8, 10, seed: 3, CPU);
        var saliency = Saliency.Of(linear, world.Task() with { Original = linear }, batchSize: 50, Augmentation.None);
        var order = new SeededStream(0, "order of the saliency pass").Permutation(world.Splits.Forget.Count);
        var sum = zeros(10, 64, dtype: float32);
        foreach (var part in order.Chunk(50))
        {
            var rows = tensor([.. part.Select(p => (long)world.Splits.Forget[p])], [part.Length], dtype: int64);
            var images = world.Images.Pixels(rows);
            using var noGradient = no_grad();
            var error = linear.Logits(images).softmax(1) - nn.functional.one_hot(world.Images.Labels.index_select(0, rows), 10).to_type(float32);
            sum += error.t().matmul(images.flatten(1)) / part.Length;
        }

        Assert.Equal(linear.Parameters.Select(p => p.shape), saliency.Select(s => s.shape));
        Assert.InRange(Bits.LargestDifference(saliency[0], sum.abs()), 0, 1e-5);
        Assert.All(linear.Parameters, parameter => Assert.Null(parameter.grad));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Masked_weights_are_the_originals_bit_for_bit_after_fifty_steps_of_decay_and_momentum(bool channelsLast)
    {
        var method = Fifty(MaskMode.Hard);
        method = method with { Host = method.Host with { ChannelsLast = channelsLast } };
        var (model, log) = method.Unlearn(world.Task());
        using (model)
        {
            Assert.True(log.Steps >= 50);
            var (same, moved) = Compare(model, method);
            Assert.True(same);
            Assert.InRange(moved, 0.99, 1);
        }
    }

    [Fact]
    public void A_mask_on_gradients_alone_leaks_through_weight_decay()
    {
        var method = Fifty(MaskMode.GradientOnly);
        Assert.False(world.Unlearned(method, model => Compare(model, method).Same));
    }

    private static SaliencyMask Fifty(MaskMode mode) =>
        new(World.RandomLabels with { Epochs = 4, Momentum = 0.9, WeightDecay = 0.01 }, Density: 0.3, mode);

    // Whether every masked weight kept its bits, and which share of the others moved.
    private (bool Same, double Moved) Compare(Classifier model, SaliencyMask method)
    {
        using var scope = NewDisposeScope();
        using var copy = world.Original.Copy();
        var masks = Saliency.Largest(Saliency.Of(copy, world.Task(), method.Host.BatchSize, Augmentation.None), method.Density);
        bool[] may = [.. masks.SelectMany(mask => mask.flatten().data<bool>().ToArray())];
        float[] before = [.. world.Original.Parameters.SelectMany(Bits.Numbers)], after = [.. model.Parameters.SelectMany(Bits.Numbers)];
        var moved = before.Zip(after, (b, a) => BitConverter.SingleToInt32Bits(b) != BitConverter.SingleToInt32Bits(a)).ToArray();
        return (!moved.Zip(may).Any(pair => pair.First && !pair.Second), (double)moved.Zip(may).Count(pair => pair.First && pair.Second) / may.Count(m => m));
    }
}
