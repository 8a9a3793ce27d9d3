namespace FaLW.Tests.Metrics;

public sealed class PredictionsTests : IDisposable
{
    private readonly ImageSet images = ImageSet.Load(new DataSpec(Benchmark.Synthetic, new ForgetRule(0.2, 0)), CPU, new DataShelf([], ""));
    private readonly Classifier model = (Network.ResNet8 with { Width = 4 }).Create(1, 8, 8, 10, seed: 5, CPU);
    private readonly int[] rows = [7, 3, 1200, 44, 3];

    public void Dispose()
    {
        model.Dispose();
        images.Dispose();
    }

    [Fact]
    public void They_are_softmax_and_cross_entropy_of_the_true_class_and_the_largest_logit()
    {
        using var scope = NewDisposeScope();
        model.Evaluate();
        var logits = Bits.Numbers(model.Logits(images.Pixels(tensor([.. rows.Select(r => (long)r)], dtype: int64))));
        var found = Predictions.Of(model, images, rows);
        for (var i = 0; i < rows.Length; i++)
        {
            var own = logits.AsSpan(10 * i, 10).ToArray();
            var label = images.HostLabels[rows[i]];
            var loss = Math.Log(own.Sum(l => Math.Exp(l))) - own[label];
            Assert.Equal(loss, found.Loss[i], 1e-5);
            Assert.Equal(Math.Exp(-loss), found.TrueClassProbability[i], 1e-6);
            Assert.Equal(own.IndexOf(own.Max()), found.Predicted[i]);
            Assert.Equal((label, rows[i]), (found.Labels[i], found.Rows[i]));
        }
    }

    [Fact]
    public void Batches_of_any_size_agree()
    {
        var whole = Predictions.Of(model, images, rows);
        var single = Predictions.Of(model, images, rows, batch: 2);
        Assert.All(whole.TrueClassProbability.Zip(single.TrueClassProbability), pair => Assert.Equal(pair.First, pair.Second, 1e-6f));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void The_model_is_left_as_it_was(bool training)
    {
        model.Module.train(training);
        var before = Bits.Of(model);
        Predictions.Of(model, images, rows);
        Assert.Equal(training, model.Module.training);
        Assert.Equal(before, Bits.Of(model));
    }

    [Fact]
    public void The_device_variant_is_the_same_number_without_gradient()
    {
        using var scope = NewDisposeScope();
        var onDevice = Predictions.TrueClassProbability(model, images, tensor([.. rows.Select(r => (long)r)], dtype: int64));
        Assert.Equal(Predictions.Of(model, images, rows).TrueClassProbability, Bits.Numbers(onDevice));
        Assert.False(onDevice.requires_grad);
    }

    [Fact]
    public void Logits_come_from_the_same_pass()
    {
        using var scope = NewDisposeScope();
        model.Evaluate();
        var (prediction, logits) = Predictions.WithLogits(model, images, rows, batch: 2);
        var plain = Predictions.Of(model, images, rows, batch: 2);
        Assert.Equal(plain.TrueClassProbability, prediction.TrueClassProbability);
        Assert.Equal(plain.Loss, prediction.Loss);
        Assert.Equal(plain.Predicted, prediction.Predicted);
        var own = Bits.Numbers(model.Logits(images.Pixels(tensor([.. rows.Select(r => (long)r)], dtype: int64))));
        Assert.Equal(own, Enumerable.Range(0, rows.Length).SelectMany(i => logits[i].ToArray()), (a, b) => Math.Abs(a - b) < 1e-5);
        Assert.Equal(plain.Loss.Select(loss => -Math.Log(Math.Exp(loss) - 1)), logits.Margins(), (a, b) => Math.Abs(a - b) < 1e-4);
    }

    /// <summary>An infinite logit of another class leaves the true class's probability a number, 0: the row is refused all the same.</summary>
    [Theory]
    [InlineData(float.NaN)]
    [InlineData(float.PositiveInfinity)]
    [InlineData(float.NegativeInfinity)]
    public void Logits_that_are_not_finite_are_told_where_they_enter(float broken)
    {
        using (no_grad()) model.Parameters.Last().narrow(0, 9, 1).fill_(broken);
        Assert.Contains("logits", Assert.Throws<Fault>(() => Predictions.Of(model, images, rows)).Message, StringComparison.Ordinal);
        Assert.Contains("logits", Assert.Throws<Fault>(() => Predictions.WithLogits(model, images, rows).Logits.Count).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void No_rows_have_no_predictions() =>
        Assert.Equal((0, 0), (Predictions.Of(model, images, []).Count, Predictions.WithLogits(model, images, []).Logits.Count));
}
