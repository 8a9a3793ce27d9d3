using FaLW.Data;
using FaLW.Models;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace FaLW.Training;

/// <summary>One training in progress: the optimizer, the steps taken, and one epoch after the other.</summary>
internal sealed class Fitting : IDisposable
{
    private readonly Classifier model;
    private readonly ImageSet images;
    private readonly TrainSpec spec;
    private readonly Objective objective;
    private readonly int seed;
    private readonly StepRule rule;
    private readonly IProgress<TrainProgress>? progress;
    private readonly CancellationToken cancellation;
    private readonly Precision before;
    private readonly SGD optimizer;
    private int stepsPerEpoch, stepsBefore;

    public Fitting(
        Classifier model, ImageSet images, TrainSpec spec, Objective objective, int seed,
        StepRule rule, IProgress<TrainProgress>? progress, CancellationToken cancellation)
    {
        (this.model, this.images, this.spec, this.objective, this.seed) = (model, images, spec, objective, seed);
        (this.rule, this.progress, this.cancellation) = (rule, progress, cancellation);
        before = model.Precision;
        (model.Precision, model.ChannelsLast) = (spec.Precision, spec.ChannelsLast);
        model.Train();
        optimizer = optim.SGD(model.Parameters, spec.LearningRate, spec.Momentum, weight_decay: spec.WeightDecay, nesterov: spec.Nesterov);
        if (model.Network.DrawsWhileTraining) manual_seed(seed);
    }

    /// <summary>Steps taken so far.</summary>
    public int Steps { get; private set; }

    // Exact once every later epoch has as many batches as this one; only the progress bar asks.
    private int AllSteps(int epoch) => stepsBefore + ((spec.Epochs - epoch) * stepsPerEpoch);

    /// <summary>Runs one epoch and returns its mean loss.</summary>
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

    /// <summary>Catches what the losses cannot show: weights broken by the very last step.</summary>
    public void DemandFiniteWeights()
    {
        if (Steps == 0) return;
        using var noGradient = no_grad();
        using var scope = NewDisposeScope();
        var sum = stack(model.Parameters.Select(parameter => parameter.sum())).sum().item<float>();
        if (!float.IsFinite(sum)) throw new DivergedException(sum, spec.Epochs, Steps, Rate(spec.Epochs - 1, stepsPerEpoch - 1));
    }

    public void Dispose()
    {
        model.Precision = before;
        model.Module.zero_grad();
        optimizer.Dispose();
    }

    private void Step(Batch batch, double rate, Tensor losses, int position)
    {
        using var scope = NewDisposeScope();
        foreach (var group in optimizer.ParamGroups) group.LearningRate = rate;
        model.Module.zero_grad();
        var samples = objective(model, batch);
        DemandPerSample(samples, batch);
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
        var broken = Array.FindIndex(values, value => !float.IsFinite(value));
        if (broken >= 0)
        {
            throw new DivergedException(values[broken], epoch + 1, stepsBefore + broken + 1, Rate(epoch, broken));
        }
        return values.Zip(plan.BatchSizes, (value, size) => (double)value * size).Sum() / plan.Rows.Length;
    }

    private void Demand(EpochPlan plan, int epoch)
    {
        if (plan.BatchSizes.Length == 0)
            throw new Fault("There is nothing to train on: the plan of the epoch holds no rows. Check the forget rule and the split.");
        if (epoch > 0 && plan.BatchSizes.Length != stepsPerEpoch && spec.Schedule is (Schedule.OneCycle or Schedule.Cosine))
            throw new Fault(FormattableString.Invariant(
                $"Epoch {epoch + 1} has {plan.BatchSizes.Length} batches but the one before had {stepsPerEpoch}; a schedule that moves at every step needs the same number in each."));
        (stepsPerEpoch, stepsBefore) = (plan.BatchSizes.Length, Steps);
    }

    private static void DemandPerSample(Tensor samples, Batch batch)
    {
        if (samples.dim() != 1 || samples.shape[0] != batch.Targets.shape[0])
            throw new InvalidOperationException(
                $"An objective must return one loss per row, but returned shape [{string.Join(", ", samples.shape)}] for targets of shape [{string.Join(", ", batch.Targets.shape)}]; leave the mean to the trainer.");
    }

    private void Report(int epoch, double rate, double loss) =>
        progress?.Report(new TrainProgress(epoch + 1, spec.Epochs, Steps, AllSteps(epoch), loss, rate));
}
