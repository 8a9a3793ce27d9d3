using FaLW.Data;
using FaLW.Models;
using FaLW.Tests.Models;
using FaLW.Training;

namespace FaLW.Tests.Training;

/// <summary>What ends a training early: a wish, a number that is none, a plan or objective that cannot be used.</summary>
public class TrainerStopsTests
{
    [Fact]
    public void Cancellation_stops_before_the_next_step()
    {
        using var toy = new Toy();
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
        using var toy = new Toy();
        var step = 0;
        var fault = Assert.Throws<DivergedException>(() => toy.Fit(Toy.Plain with { Epochs = 5 }, toy.InOrder(2, 2, 2, 2), (model, batch) =>
            Objectives.CrossEntropy(model, batch) + (++step == 6 ? poison : 0)));

        Assert.Equal((2, 6, 0.1), (fault.Epoch, fault.Step, fault.LearningRate));
        Assert.Contains("in epoch 2, step 6, at learning rate 0.1, the loss became", fault.Message, StringComparison.Ordinal);
        Assert.Contains("Try a tenth of the learning rate", fault.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Weights_broken_by_the_very_last_step_are_noticed()
    {
        using var toy = new Toy();
        Assert.Throws<DivergedException>(() =>
            toy.Fit(Toy.Plain with { Epochs = 1 }, toy.InOrder(8), Objectives.CrossEntropy, new Breaker()));
    }

    [Fact]
    public void An_objective_that_reduces_is_refused()
    {
        using var toy = new Toy();
        var fault = Assert.Throws<InvalidOperationException>(() => toy.Fit(Toy.Plain, toy.InOrder(8), (model, batch) => Objectives.CrossEntropy(model, batch).mean()));
        Assert.Contains("one loss per row", fault.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void An_epoch_without_rows_is_refused()
    {
        using var toy = new Toy();
        var fault = Assert.Throws<Fault>(() => toy.Fit(Toy.Plain, toy.InOrder(), Objectives.CrossEntropy));
        Assert.Contains("nothing to train on", fault.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(Schedule.Cosine)]
    [InlineData(Schedule.OneCycle)]
    public void Epochs_of_unequal_length_are_refused_where_the_rate_moves_at_every_step(Schedule schedule)
    {
        using var toy = new Toy();
        var fault = Assert.Throws<Fault>(() => toy.Fit(Toy.Plain with { Schedule = schedule }, Uneven(toy), Objectives.CrossEntropy));
        Assert.Contains("Epoch 2 has 1 batches but the one before had 2", fault.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Epochs_of_unequal_length_have_the_rate_of_their_epoch()
    {
        using var toy = new Toy();
        List<(int Step, double Rate)> seen = [];
        var progress = new Listener<TrainProgress>(report => seen.Add((report.Step, report.LearningRate)));
        var spec = Toy.Plain with { Epochs = 3, Schedule = Schedule.MultiStep, Milestones = [1] };
        var log = toy.Fit(spec, Uneven(toy), Objectives.CrossEntropy, progress: progress);
        Assert.Equal(4, log.Steps);
        Assert.Equal([(1, 0.1), (2, 0.1), (3, 0.1 * 0.1), (4, 0.1 * 0.1)], seen);
    }

    private static Planner Uneven(Toy toy) => epoch => toy.InOrder(epoch == 0 ? [4, 4] : [8])(epoch);

    [Fact]
    public void Settings_out_of_range_are_refused_before_anything_moves()
    {
        using var toy = new Toy();
        var before = Bits.Of(toy.Model);
        Assert.Throws<Fault>(() => toy.Fit(Toy.Plain with { LearningRate = -1 }, toy.InOrder(8), Objectives.CrossEntropy));
        Assert.Equal(before, Bits.Of(toy.Model));
    }

    private sealed class Breaker : StepRule
    {
        public override void AfterStep(Classifier model) => model.Parameters.First().fill_(float.NaN);
    }
}
