using FaLW.Data;
using FaLW.Models;
using FaLW.Training;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace FaLW.Unlearning;

/// <summary>
/// SalUn (Fan et al., ICLR 2024, arXiv 2310.12508): random labels, but only the weights most salient to the
/// forget set may move. One threshold over all parameters, biases and batch-norm ones included. The
/// published code takes the gradients on augmented images; here that is an option, off by default, because
/// it makes the mask depend on more draws.
/// </summary>
/// <param name="Host">The random-label method under the mask.</param>
/// <param name="Density">Share of the weights that stays trainable, above 0, at most 1; 1 is the host itself.</param>
/// <param name="Mode">What the mask holds back.</param>
/// <param name="AugmentMask">Whether the gradients for the mask are taken on images varied as in training.</param>
public sealed record SaliencyMask(RandomLabel Host, double Density = 0.5, MaskMode Mode = MaskMode.Hard, bool AugmentMask = false) : Unlearner
{
    /// <inheritdoc/>
    public override string Title => "SalUn";

    /// <inheritdoc/>
    public override double Searched => Host.Searched;

    /// <inheritdoc/>
    public override Unlearner WithSearched(double value) => this with { Host = Host with { LearningRate = value } };

    /// <inheritdoc/>
    protected override (Classifier Model, TrainLog Log) Run(UnlearningTask task) => Host.Run(task, model => Rule(model, task));

    /// <inheritdoc/>
    protected internal override IEnumerable<string> Faults() => [.. Host.AllFaults, .. Must.All(Must.BeAShare(Density))];

    private MaskRule Rule(Classifier model, UnlearningTask task)
    {
        using var scope = NewDisposeScope();
        var saliency = Saliency.Of(model, task, Host.BatchSize, AugmentMask ? Host.Augmentation : Augmentation.None);
        return new MaskRule(model, task.Original, Saliency.Largest(saliency, Density), Mode);
    }
}

/// <summary>What a mask holds back.</summary>
public enum MaskMode
{
    /// <summary>Masked weights are bit for bit the Original's after every step (SalUn's code since February 2026).</summary>
    Hard,

    /// <summary>Only their gradient is zeroed; weight decay still moves them (SalUn's code before).</summary>
    GradientOnly,
}

/// <summary>How much each weight matters to the forget set, and which weights matter most (SalUn, arXiv 2310.12508, Eq. 3).</summary>
internal static class Saliency
{
    /// <summary>|sum over batches of the batch-mean gradient| of the cross-entropy to the true labels, in evaluation mode; a short last batch counts as much as a full one, as in SalUn's code.</summary>
    public static IReadOnlyList<Tensor> Of(Classifier model, UnlearningTask task, int batchSize, Augmentation augmentation)
    {
        var rows = task.Shuffled(task.Splits.Forget, task.Stream($"order of the saliency pass"));
        return [.. new GradientPass(model, task, augmentation).SumOfMeans(rows, batchSize).Select(sum => sum.abs_())];
    }

    /// <summary>The largest share of all numbers under one threshold across all tensors; of equal ones the first. floor(share * count) numbers are chosen: bool, one tensor per input of its shape, in the caller's dispose scope.</summary>
    public static IReadOnlyList<Tensor> Largest(IReadOnlyList<Tensor> saliency, double share)
    {
        using var scope = NewDisposeScope();
        var all = cat([.. saliency.Select(part => part.flatten())]);
        var chosen = Chosen(all, (long)Math.Floor((decimal)share * all.numel()));
        return [.. chosen.split([.. saliency.Select(part => part.numel())]).Zip(saliency, (own, part) => own.view(part.shape).clone().MoveToOuterDisposeScope())];
    }

    private static Tensor Chosen(Tensor all, long count)
    {
        if (count == 0) return zeros_like(all, dtype: ScalarType.Bool);
        var threshold = all.sort(0, descending: true).Values.narrow(0, count - 1, 1);
        var above = all.gt(threshold);
        var equal = all.eq(threshold);
        var places = above.sum(ScalarType.Int64).neg().add(count);
        return above.logical_or(equal.logical_and(equal.cumsum(0, ScalarType.Int64).le(places)));
    }
}

/// <summary>
/// Lets only chosen weights move. Their gradient is masked before the step; in the hard mode the others are
/// put back afterwards, so that neither decay nor momentum moves them. What momentum the optimizer keeps
/// for them has no effect, since every update concerns one weight alone. A rule for one training, of masks that need not live as long; bool, one tensor
/// per parameter: true may move.
/// </summary>
internal sealed class MaskRule(Classifier model, Classifier original, IReadOnlyList<Tensor> movable, MaskMode mode) : StepRule, IDisposable
{
    private readonly IReadOnlyList<Tensor> fixedOnes = [.. movable.Select(mask => mask.logical_not().DetachFromDisposeScope())];
    private readonly IReadOnlyList<Parameter> parameters = [.. model.Parameters], start = [.. original.Parameters];

    public override void BeforeStep(Classifier model)
    {
        for (var i = 0; i < parameters.Count; i++) parameters[i].grad?.masked_fill_(fixedOnes[i], 0);
    }

    public override void AfterStep(Classifier model)
    {
        if (mode != MaskMode.Hard) return;
        for (var i = 0; i < parameters.Count; i++) parameters[i].copy_(where(fixedOnes[i], start[i], parameters[i]));
    }

    public void Dispose() => Owned.Release(fixedOnes);
}
