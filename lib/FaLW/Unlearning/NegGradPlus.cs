using System.Text.Json.Serialization;
using FaLW.Data;
using FaLW.Models;
using FaLW.Training;
using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace FaLW.Unlearning;

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
    [JsonIgnore]
    public override string Title => "NegGrad+";

    /// <summary>Retain samples in a batch; as many forget samples join them, or the whole forget set where it is smaller.</summary>
    public override int BatchSize { get; init; } = 128;

    /// <inheritdoc/>
    protected override (Classifier Model, TrainLog Log) Run(UnlearningTask task) => FitWeighted(task, epoch => Plan(task, epoch), Loss);

    /// <inheritdoc/>
    protected internal override IEnumerable<string> Faults()
    {
        if (!(RetainShare is >= 0 and <= 1)) yield return FormattableString.Invariant($"the share of the retain loss must lie in 0 to 1, but is {RetainShare}");
    }

    /// <summary>One epoch, counted from 0: in each batch first its retain samples, then its forget samples.</summary>
    internal EpochPlan Plan(UnlearningTask task, int epoch)
    {
        SeededStream Stream(FormattableString purpose) => new(task.Seed, FormattableString.Invariant(purpose));
        var (retain, labels) = (task.Splits.Retain, task.Images.HostLabels);
        var companions = new EndlessRows(task.Splits.Forget, Stream($"forget companions of epoch {epoch}"));
        int[] order = [.. Stream($"order of epoch {epoch}").Permutation(retain.Count).Select(position => retain[position])];
        List<int> rows = [], sizes = [];
        List<bool> marks = [];
        var start = 0;
        foreach (var size in EpochPlan.Sizes(order.Length, BatchSize))
        {
            var joined = Math.Min(size, task.Splits.Forget.Count);
            rows.AddRange([.. order.AsSpan(start, size), .. companions.Take(joined)]);
            marks.AddRange([.. Enumerable.Repeat(false, size), .. Enumerable.Repeat(true, joined)]);
            sizes.Add(size + joined);
            start += size;
        }

        return new EpochPlan([.. rows], [.. rows.Select(row => (long)labels[row])], [.. marks], [.. sizes]);
    }

    /// <summary>Scaled so that the mean over the whole batch is the weighted difference of the two means.</summary>
    internal Tensor Loss(Tensor logits, Batch batch)
    {
        using var scope = NewDisposeScope();
        var (all, forget) = ((double)batch.Labels.shape[0], batch.ForgetPositions.shape[0]);
        var (descent, ascent) = (RetainShare * all / (all - forget), -(1 - RetainShare) * all / forget);
        var share = batch.IsForget.to_type(float32) * (ascent - descent) + descent;
        return (functional.cross_entropy(logits, batch.Labels, reduction: Reduction.None) * share).MoveToOuterDisposeScope();
    }
}
