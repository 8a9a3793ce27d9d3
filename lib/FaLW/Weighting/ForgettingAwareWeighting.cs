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
/// <param name="RefreshEvery">Steps between two profiles of the whole unseen set; 1 is Algorithm 1.</param>
/// <param name="Balance">False leaves the balance factor out (B = 1), the paper's ablation.</param>
public sealed record ForgettingAwareWeighting(double Tau = 0.15, int RefreshEvery = 1, bool Balance = true) : LossWeighting
{
    /// <inheritdoc/>
    [JsonIgnore]
    public override string Title => "Forgetting-aware";

    /// <inheritdoc/>
    [JsonIgnore]
    public override int ProfileEvery => RefreshEvery;

    /// <inheritdoc/>
    public override Tensor Weights(ForgetState state)
    {
        using var scope = NewDisposeScope();
        var strength = state.ZScore.abs().tanh();
        var curved = Balance ? strength.pow(BalanceFactor(state.Rarity).reciprocal()) : strength;
        return (state.ZScore.sign() * curved + 1).MoveToOuterDisposeScope();
    }

    /// <summary>Eq. 6: B = rarity^tau.</summary>
    /// <param name="rarity">N_f / (C N_{f,k}), positive; 1 is an average class.</param>
    /// <returns>Same shape; above 1 for classes rarer than average.</returns>
    public Tensor BalanceFactor(Tensor rarity) => rarity.pow(Tau);

    /// <inheritdoc/>
    public override IEnumerable<string> Faults()
    {
        if (!(Tau >= 0 && double.IsFinite(Tau))) yield return FormattableString.Invariant($"tau must not be negative, but is {Tau}");
        if (RefreshEvery < 1) yield return FormattableString.Invariant($"the unseen profile must be renewed every 1 step or more, but every {RefreshEvery} was asked");
    }
}
