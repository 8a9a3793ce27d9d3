using FaLW.Data;
using FaLW.Models;
using FaLW.Training;

namespace FaLW.Unlearning;

/// <summary>
/// RL: train forget samples towards random labels and retain samples towards their own (Golatkar et al.
/// 2020; defaults of SalUn's code). With <see cref="Weighting.ForgettingAwareWeighting"/> this is FaLW
/// (Algorithm 1): one forward pass over a naturally mixed batch, mean over the whole batch.
/// </summary>
/// <param name="Epochs">Passes over the training set.</param>
/// <param name="LearningRate">Base learning rate; others search 1e-3 to 1e-1.</param>
/// <param name="Order">Whether forget and retain samples share batches.</param>
/// <param name="Labels">How often random labels are drawn.</param>
/// <param name="ExcludeTrue">Whether a random label may not be the true one; SalUn's code lets it.</param>
public sealed record RandomLabel(
    int Epochs = 10,
    double LearningRate = 0.013,
    LabelOrder Order = LabelOrder.Mixed,
    LabelDraw Labels = LabelDraw.Epoch,
    bool ExcludeTrue = false) : GradientUnlearner(Epochs, LearningRate)
{
    /// <inheritdoc/>
    public override string Title => "RL";

    /// <inheritdoc/>
    protected override (Classifier Model, TrainLog Log) Run(UnlearningTask task) => Run(task, rule: null);

    internal (Classifier Model, TrainLog Log) Run(UnlearningTask task, Func<Classifier, StepRule>? rule) =>
        FitWeighted(task, epoch => Plan(task, epoch), SampleLosses.ToTargets, rule: rule);

    /// <summary>One epoch, counted from 0: who gets which label, in which order.</summary>
    internal EpochPlan Plan(UnlearningTask task, int epoch)
    {
        var (forget, retain, order) = (task.Splits.Forget, task.RetainOf(epoch), task.Order(epoch));
        var draw = Labels == LabelDraw.Run ? task.Stream($"random labels") : task.Stream($"random labels of epoch {epoch}");
        long[] random = [.. forget.Select(row => Draw(draw, task, row))];
        var plan = Order == LabelOrder.Mixed
            ? task.Once(forget, retain, BatchSize, order, random)
            : task.Once(forget, [], BatchSize, order, random).Then(task.Once([], retain, BatchSize, order));
        if (Labels != LabelDraw.Batch) return plan;
        var again = task.Stream($"random labels in order of epoch {epoch}");
        return new EpochPlan(plan.Rows, [.. plan.Targets.Select((target, i) => plan.IsForget[i] ? Draw(again, task, plan.Rows[i]) : target)], plan.IsForget, plan.BatchSizes);
    }

    private long Draw(SeededStream draw, UnlearningTask task, int row)
    {
        if (!ExcludeTrue) return draw.Below(task.Splits.Classes);
        var other = draw.Below(task.Splits.Classes - 1);
        return other < task.Images.HostLabels[row] ? other : other + 1;
    }
}

/// <summary>In which order random-label methods see forget and retain samples.</summary>
public enum LabelOrder
{
    /// <summary>Both shuffled into the same batches: SalUn's code for CIFAR-100 and Tiny-ImageNet, and FaLW's Algorithm 1.</summary>
    Mixed,

    /// <summary>In every epoch first all forget samples, then all retain samples: SalUn's code for CIFAR-10 and SVHN.</summary>
    Sequential,
}

/// <summary>How often random labels are drawn.</summary>
public enum LabelDraw
{
    /// <summary>Once: a forget sample keeps its random label for the whole run.</summary>
    Run,

    /// <summary>Anew in every epoch, in the order of the forget list.</summary>
    Epoch,

    /// <summary>
    /// Anew in every batch, in training order. A forget sample occurs once an epoch here, so this has the
    /// distribution of <see cref="Epoch"/>; it exists to be named where a reference does it.
    /// </summary>
    Batch,
}
