using FaLW.Models;
using FaLW.Tests.Models;
using FaLW.Training;
using static TorchSharp.torch;

namespace FaLW.Tests.Training;

/// <summary>What others see of a training: progress after every step, and the two hooks around it.</summary>
public class TrainerHooksTests
{
    [Fact]
    public void Progress_ticks_every_step_and_knows_the_loss_once_an_epoch()
    {
        using var toy = new Toy();
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
        using var toy = new Toy();
        var witness = new Witness();
        toy.Fit(Toy.Plain, toy.InOrder(4, 4), Objectives.CrossEntropy, witness);
        Assert.Equal(["gradient", "moved", "gradient", "moved", "gradient", "moved", "gradient", "moved"], witness.Seen);
    }

    [Fact]
    public void A_masked_gradient_leaves_its_weights_in_place_when_there_is_no_decay()
    {
        using var toy = new Toy();
        var before = Bits.Of(toy.Model);
        toy.Fit(Toy.Plain with { Momentum = 0.9 }, toy.InOrder(4, 4), Objectives.CrossEntropy, new KeepBias());
        Assert.Equal(before["fc.bias"], Bits.Of(toy.Model)["fc.bias"]);
        Assert.NotEqual(before["fc.weight"], Bits.Of(toy.Model)["fc.weight"]);
    }

    [Fact]
    public void A_rule_that_restores_weights_beats_decay_and_momentum()
    {
        using var toy = new Toy();
        var before = Bits.Of(toy.Model);
        using var rule = new Restore(toy.Model);
        toy.Fit(Toy.Plain with { Momentum = 0.9, WeightDecay = 0.1 }, toy.InOrder(4, 4), Objectives.CrossEntropy, rule);
        Assert.Equal(before["fc.bias"], Bits.Of(toy.Model)["fc.bias"]);
    }

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
}
