using FaLW.Data;
using FaLW.Models;
using FaLW.Training;
using static TorchSharp.torch;

namespace FaLW.Unlearning;

/// <summary>
/// GA: ascend the cross-entropy of the forget set (Thudi et al. 2022; defaults of SalUn's code); the retain
/// set is never seen. In training mode, as there, batch-norm statistics drift to the forget set; SFRon's
/// code uses evaluation mode and calls it important, so it is an option.
/// </summary>
/// <param name="Epochs">Passes over the forget set.</param>
/// <param name="LearningRate">Base learning rate; others search 1e-5 to 1e-1.</param>
/// <param name="EvaluationMode">Whether batch normalisation keeps its running statistics while ascending.</param>
public sealed record GradientAscent(int Epochs = 5, double LearningRate = 1e-4, bool EvaluationMode = false) : GradientUnlearner(Epochs, LearningRate)
{
    /// <inheritdoc/>
    public override string Title => "GA";

    /// <inheritdoc/>
    public override bool CanWeighNegatively => true;

    /// <inheritdoc/>
    protected override (Classifier Model, TrainLog Log) Run(UnlearningTask task) =>
        FitWeighted(task, ForgetSet(task), SampleLosses.AwayFromLabels, EvaluationMode);
}

/// <summary>
/// NegGrad+ (Kurmanji et al., NeurIPS 2023, arXiv 2302.09880, section 4): joint descent and ascent. Idea: gradient ascent on
/// the forget set, held in place by descent on the retain set in the same step. Phases: one pass over the retain set an epoch; every
/// batch is joined by as many forget samples, and the step descends
/// beta mean CE(retain) - (1 - beta) mean CE(forget).
/// </summary>
/// <remarks>
/// Departures from the public code (meghdadk/SCRUB): retain and forget samples share one forward pass, so that batch normalisation
/// sees one population and not two in turn; forget samples are drawn in a new order each time they are used up, where the code
/// replays its first pass; beta 0.95 and the rate are ours.
/// </remarks>
/// <param name="Epochs">Passes over the retain set.</param>
/// <param name="LearningRate">Base learning rate.</param>
/// <param name="RetainShare">beta: share of the retain loss, 0 to 1; 1 is fine-tuning, 0 is gradient ascent.</param>
public sealed record NegGradPlus(int Epochs = 5, double LearningRate = 0.01, double RetainShare = 0.95) : GradientUnlearner(Epochs, LearningRate)
{
    /// <inheritdoc/>
    public override string Title => "NegGrad+";

    /// <summary>Retain samples in a batch; as many forget samples join them, or the whole forget set where it is smaller.</summary>
    public override int BatchSize { get; init; } = 128;

    /// <inheritdoc/>
    protected override (Classifier Model, TrainLog Log) Run(UnlearningTask task) =>
        FitByOwnWeights(task, epoch => Plan(task, epoch), SampleLosses.ToLabels, Share);

    /// <inheritdoc/>
    protected internal override IEnumerable<string> Faults() => Must.All(Must.LieIn(0, 1, RetainShare, "the share of the retain loss"));

    /// <summary>One epoch, counted from 0: in each batch first its retain samples, then its forget samples.</summary>
    internal EpochPlan Plan(UnlearningTask task, int epoch)
    {
        var (forget, start) = (task.Splits.Forget, 0);
        var companions = new EndlessRows(forget, task.Stream($"forget companions of epoch {epoch}"));
        var order = task.Shuffled(task.Splits.Retain, task.Order(epoch));
        return task.Cut([.. EpochPlan.Sizes(order.Length, BatchSize).Select(size => (order[start..(start += size)], companions.Take(Math.Min(size, forget.Count)).ToArray()))]);
    }

    /// <summary>Scales so that the mean over the whole batch is the weighted difference of the two means.</summary>
    internal Tensor Share(Tensor loss, Batch batch)
    {
        var (all, forget) = ((double)batch.Labels.shape[0], batch.ForgetPositions.shape[0]);
        var (descent, ascent) = (RetainShare * all / (all - forget), -(1 - RetainShare) * all / forget);
        return batch.IsForget.to_type(float32) * (ascent - descent) + descent;
    }
}

/// <summary>Rows without end: all of them in random order, then all of them in another order, and so on.</summary>
internal sealed class EndlessRows(IReadOnlyList<int> rows, SeededStream order)
{
    private readonly Queue<int> waiting = new();

    /// <summary>The next so many rows; at the seam between two orders a row can come twice.</summary>
    public IEnumerable<int> Take(int count)
    {
        while (waiting.Count < count)
            foreach (var position in order.Permutation(rows.Count)) waiting.Enqueue(rows[position]);
        for (var i = 0; i < count; i++) yield return waiting.Dequeue();
    }

    /// <summary>The next batch as a loader cuts it: so many rows, but never across the seam; a rest of one joins the batch before.</summary>
    public int[] Batch(int size)
    {
        var left = waiting.Count == 0 ? rows.Count : waiting.Count;
        return [.. Take(EpochPlan.Sizes(left, size)[0])];
    }
}
