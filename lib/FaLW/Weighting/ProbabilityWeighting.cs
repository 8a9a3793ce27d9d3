using System.Text.Json.Serialization;
using static TorchSharp.torch;

namespace FaLW.Weighting;

/// <summary>Whose loss tells how hard a sample is to forget.</summary>
public enum LossSource
{
    /// <summary>The model in training, in the forward pass that trains; the step needs it anyway.</summary>
    Dynamic,

    /// <summary>Original in evaluation mode, taken once.</summary>
    Static,
}

/// <summary>Over what the mean of the weights is 1.</summary>
public enum WeightScope
{
    /// <summary>The forget samples of the batch.</summary>
    Batch,

    /// <summary>The whole forget set, each sample with its latest known loss.</summary>
    Set,
}

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
    public override string Title => (Source, Scope) switch
    {
        (LossSource.Dynamic, WeightScope.Batch) => "LoReUn",
        (LossSource.Static, WeightScope.Batch) => "LoReUn (static)",
        (LossSource.Dynamic, _) => "LoReUn (set)",
        _ => "LoReUn (static, set)",
    };

    /// <inheritdoc/>
    public override double Searched => Temperature;

    /// <inheritdoc/>
    public override LossWeighting WithSearched(double value) => this with { Temperature = value };

    /// <summary>Two in every decade, from the losses of samples known by heart to where every weight is nearly 1.</summary>
    public override IReadOnlyList<double> ValuesToSearch() => [1e-3, 3e-3, 1e-2, 3e-2, 1e-1, 3e-1, 1, 3, 10];

    /// <inheritdoc/>
    public override bool NeedsOriginal => Source == LossSource.Static;

    /// <inheritdoc/>
    public override SetLoss SetLoss => Scope == WeightScope.Batch ? SetLoss.None : Source == LossSource.Static ? SetLoss.Original : SetLoss.Latest;

    /// <inheritdoc/>
    public override Tensor Weights(ForgetState state)
    {
        if (state.Labels.shape[0] == 0) return ones_like(state.Loss);
        var loss = Source == LossSource.Static ? state.OriginalProbability.log().neg() : state.Loss;
        var all = Scope == WeightScope.Batch ? loss : state.SetLoss;
        var least = all.min();
        var weights = Ease(loss, least) / Ease(all, least).mean();
        return weights.clamp(min: Floor, max: Ceiling ?? double.PositiveInfinity);
    }

    /// <inheritdoc/>
    public override IEnumerable<string> Faults() => Must.All(
        Must.Hold(Temperature > 0, "be positive", Temperature),
        Must.Hold(Floor >= 0, "not be negative", Floor, "the smallest weight"),
        Ceiling is { } ceiling ? Must.Hold(ceiling > 0 && ceiling >= Floor, "be positive and not below the smallest", ceiling, "the largest weight") : null);

    // The least loss cancels in the quotient; without it a small temperature would round everything to zero.
    private Tensor Ease(Tensor loss, Tensor least) => ((loss - least) / -Temperature).exp();
}

/// <summary>A weight made of the probability of the true class that is not normalised as published, so that the learning rate must be tuned anew.</summary>
public abstract record PublishedWeighting : LossWeighting
{
    /// <summary>Whether the weights of a batch are divided by their mean; false is the weight as published.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public bool Normalised { get; init; }

    /// <inheritdoc/>
    public sealed override string Title => Normalised ? $"{Name} (normalised)" : Name;

    /// <summary>The name of the weight as published.</summary>
    protected abstract string Name { get; }

    /// <inheritdoc/>
    public sealed override Tensor Weights(ForgetState state) =>
        Normalised ? OverTheirMean(Published(state, float64)) : Published(state, state.Loss.dtype);

    /// <summary>The weights as published, computed in the type.</summary>
    protected abstract Tensor Published(ForgetState state, ScalarType type);
}

/// <summary>
/// WGA, weighted gradient ascent, as in open-unlearning's code: w = p^beta with p the probability of the true
/// class, not normalised, so the weights fall as forgetting goes on and with them the effective learning rate.
/// <see cref="LossBasedWeighting"/> with temperature 1 / beta is the same with a mean of 1: the
/// pair shows what normalisation does. There per token of a language model, here per image.
/// </summary>
/// <param name="Beta">Not negative; 0 is uniform. The code's default is 1.</param>
public sealed record WeightedAscentWeighting(double Beta = 1) : PublishedWeighting
{
    /// <inheritdoc/>
    protected override string Name => "WGA";

    /// <inheritdoc/>
    protected override Tensor Published(ForgetState state, ScalarType type) => (state.Loss.to_type(type) * -Beta).exp();

    /// <inheritdoc/>
    public override IEnumerable<string> Faults() => Must.All(Must.NotBeNegative(Beta));
}

/// <summary>
/// NPO, negative preference optimisation, as a weight: the gradient of its loss (2 / beta) log(1 + (p / p0)^beta)
/// is that of log p times w = 2 p^beta / (p^beta + p0^beta), with p0 under Original. Gradient ascent
/// with this weight is NPO; it starts at 1 and fades once a sample is less likely than it was.
/// </summary>
/// <param name="Beta">Inverse temperature, above 0; towards 0 this is gradient ascent itself.</param>
public sealed record NegativePreferenceWeighting(double Beta = 1) : PublishedWeighting
{
    /// <inheritdoc/>
    protected override string Name => "NPO";

    /// <inheritdoc/>
    public override bool NeedsOriginal => true;

    // 2 sigmoid(beta (log p - log p0)): the same number, and nothing underflows.
    /// <inheritdoc/>
    protected override Tensor Published(ForgetState state, ScalarType type) =>
        ((state.Loss + state.OriginalProbability.log()).to_type(type) * -Beta).sigmoid().mul(2);

    /// <inheritdoc/>
    public override IEnumerable<string> Faults() => Must.All(Must.BePositive(Beta));
}

/// <summary>
/// SatImp (arXiv 2505.11953, ICML 2025; code in open-unlearning): w = p^beta1 (1 - p)^beta2 with p the probability of the
/// true class. The first factor fades what is forgotten already (saturation), the second favours what is not
/// yet certain (importance). There per token of a language model, here per image.
/// </summary>
/// <param name="Beta1">Saturation, not negative. The code's default is 5.</param>
/// <param name="Beta2">Importance, not negative. The code's default is 1. Both 0 is uniform.</param>
public sealed record SaturationImportanceWeighting(double Beta1 = 5, double Beta2 = 1) : PublishedWeighting
{
    /// <inheritdoc/>
    protected override string Name => "SatImp";

    /// <inheritdoc/>
    protected override Tensor Published(ForgetState state, ScalarType type)
    {
        // From the loss, not from p: near p = 1 the difference 1 - p has no digits left.
        var loss = state.Loss.to_type(type);
        return (loss * -Beta1).exp() * loss.neg().expm1().neg().pow(Beta2);
    }

    /// <inheritdoc/>
    public override IEnumerable<string> Faults() => Must.All(Must.NotBeNegative(Beta1), Must.NotBeNegative(Beta2));
}
