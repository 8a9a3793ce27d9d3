using FaLW.Data;
using FaLW.Metrics;
using FaLW.Models;
using FaLW.Training;
using MathNet.Numerics.Statistics;
using static TorchSharp.torch;
using static TorchSharp.torch.nn;

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

/// <summary>
/// IMU (Fan et al., arXiv 2508.01620): gradient ascent on the forget set that never sees the retain set, moves the last layer alone and pushes each
/// sample by its influence. Phases: from Original, in evaluation mode, the gradient g_i of every forget sample's loss in the last layer; with
/// g their mean and F the mean of their squares plus <paramref name="Damping"/>, the influence I_i = -sum(g_i g / F); of the samples with I_i below 0 the
/// <paramref name="Share"/> with the largest |I_i| is kept, with the weight sqrt(|I_i|), cut at a quantile; then ascent of
/// sum(w_i CE_i) / sum(w_i) over each batch.
/// </summary>
/// <remarks>
/// As the public code (goodluckisallyouneed/IMU, Classification): weights are found once, before the first step; images are normalised by the statistics of
/// their batch while training, so that these drift to the forget set. Its weights are the method, so no weighting applies on top. Departures: the code's L1 penalty
/// on the last layer is left out, because the only value it gives is a flag of 0.2 shared with other methods; its flag for the share has the default 0.1
/// under a text that fits another meaning, and the paper speaks of the forget set, so all samples of negative influence are the default here.
/// </remarks>
/// <param name="Epochs">Passes over the samples kept.</param>
/// <param name="LearningRate">Base learning rate.</param>
/// <param name="Share">Share of the samples of negative influence that is kept, above 0, at most 1; at least one sample is.</param>
/// <param name="Damping">Added to the mean squares, positive.</param>
/// <param name="ClipQuantile">Weights above this quantile are cut to it, 0 to 1.</param>
public sealed record InfluenceAscent(int Epochs = 10, double LearningRate = 0.01, double Share = 1, double Damping = 0.01, double ClipQuantile = 0.93)
    : GradientUnlearner(Epochs, LearningRate)
{
    /// <inheritdoc/>
    public override string Title => "IMU";

    /// <inheritdoc/>
    public override bool CanWeigh => false;

    /// <inheritdoc/>
    protected override (Classifier Model, TrainLog Log) Run(UnlearningTask task)
    {
        var chosen = Chosen(task);
        var byRow = new float[task.Images.Count];
        foreach (var (row, weight) in chosen) byRow[row] = (float)weight;
        using var weights = tensor(byRow, [byRow.Length], device: task.Images.Device);
        Tensor Ascent(Tensor loss, Batch batch)
        {
            var own = weights.index_select(0, batch.Rows);
            return (own / own.mean()).neg();
        }

        int[] rows = [.. chosen.Select(pair => pair.Row)];
        return FitByOwnWeights(
            task, epoch => task.Once(rows, [], BatchSize, task.Order(epoch)), SampleLosses.ToLabels, Ascent, rule: model => LastLayerOnly(model, task.Original));
    }

    /// <inheritdoc/>
    protected internal override IEnumerable<string> Faults() => Must.All(
        Must.BeAShare(Share, "the share of the samples"), Must.BePositive(Damping, "the damping"), Must.LieIn(0, 1, ClipQuantile, "the quantile"));

    /// <summary>The samples that are pushed and their weights, in the order of the forget set.</summary>
    internal IReadOnlyList<(int Row, double Weight)> Chosen(UnlearningTask task)
    {
        var influences = Influences(task);
        int[] helping = [.. Enumerable.Range(0, influences.Length).Where(i => influences[i] < 0).OrderBy(i => influences[i])];
        if (helping.Length == 0) throw new Fault("IMU finds no forget sample with a negative influence: their gradients in the last layer cancel or vanish. Use GA.");
        int[] kept = [.. helping.Take(Math.Max(1, (int)(helping.Length * Share))).Order()];
        double[] weights = [.. kept.Select(i => Math.Sqrt(-influences[i]))];
        var most = weights.QuantileCustom(ClipQuantile, QuantileDefinition.R7);
        return [.. kept.Select((i, place) => (task.Splits.Forget[i], Math.Min(weights[place], most)))];
    }

    /// <summary>I_i of every forget sample, in double precision. In a linear layer under cross-entropy g_i is (softmax - one-hot) times the features and 1.</summary>
    internal double[] Influences(UnlearningTask task)
    {
        using var scope = NewDisposeScope();
        var (head, forget) = (new LastLayer(task.Original), task.Splits.Forget);
        var rows = Predictions.RowsOn(task.Images.Device, forget);
        var features = head.FeaturesAndOne(task.Images, rows);
        var logits = features.mm(head.Theta().t());
        var error = logits.softmax(1) - functional.one_hot(task.Images.Labels.index_select(0, rows), logits.shape[1]).to_type(float64);
        var mean = error.t().mm(features) / forget.Count;
        var squares = error.square().t().mm(features.square()) / forget.Count;
        return (error.mm(mean / (squares + Damping)) * features).sum(1).neg().cpu().data<double>().ToArray();
    }

    private static MaskRule LastLayerOnly(Classifier model, Classifier original)
    {
        using var scope = NewDisposeScope();
        var head = new LastLayer(model);
        bool IsHead(Tensor parameter) => parameter.Handle == head.Weight.Handle || parameter.Handle == head.Bias.Handle;
        return new MaskRule(model, original, [.. model.Parameters.Select(parameter => full_like(parameter, IsHead(parameter) ? 1 : 0, dtype: ScalarType.Bool))], MaskMode.Hard);
    }
}
