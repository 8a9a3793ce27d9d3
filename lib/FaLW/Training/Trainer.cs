using System.Diagnostics;
using FaLW.Data;
using FaLW.Models;
using static TorchSharp.torch;

namespace FaLW.Training;

/// <summary>The training loop: the only one in this library. Every method is a planner, an objective and perhaps a step rule.</summary>
public static class Trainer
{
    /// <summary>
    /// Trains a classifier in place. Per step: one forward pass over the
    /// mixed batch, mean of the objective, gradients, <see cref="StepRule.BeforeStep"/>, optimizer step,
    /// <see cref="StepRule.AfterStep"/>. Afterwards the classifier is in training mode, in the layout of
    /// the spec and in the precision it had before.
    /// </summary>
    /// <param name="model">The classifier; its weights are changed, half-way ones after a fault or a cancellation.</param>
    /// <param name="images">Where the planned rows live; on the classifier's device.</param>
    /// <param name="spec">Epochs, rate, momentum, decay, schedule, augmentation, precision, layout.</param>
    /// <param name="plan">What each epoch does; under a schedule that moves at every step all epochs must have the same number of batches.</param>
    /// <param name="objective">Per-sample loss.</param>
    /// <param name="seed">Seed of augmentation and dropout; zero is a seed.</param>
    /// <param name="rule">What else happens around each step; null for nothing.</param>
    /// <param name="progress">Told after every step; null for nobody.</param>
    /// <param name="cancellation">Asked before every step.</param>
    /// <returns>Loss per epoch, steps and time.</returns>
    /// <exception cref="OperationCanceledException">Cancellation was asked for.</exception>
    /// <exception cref="DivergedException">The loss or a weight became NaN or infinite.</exception>
    /// <exception cref="Fault">The settings or the plan cannot be used; the sentence says why.</exception>
    public static TrainLog Fit(
        Classifier model,
        ImageSet images,
        TrainSpec spec,
        Planner plan,
        Objective objective,
        int seed,
        StepRule? rule = null,
        IProgress<TrainProgress>? progress = null,
        CancellationToken cancellation = default)
    {
        spec.Check();
        var clock = Stopwatch.StartNew();
        using var fitting = new Fitting(model, images, spec, objective, seed, rule ?? new StepRule(), progress, cancellation);
        ValueList<double> losses = [.. Enumerable.Range(0, spec.Epochs).Select(epoch => fitting.Epoch(epoch, plan(epoch)))];
        fitting.DemandFiniteWeights();
        return new TrainLog(losses, fitting.Steps, clock.Elapsed);
    }
}

/// <summary>One training in progress: the optimizer, the steps taken, and one epoch after the other.</summary>
internal sealed class Fitting(
    Classifier model, ImageSet images, TrainSpec spec, Objective objective, int seed,
    StepRule rule, IProgress<TrainProgress>? progress, CancellationToken cancellation) : IDisposable
{
    private readonly Precision before = model.Precision;
    private readonly optim.Optimizer optimizer = Ready(model, spec, seed);
    private int stepsPerEpoch, stepsBefore;

    public int Steps { get; private set; }

    // The mean loss of the epoch.
    public double Epoch(int epoch, EpochPlan plan)
    {
        Demand(plan, epoch);
        using var scope = NewDisposeScope();
        var losses = zeros([stepsPerEpoch], dtype: float32, device: model.Device);
        var inEpoch = 0;
        foreach (var batch in Batches.Of(images, plan, spec.Augmentation, seed, epoch))
        {
            cancellation.ThrowIfCancellationRequested();
            var rate = Rate(epoch, inEpoch);
            Step(batch, rate, losses, inEpoch++);
            Steps++;
            if (inEpoch < stepsPerEpoch) Report(epoch, rate, double.NaN);
        }
        var loss = MeanOf(losses, plan, epoch);
        Report(epoch, Rate(epoch, stepsPerEpoch - 1), loss);
        return loss;
    }

    // Catches what the losses cannot show: weights broken by the very last step.
    public void DemandFiniteWeights()
    {
        if (Steps == 0) return;
        using var noGradient = no_grad();
        using var scope = NewDisposeScope();
        var sum = stack(model.Parameters.Select(parameter => parameter.sum())).sum().item<float>();
        if (!float.IsFinite(sum)) throw Diverged(spec.Epochs, Steps, Rate(spec.Epochs - 1, stepsPerEpoch - 1), "a weight is not a number");
    }

    public void Dispose()
    {
        model.Precision = before;
        model.Module.zero_grad();
        optimizer.Dispose();
    }

    private static optim.Optimizer Ready(Classifier model, TrainSpec spec, int seed)
    {
        (model.Precision, model.ChannelsLast) = (spec.Precision, spec.ChannelsLast);
        model.Train();
        if (model.Network.DrawsWhileTraining) manual_seed(seed);
        return spec.Optimizer == Optimizer.Adam
            ? optim.Adam(model.Parameters, spec.LearningRate, weight_decay: spec.WeightDecay)
            : optim.SGD(model.Parameters, spec.LearningRate, spec.Momentum, weight_decay: spec.WeightDecay, nesterov: spec.Nesterov);
    }

    private void Step(Batch batch, double rate, Tensor losses, int position)
    {
        using var scope = NewDisposeScope();
        foreach (var group in optimizer.ParamGroups) group.LearningRate = rate;
        model.Module.zero_grad();
        var samples = objective(model, batch);
        if (samples.dim() != 1 || samples.shape[0] != batch.Targets.shape[0])
            throw new InvalidOperationException(
                $"An objective must return one loss per row, but returned shape [{string.Join(", ", samples.shape)}] for targets of shape [{string.Join(", ", batch.Targets.shape)}]; leave the mean to the trainer.");
        var loss = samples.mean();
        loss.backward();
        using var noGradient = no_grad();
        rule.BeforeStep(model);
        optimizer.step();
        rule.AfterStep(model);
        losses.narrow(0, position, 1).copy_(loss.view(1));
    }

    // As if every epoch had as many batches as this one, which they must have unless the rate depends on the epoch alone.
    private double Rate(int epoch, int inEpoch) =>
        Schedules.Rate(spec, (epoch * stepsPerEpoch) + inEpoch, spec.Epochs * stepsPerEpoch);

    private double MeanOf(Tensor losses, EpochPlan plan, int epoch)
    {
        var values = losses.cpu().data<float>().ToArray();
        if (Array.FindIndex(values, value => !float.IsFinite(value)) is var broken and >= 0)
            throw Diverged(epoch + 1, stepsBefore + broken + 1, Rate(epoch, broken), Invariant($"the loss became {values[broken]}"));
        return values.Zip(plan.BatchSizes, (value, size) => (double)value * size).Sum() / plan.Rows.Length;
    }

    // Epoch and step of the whole training, both counted from 1.
    private static DivergedException Diverged(int epoch, int step, double rate, string found) => new(Invariant(
        $"Training diverged: in epoch {epoch}, step {step}, at learning rate {rate:G4}, {found}. Try a tenth of the learning rate, or Float32 if the precision was BFloat16."));

    private void Demand(EpochPlan plan, int epoch)
    {
        if (plan.BatchSizes.Length == 0)
            throw new Fault("There is nothing to train on: the plan of the epoch holds no rows. Check the forget rule and the split.");
        if (epoch > 0 && plan.BatchSizes.Length != stepsPerEpoch && spec.Schedule is (Schedule.OneCycle or Schedule.Cosine))
            throw new Fault(Invariant(
                $"Epoch {epoch + 1} has {plan.BatchSizes.Length} batches but the one before had {stepsPerEpoch}; a schedule that moves at every step needs the same number in each."));
        (stepsPerEpoch, stepsBefore) = (plan.BatchSizes.Length, Steps);
    }

    // The number of all steps is exact once every later epoch has as many batches as this one.
    private void Report(int epoch, double rate, double loss) =>
        progress?.Report(new TrainProgress(epoch + 1, spec.Epochs, Steps, stepsBefore + ((spec.Epochs - epoch) * stepsPerEpoch), loss, rate));
}

/// <summary>A training whose loss or weights left the real numbers. The message says where and what to try.</summary>
/// <param name="message">The sentence.</param>
public sealed class DivergedException(string message) : Fault(message)
{
    /// <summary>Of a method without epochs whose one step left the real numbers; the remedy is an imperative without a full stop.</summary>
    internal static DivergedException After(string method, string remedy) => new($"{method} diverged: after its step a weight is not a number. {remedy}.");
}
