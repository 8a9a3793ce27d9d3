namespace FaLW.Tests.Training;

/// <summary>
/// What others see of a training: progress after every step and the two hooks around it; and what ends one early: a wish, a number that is
/// none, a plan or objective that cannot be used.
/// </summary>
public sealed class TrainerHooksTests : IDisposable
{
    private readonly Toy toy = new();

    public void Dispose() => toy.Dispose();

    [Fact]
    public void Progress_ticks_every_step_and_knows_the_loss_once_an_epoch()
    {
        var reports = new List<TrainProgress>();
        var spec = Toy.Plain with { Epochs = 3, Schedule = Schedule.OneCycle };
        var log = toy.Fit(spec, toy.InOrder(4, 4), Objectives.CrossEntropy, progress: new Listener<TrainProgress>(reports.Add));

        Assert.Equal([1, 2, 3, 4, 5, 6], reports.Select(report => report.Step));
        Assert.Equal([1, 1, 2, 2, 3, 3], reports.Select(report => report.Epoch));
        Assert.All(reports, report => Assert.Equal((3, 6), (report.Epochs, report.Steps)));
        Assert.Equal(Enumerable.Range(0, 6).Select(step => Schedules.Rate(spec, step, 6)), reports.Select(report => report.LearningRate));
        Assert.Equal(log.EpochLoss.SelectMany(loss => new[] { double.NaN, loss }), reports.Select(report => report.Loss));
    }

    [Fact]
    public void The_rule_sees_gradients_before_and_moved_weights_after_each_step()
    {
        var witness = new Witness();
        toy.Fit(Toy.Plain, toy.InOrder(4, 4), Objectives.CrossEntropy, witness);
        Assert.Equal(["gradient", "moved", "gradient", "moved", "gradient", "moved", "gradient", "moved"], witness.Seen);
    }

    [Fact]
    public void A_masked_gradient_leaves_its_weights_in_place_when_there_is_no_decay()
    {
        var before = Bits.Of(toy.Model);
        toy.Fit(Toy.Plain with { Momentum = 0.9 }, toy.InOrder(4, 4), Objectives.CrossEntropy, new KeepBias());
        Assert.Equal(before["fc.bias"], Bits.Of(toy.Model)["fc.bias"]);
        Assert.NotEqual(before["fc.weight"], Bits.Of(toy.Model)["fc.weight"]);
    }

    [Fact]
    public void A_rule_that_restores_weights_beats_decay_and_momentum()
    {
        var before = Bits.Of(toy.Model);
        using var rule = new Restore(toy.Model);
        toy.Fit(Toy.Plain with { Momentum = 0.9, WeightDecay = 0.1 }, toy.InOrder(4, 4), Objectives.CrossEntropy, rule);
        Assert.Equal(before["fc.bias"], Bits.Of(toy.Model)["fc.bias"]);
    }

    [Fact]
    public void Cancellation_stops_before_the_next_step()
    {
        using var cancellation = new CancellationTokenSource();
        var steps = new List<int>();
        var progress = new Listener<TrainProgress>(report =>
        {
            steps.Add(report.Step);
            if (report.Step == 3) cancellation.Cancel();
        });

        Assert.Throws<OperationCanceledException>(() =>
            toy.Fit(Toy.Plain with { Epochs = 5 }, toy.InOrder(2, 2, 2, 2), Objectives.CrossEntropy, progress: progress, wish: cancellation));

        Assert.Equal([1, 2, 3], steps);
        Assert.All(toy.Model.Parameters, parameter => Assert.Null(parameter.grad));
    }

    [Theory]
    [InlineData(float.NaN)]
    [InlineData(float.PositiveInfinity)]
    public void A_loss_that_is_no_number_stops_with_place_rate_and_remedy(float poison)
    {
        var step = 0;
        var fault = Assert.Throws<DivergedException>(() => toy.Fit(Toy.Plain with { Epochs = 5 }, toy.InOrder(2, 2, 2, 2), (model, batch) =>
            Objectives.CrossEntropy(model, batch) + (++step == 6 ? poison : 0)));

        Assert.Contains("in epoch 2, step 6, at learning rate 0.1, the loss became", fault.Message, StringComparison.Ordinal);
        Assert.Contains("Try a tenth of the learning rate", fault.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Weights_broken_by_the_very_last_step_are_noticed()
    {
        var fault = Assert.Throws<DivergedException>(() =>
            toy.Fit(Toy.Plain with { Epochs = 1 }, toy.InOrder(8), Objectives.CrossEntropy, new Breaker()));
        Assert.Contains("in epoch 1, step 1, at learning rate 0.1, a weight is not a number", fault.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void What_cannot_be_trained_is_refused_before_anything_moves()
    {
        var before = Bits.Of(toy.Model);
        Assert.Contains("one loss per row", Assert.Throws<InvalidOperationException>(() => toy.Fit(Toy.Plain, toy.InOrder(8), (model, batch) => Objectives.CrossEntropy(model, batch).mean())).Message, StringComparison.Ordinal);
        Assert.Contains("nothing to train on", Assert.Throws<Fault>(() => toy.Fit(Toy.Plain, toy.InOrder(), Objectives.CrossEntropy)).Message, StringComparison.Ordinal);
        Assert.Throws<Fault>(() => toy.Fit(Toy.Plain with { LearningRate = -1 }, toy.InOrder(8), Objectives.CrossEntropy));
        Assert.Equal(before, Bits.Of(toy.Model));
    }

    [Theory]
    [InlineData(Schedule.Cosine)]
    [InlineData(Schedule.OneCycle)]
    public void Epochs_of_unequal_length_are_refused_where_the_rate_moves_at_every_step(Schedule schedule)
    {
        var fault = Assert.Throws<Fault>(() => toy.Fit(Toy.Plain with { Schedule = schedule }, Uneven, Objectives.CrossEntropy));
        Assert.Contains("Epoch 2 has 1 batches but the one before had 2", fault.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Epochs_of_unequal_length_have_the_rate_of_their_epoch()
    {
        List<(int Step, double Rate)> seen = [];
        var progress = new Listener<TrainProgress>(report => seen.Add((report.Step, report.LearningRate)));
        var spec = Toy.Plain with { Epochs = 3, Schedule = Schedule.MultiStep, Milestones = [1] };
        var log = toy.Fit(spec, Uneven, Objectives.CrossEntropy, progress: progress);
        Assert.Equal(4, log.Steps);
        Assert.Equal([(1, 0.1), (2, 0.1), (3, 0.1 * 0.1), (4, 0.1 * 0.1)], seen);
    }

    private EpochPlan Uneven(int epoch) => toy.InOrder(epoch == 0 ? [4, 4] : [8])(epoch);

    private sealed class Witness : StepRule
    {
        private float[] before = [];

        public List<string> Seen { get; } = [];

        public override void BeforeStep(Classifier model)
        {
            before = Bits.Numbers(model.Parameters.First());
            Seen.Add(Bits.Numbers(model.Parameters.First().grad!).Any(value => value != 0) ? "gradient" : "nothing");
        }

        public override void AfterStep(Classifier model) =>
            Seen.Add(before.SequenceEqual(Bits.Numbers(model.Parameters.First())) ? "still" : "moved");
    }

    private sealed class KeepBias : StepRule
    {
        public override void BeforeStep(Classifier model) => model.Parameters.Last().grad!.mul_(0);
    }

    private sealed class Restore(Classifier model) : StepRule, IDisposable
    {
        private readonly Tensor kept = model.Parameters.Last().detach().clone().DetachFromDisposeScope();

        public override void AfterStep(Classifier model) => model.Parameters.Last().copy_(kept);

        public void Dispose() => kept.Dispose();
    }

    private sealed class Breaker : StepRule
    {
        public override void AfterStep(Classifier model) => model.Parameters.First().fill_(float.NaN);
    }
}
