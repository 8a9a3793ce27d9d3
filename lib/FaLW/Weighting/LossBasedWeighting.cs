using System.Text.Json.Serialization;
using static TorchSharp.torch;

namespace FaLW.Weighting;

/// <summary>
/// LoReUn (Li et al. 2025, arXiv 2507.22499): a small loss means hard to forget and weighs much,
/// w_i = r_i / mean r with r_i = exp(-loss_i / temperature). Since the loss is -log p of the true class, r is
/// p^(1/temperature): the weight of <see cref="WeightedAscentWeighting"/> with a mean of 1. On samples that
/// are all fitted the losses hardly differ and the weights are nearly 1 unless the temperature is as
/// small as they are; the effective sample size in the log tells. Established: direction, one exponential, one
/// temperature, both sources. Our reading: that the mean is over the batch. Ours: scope set and the bounds.
/// </summary>
/// <param name="Temperature">In nats, above 0; infinity gives uniform weights. The paper's values are not known, so there is no default.</param>
/// <param name="Source">Whose loss.</param>
/// <param name="Scope">Over what the mean is 1.</param>
public sealed record LossBasedWeighting(
    double Temperature, LossSource Source = LossSource.Dynamic, WeightScope Scope = WeightScope.Batch) : LossWeighting
{
    /// <summary>Smallest weight; 0 for no bound.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public double Floor { get; init; }

    /// <summary>Largest weight; null for no bound. A bound moves the mean away from 1.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public double? Ceiling { get; init; }

    /// <inheritdoc/>
    [JsonIgnore]
    public override string Title => Source == LossSource.Dynamic ? "LoReUn" : "LoReUn (static)";

    /// <inheritdoc/>
    [JsonIgnore]
    public override bool NeedsOriginal => Source == LossSource.Static;

    /// <inheritdoc/>
    [JsonIgnore]
    public override SetLoss SetLoss => Scope == WeightScope.Batch ? SetLoss.None : Source == LossSource.Static ? SetLoss.Original : SetLoss.Latest;

    /// <inheritdoc/>
    public override Tensor Weights(ForgetState state)
    {
        using var scope = NewDisposeScope();
        if (state.Labels.shape[0] == 0) return ones_like(state.Loss).MoveToOuterDisposeScope();
        var loss = Source == LossSource.Static ? state.OriginalProbability.log().neg() : state.Loss;
        var all = Scope == WeightScope.Batch ? loss : state.SetLoss;
        var least = all.min();
        var weights = Ease(loss, least) / Ease(all, least).mean();
        return weights.clamp(min: Floor, max: Ceiling ?? double.PositiveInfinity).MoveToOuterDisposeScope();
    }

    /// <inheritdoc/>
    public override IEnumerable<string> Faults()
    {
        if (!(Temperature > 0)) yield return FormattableString.Invariant($"the temperature must lie above 0, but is {Temperature}");
        if (!(Floor >= 0)) yield return FormattableString.Invariant($"the smallest weight must not be negative, but is {Floor}");
        if (Ceiling is { } ceiling && !(ceiling > 0 && ceiling >= Floor)) yield return FormattableString.Invariant($"the largest weight must lie above 0 and not below the smallest, but is {ceiling}");
    }

    // The least loss cancels in the quotient; without it a small temperature would round everything to zero.
    private Tensor Ease(Tensor loss, Tensor least) => ((loss - least) / -Temperature).exp();
}
