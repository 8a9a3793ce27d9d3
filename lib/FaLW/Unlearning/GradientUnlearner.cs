using FaLW.Data;
using System.Text.Json.Serialization;
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
    [JsonIgnore]
    public override double Searched => LearningRate;

    /// <inheritdoc/>
    public override Unlearner WithSearched(double value) => this with { LearningRate = value };

    /// <summary>The settings as the trainer takes them.</summary>
    internal TrainSpec Training =>
        new(Epochs, BatchSize, LearningRate, Momentum, WeightDecay, Nesterov: false, Schedule, Augmentation) { Precision = Precision, ChannelsLast = ChannelsLast };

    internal override IEnumerable<string> AllFaults => Training.Faults().Concat(Faults());

    /// <summary>Trains a copy of the Original.</summary>
    /// <param name="task">What to unlearn.</param>
    /// <param name="plan">What each epoch does.</param>
    /// <param name="objective">Per-sample loss, already weighted.</param>
    /// <param name="rule">Made from the copy before the first step; null for none.</param>
    /// <param name="copy">How the Original is copied; null for <see cref="Classifier.Copy"/>.</param>
    private protected (Classifier Model, TrainLog Log) Fit(
        UnlearningTask task, Planner plan, Objective objective, Func<Classifier, StepRule>? rule = null, Func<Classifier, Classifier>? copy = null)
    {
        Training.Check();
        var model = copy?.Invoke(task.Original) ?? task.Original.Copy();
        try
        {
            var steps = rule?.Invoke(model);
            using var release = steps as IDisposable;
            return (model, Trainer.Fit(model, task.Images, Training, plan, objective, task.Seed, steps, task.Progress, task.Cancellation));
        }
        catch
        {
            model.Dispose();
            throw;
        }
    }

    /// <summary>Trains a copy of the Original under the weighting of the task.</summary>
    /// <param name="task">What to unlearn.</param>
    /// <param name="plan">What each epoch does.</param>
    /// <param name="loss">Per-sample loss before weights.</param>
    /// <param name="evaluationMode">Whether batch normalisation keeps its running statistics while training.</param>
    /// <param name="rule">Made from the copy before the first step; null for none.</param>
    /// <param name="copy">How the Original is copied; null for <see cref="Classifier.Copy"/>.</param>
    private protected (Classifier Model, TrainLog Log) FitWeighted(
        UnlearningTask task, Planner plan, SampleLoss loss, bool evaluationMode = false,
        Func<Classifier, StepRule>? rule = null, Func<Classifier, Classifier>? copy = null)
    {
        using var weighted = new WeightedObjective(task, loss);
        var (model, log) = Fit(task, plan, evaluationMode ? InEvaluationMode(weighted.Loss) : weighted.Loss, rule, copy);
        return (model, log with { Weights = weighted.Summaries(ForgettingEpochs), LastWeights = weighted.LastWeights() });
    }

    /// <summary>Epochs in which forget samples take part, from the first; all of them unless a method says otherwise.</summary>
    private protected virtual int ForgettingEpochs => Epochs;

    private static Objective InEvaluationMode(Objective objective) => (model, batch) =>
    {
        model.Evaluate();
        return objective(model, batch);
    };
}
