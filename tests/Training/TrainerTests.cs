namespace FaLW.Tests.Training;

public sealed class TrainerTests : IDisposable
{
    private readonly Toy toy = new();

    public void Dispose() => toy.Dispose();

    [Fact]
    public void A_toy_task_is_learned()
    {
        var log = toy.Fit(Toy.Plain with { Epochs = 30 }, toy.Shuffled(0), Objectives.CrossEntropy);

        Assert.Equal((30, 60), (log.EpochLoss.Count, log.Steps));
        Assert.True(log.EpochLoss[^1] < 0.2 * log.EpochLoss[0], log.EpochLoss.ToString());
        Assert.True(log.Elapsed > TimeSpan.Zero);
    }

    /// <summary>Its first step is the rate times the sign of the gradient, however large that is.</summary>
    [Fact]
    public void Adam_moves_every_weight_by_the_rate_at_first()
    {
        var before = toy.Model.State.ToDictionary(entry => entry.Name, entry => Bits.Numbers(entry.Value), StringComparer.Ordinal);
        toy.Fit(Toy.Plain with { Epochs = 1, LearningRate = 0.01, WeightDecay = 0, Optimizer = Optimizer.Adam }, toy.InOrder(8), Objectives.CrossEntropy);
        var moved = toy.Model.State.SelectMany(entry => Bits.Numbers(entry.Value).Zip(before[entry.Name], (after, was) => Math.Abs(after - was))).Where(step => step > 0).ToArray();
        Assert.True(moved.Length > 20);
        Assert.All(moved, step => Assert.Equal(0.01, step, 1e-4));
    }

    [Theory]
    [InlineData(Precision.Float32, false)]
    [InlineData(Precision.Float32, true)]
    [InlineData(Precision.BFloat16, true)]
    public void The_same_seed_gives_the_same_bits_and_another_order_does_not(Precision precision, bool channelsLast)
    {
        Assert.SkipUnless(precision == Precision.Float32 || BFloat16Support.WhyNot(CPU) is null, "This processor has no bfloat16 convolutions.");
        var network = Network.ResNet8 with { Width = 8 };
        using Toy first = new(network), second = new(network), other = new(network);
        var spec = new TrainSpec(Epochs: 3, BatchSize: 4, LearningRate: 0.1, Augmentation: Augmentation.CropFlip, Schedule: Schedule.OneCycle)
        {
            Precision = precision,
            ChannelsLast = channelsLast,
        };

        var log = first.Fit(spec, first.Shuffled(0), Objectives.CrossEntropy);
        var again = second.Fit(spec, second.Shuffled(0), Objectives.CrossEntropy);
        other.Fit(spec, other.Shuffled(1), Objectives.CrossEntropy);

        Assert.Equal(log.EpochLoss, again.EpochLoss);
        Assert.Equal(Bits.Of(first.Model), Bits.Of(second.Model));
        Assert.NotEqual(Bits.Of(first.Model)["fc.weight"], Bits.Of(other.Model)["fc.weight"]);
    }

    [Fact]
    public void Dropout_draws_from_the_seed_whatever_was_drawn_before()
    {
        var network = Network.Vgg16BnTorchvision with { Width = 1 };
        using Toy first = new(network), second = new(network);

        var log = first.Fit(Toy.Plain with { Epochs = 1 }, first.InOrder(8), Objectives.CrossEntropy);
        rand(3).Dispose();
        var again = second.Fit(Toy.Plain with { Epochs = 1 }, second.InOrder(8), Objectives.CrossEntropy);

        Assert.Equal(log.EpochLoss, again.EpochLoss);
        Assert.Equal(Bits.Of(first.Model)["classifier.0.bias"], Bits.Of(second.Model)["classifier.0.bias"]);
    }

    [Fact]
    public void Forget_and_retain_rows_share_one_denominator()
    {
        var before = Bits.Numbers(toy.Model.Parameters.Last());

        // Rows pull the bias with 1, 2, 3, 4: the gradient is their mean 2.5, whoever is forgotten.
        toy.Fit(Toy.Plain with { Epochs = 1, LearningRate = 1 }, toy.InOrder(4), (model, batch) =>
            (batch.Rows.to_type(float32) + 1) * model.Parameters.Last().sum());

        Assert.Equal([-2.5f, -2.5f], Bits.Numbers(toy.Model.Parameters.Last()).Zip(before, (after, start) => after - start), Near);
    }

    [Fact]
    public void The_log_is_the_mean_over_rows_not_over_batches()
    {
        var log = toy.Fit(Toy.Plain with { Epochs = 1 }, toy.InOrder(5, 2), (model, batch) =>
            batch.Rows.to_type(float32) + (0 * model.Logits(batch.Images).sum()));
        Assert.Equal(3.0, log.EpochLoss[0], 1e-6);
    }

    [Fact]
    public void Momentum_decay_and_rate_of_the_spec_reach_the_optimizer()
    {
        using (no_grad()) toy.Model.Parameters.Last().fill_(1);

        // By hand, gradient 1 and decay 0.5: d = 1.5, v = 1.5, w = 1 - 0.3 = 0.7; d = 1.35, v = 2.1, w = 0.7 - 0.42 = 0.28.
        toy.Fit(new TrainSpec(Epochs: 2, BatchSize: 8, LearningRate: 0.2, Momentum: 0.5, WeightDecay: 0.5), toy.InOrder(8), Pull);

        Assert.Equal([0.28f, 0.28f], Bits.Numbers(toy.Model.Parameters.Last()), Near);
    }

    [Fact]
    public void Nesterov_looks_ahead()
    {
        using (no_grad()) toy.Model.Parameters.Last().fill_(0);

        // By hand, gradient 1: v = 1, step 1.5; v = 1.5, step 1.75; w = -0.1 * 3.25.
        toy.Fit(Toy.Plain with { Momentum = 0.5, Nesterov = true }, toy.InOrder(8), Pull);

        Assert.Equal([-0.325f, -0.325f], Bits.Numbers(toy.Model.Parameters.Last()), Near);
    }

    [Fact]
    public void Zero_epochs_change_nothing()
    {
        var before = Bits.Of(toy.Model);
        var log = toy.Fit(Toy.Plain with { Epochs = 0 }, toy.InOrder(8), Objectives.CrossEntropy);
        Assert.Equal((0, 0), (log.EpochLoss.Count, log.Steps));
        Assert.Equal(before, Bits.Of(toy.Model));
    }

    [Fact]
    public void Afterwards_precision_is_as_before_and_no_gradient_is_left()
    {
        Assert.SkipUnless(BFloat16Support.WhyNot(CPU) is null, "This processor has no bfloat16 convolutions.");
        toy.Fit(Toy.Plain with { Precision = Precision.BFloat16, ChannelsLast = true }, toy.InOrder(8), Objectives.CrossEntropy);
        Assert.Equal((Precision.Float32, true), (toy.Model.Precision, toy.Model.ChannelsLast));
        Assert.All(toy.Model.Parameters, parameter => Assert.Null(parameter.grad));
    }

    [Fact]
    public void A_training_leaves_no_tensor_behind()
    {
        toy.Fit(Toy.Plain, toy.InOrder(4, 4), Objectives.CrossEntropy);
        var before = Tensor.TotalCount;
        toy.Fit(Toy.Plain with { Momentum = 0.9, Augmentation = Augmentation.CropFlip }, toy.InOrder(4, 4), Objectives.CrossEntropy);
        Assert.Equal(before, Tensor.TotalCount);
    }

    private static Tensor Pull(Classifier model, Batch batch) => ones_like(batch.Targets, dtype: float32) * model.Parameters.Last().sum();

    private static bool Near(float expected, float actual) => Math.Abs(expected - actual) < 1e-6;
}
