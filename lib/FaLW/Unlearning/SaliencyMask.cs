using System.Text.Json.Serialization;
using FaLW.Data;
using FaLW.Models;
using FaLW.Training;
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
    [JsonIgnore]
    public override string Title => "SalUn";

    /// <inheritdoc/>
    [JsonIgnore]
    public override double Searched => Host.Searched;

    /// <inheritdoc/>
    public override Unlearner WithSearched(double value) => this with { Host = Host with { LearningRate = value } };

    /// <inheritdoc/>
    protected override (Classifier Model, TrainLog Log) Run(UnlearningTask task)
    {
        Host.Training.Check();
        return Host.Run(task, model => Rule(model, task));
    }

    /// <inheritdoc/>
    protected internal override IEnumerable<string> Faults()
    {
        foreach (var fault in Host.AllFaults) yield return fault;
        if (!(Density is > 0 and <= 1)) yield return FormattableString.Invariant($"the density must lie above 0 and at most at 1, but is {Density}");
    }

    private MaskRule Rule(Classifier model, UnlearningTask task)
    {
        using var scope = NewDisposeScope();
        var saliency = Saliency.Of(model, task, Host.BatchSize, AugmentMask ? Host.Augmentation : Augmentation.None);
        return new MaskRule(model, task.Original, Saliency.Largest(saliency, Density), Mode);
    }
}
