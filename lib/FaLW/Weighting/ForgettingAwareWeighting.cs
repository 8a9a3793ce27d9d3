using System.Text.Json.Serialization;
using static TorchSharp.torch;

namespace FaLW.Weighting;

/// <summary>
/// FaLW (arXiv 2601.18650): w = 1 + sign(z) tanh(|z|)^(1/B) with z the distance from the unseen profile
/// (Eq. 7; Eq. 5 with B in the place of its temperature) and B = (N_f / (C N_{f,k}))^tau the balance factor
/// (Eq. 6). A sample still known too well (z above 0) is pushed harder, up to 2; one already less likely
/// than unseen data (z below 0) is let go, down to 0.
/// </summary>
/// <param name="Tau">Exponent of the balance factor, not negative; 0 makes B = 1. The paper tunes it in 0.1 to 0.2.</param>
/// <param name="RefreshEvery">Steps between two renewals of the unseen profile; 1 is Algorithm 1.</param>
/// <param name="Balance">False leaves the balance factor out (Eq. 5), the paper's ablation.</param>
public sealed record ForgettingAwareWeighting(double Tau = 0.15, int RefreshEvery = 1, bool Balance = true) : LossWeighting
{
    /// <summary>
    /// The rolling profile (ours): how many unseen samples a renewal takes through the whole network, the classes taking turns.
    /// The others are carried along by the movement the slice shows, and the last layer is applied as it is now. The
    /// first renewal takes all. 0 takes all every time, as the paper does.
    /// </summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public int Slice { get; init; }

    /// <summary>How z is counted; the paper's normal law unless told otherwise.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public Spread Spread { get; init; }

    /// <summary>The temperature of Eq. 5, in the place of the balance factor; null for 1. Only without balance.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public double? Eta { get; init; }

    /// <summary>
    /// How many unseen samples of a class, at most, the profile is made of: the first so many of every class in the order of the images; 0 for all. The others stay
    /// unseen and unused, so that splits, Original and Retrain are the same whatever this is.
    /// </summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public int UnseenPerClass { get; init; }

    /// <summary>alpha over beta of Eq. 3: every weight is multiplied by it, so that the forget term counts so much beside the retain term; null for 1.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public double? Alpha { get; init; }

    /// <inheritdoc/>
    public override string Title => $"Forgetting-aware{Variant}";

    /// <inheritdoc/>
    public override int ProfileEvery => RefreshEvery;

    /// <inheritdoc/>
    public override int ProfileSlice => Slice;

    /// <inheritdoc/>
    public override int ProfilePerClass => UnseenPerClass;

    /// <inheritdoc/>
    public override Spread ProfileSpread => Spread;

    /// <summary>What departs from Equations 5 to 7 and Algorithm 1, in brackets after the name; empty where nothing does.</summary>
    internal string Variant
    {
        get
        {
            var law = Spread switch { Spread.Gaussian => null, Spread.GaussianOfLogit => "logit", _ => "rank" };
            var parts = new[] { Slice > 0 ? "rolling" : null, law, Balance ? null : "no balance" }.OfType<string>();
            return string.Join(", ", parts) is { Length: > 0 } text ? $" ({text})" : "";
        }
    }

    /// <inheritdoc/>
    public override Tensor Weights(ForgetState state)
    {
        var strength = state.ZScore.abs().tanh();
        var curved = Balance ? strength.pow(BalanceFactor(state.Rarity).reciprocal()) : Eta is { } eta ? strength.pow(1 / eta) : strength;
        var weight = state.ZScore.sign() * curved + 1;
        return Alpha is { } alpha ? weight * alpha : weight;
    }

    /// <summary>Eq. 6: B = rarity^tau, above 1 for classes rarer than average.</summary>
    internal Tensor BalanceFactor(Tensor rarity) => rarity.pow(Tau);

    /// <inheritdoc/>
    public override IEnumerable<string> Faults() => Must.All(
        Must.NotBeNegative(Tau),
        Must.BeAtLeast(1, RefreshEvery, "the distance in steps of two renewals of the unseen profile"),
        Must.Hold(Slice >= 0, "be 0 (all unseen samples) or more", Slice, "the slice of a renewal"),
        Must.Hold(UnseenPerClass >= 0, "be 0 (all) or more", UnseenPerClass, "the number of unseen samples of a class in the profile"),
        Alpha is { } alpha ? Must.BePositive(alpha, "alpha over beta") : null,
        Eta is { } eta ? Must.BePositive(eta) : null,
        Eta is not null && Balance ? "eta and the balance factor take each other's place; set Balance to false" : null);
}
