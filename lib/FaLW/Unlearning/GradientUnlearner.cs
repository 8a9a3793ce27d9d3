using FaLW.Data;
using FaLW.Models;
using FaLW.Training;

namespace FaLW.Unlearning;

/// <summary>
/// A method that takes stochastic gradient steps from a copy of the Original with a fresh optimizer. The
/// defaults are those of SalUn's code (OPTML-Group/Unlearn-Saliency, folder Classification); its rate
/// drops at epochs 91 and 136 only, so within ten epochs it is constant.
/// </summary>
/// <param name="Epochs">Passes over the plan of the method.</param>
/// <param name="LearningRate">Base learning rate.</param>
/// <remarks>A method of your own gives <see cref="Unlearner.Run"/>: one line that hands a plan and a loss to <see cref="FitWeighted"/>. The page of this room shows one.</remarks>
public abstract record GradientUnlearner(int Epochs, double LearningRate) : Unlearner
{
    /// <summary>Rows in a batch.</summary>
    public virtual int BatchSize { get; init; } = 256;

    /// <summary>Momentum factor.</summary>
    public double Momentum { get; init; } = 0.9;

    /// <summary>L2 penalty.</summary>
    public double WeightDecay { get; init; } = 5e-4;

    /// <summary>How the learning rate moves.</summary>
    public virtual Schedule Schedule { get; init; } = Schedule.Constant;

    /// <summary>How training images are varied.</summary>
    public Augmentation Augmentation { get; init; } = Augmentation.CropFlip;

    /// <summary>Format of the convolutions while training.</summary>
    public Precision Precision { get; init; } = Precision.Float32;

    /// <summary>Whether the channels of a pixel lie side by side in memory.</summary>
    public bool ChannelsLast { get; init; }

    /// <inheritdoc/>
    public override double Searched => LearningRate;

    /// <inheritdoc/>
    public override Unlearner WithSearched(double value) => this with { LearningRate = value };

    internal TrainSpec Training =>
        new(Epochs, BatchSize, LearningRate, Momentum, WeightDecay, Nesterov: false, Schedule, Augmentation) { Precision = Precision, ChannelsLast = ChannelsLast };

    /// <summary>A plan of epochs over the forget set alone, with true labels, in an order drawn per epoch.</summary>
    protected Planner ForgetSet(UnlearningTask task) => epoch => task.Once(task.ForgetRows, [], BatchSize, task.Order(epoch));

    /// <summary>A plan of epochs over the retain set alone, with true labels.</summary>
    protected Planner RetainSet(UnlearningTask task) => epoch => task.Once([], task.RetainOf(epoch), BatchSize, task.Order(epoch));

    /// <summary>A plan of epochs over both sets, forget and retain samples sharing batches, with true labels; <see cref="Batch.IsForget"/> tells which is which.</summary>
    protected Planner BothSets(UnlearningTask task) => epoch => task.Once(task.Splits.Forget, task.Splits.Retain, BatchSize, task.Order(epoch));

    /// <summary>As <see cref="BothSets"/>, but <see cref="Batch.Targets"/> of forget samples are random labels, drawn anew in every epoch; the true one can be among them.</summary>
    protected Planner RandomLabels(UnlearningTask task) => epoch => new RandomLabel { BatchSize = BatchSize }.Plan(task, epoch);

    internal override IEnumerable<string> AllFaults => Training.Faults().Concat(Faults());

    /// <summary>Trains a copy of the Original without weights; for a method whose loss no weighting can scale (<see cref="Unlearner.CanWeigh"/> false).</summary>
    /// <param name="task">What to unlearn.</param>
    /// <param name="plan">What each epoch does.</param>
    /// <param name="objective">Per-sample loss, already weighted.</param>
    /// <param name="rule">Made from the copy before the first step; null for none.</param>
    /// <param name="copy">How the Original is copied; null for <see cref="Classifier.Copy"/>.</param>
    protected (Classifier Model, TrainLog Log) Fit(
        UnlearningTask task, Planner plan, Objective objective, Func<Classifier, StepRule>? rule = null, Func<Classifier, Classifier>? copy = null) =>
        Changed(task, model =>
        {
            var steps = rule?.Invoke(model);
            using var release = steps as IDisposable;
            return Trainer.Fit(model, task.Images, Training, plan, objective, task.Seed, steps, task.Progress, task.Cancellation);
        }, copy);

    /// <summary>Trains a copy of the Original under the weighting of the task: the loss of each forget sample times its weight, retain samples weigh 1, mean over the batch.</summary>
    /// <param name="task">What to unlearn.</param>
    /// <param name="plan">What each epoch does.</param>
    /// <param name="loss">Per-sample loss before weights: from logits and batch to float32 [n]; <see cref="SampleLosses"/> has the usual ones.</param>
    /// <param name="evaluationMode">Whether batch normalisation keeps its running statistics while training.</param>
    /// <param name="rule">Made from the copy before the first step; null for none.</param>
    /// <param name="copy">How the Original is copied; null for <see cref="Classifier.Copy"/>.</param>
    protected (Classifier Model, TrainLog Log) FitWeighted(
        UnlearningTask task, Planner plan, SampleLoss loss, bool evaluationMode = false,
        Func<Classifier, StepRule>? rule = null, Func<Classifier, Classifier>? copy = null) => FitByOwnWeights(task, plan, loss, factor: null, evaluationMode, rule, copy);

    /// <summary>As the other, for a method that weighs samples by a rule of its own.</summary>
    private protected (Classifier Model, TrainLog Log) FitByOwnWeights(
        UnlearningTask task, Planner plan, SampleLoss loss, SampleFactor? factor, bool evaluationMode = false,
        Func<Classifier, StepRule>? rule = null, Func<Classifier, Classifier>? copy = null)
    {
        using var weighted = new WeightedObjective(task, loss, factor);
        TorchSharp.torch.Tensor Evaluated(Classifier model, Batch batch)
        {
            model.Evaluate();
            return weighted.Loss(model, batch);
        }

        Objective objective = evaluationMode ? Evaluated : weighted.Loss;
        var (model, log) = Fit(task, weighted.Following(plan), objective, rule, copy);
        return (model, log with { Weights = weighted.Summaries(ForgettingEpochs), LastWeights = weighted.LastWeights() });
    }

    /// <summary>Epochs in which forget samples take part, from the first; all of them unless a method says otherwise.</summary>
    protected virtual int ForgettingEpochs => Epochs;
}
