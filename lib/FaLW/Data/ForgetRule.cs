using System.Text.Json.Serialization;

namespace FaLW.Data;

/// <summary>Which class is forgotten most.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<ClassOrder>))]
public enum ClassOrder
{
    /// <summary>Class 0 is the head, the last class the tail.</summary>
    Identity,

    /// <summary>A permutation drawn from the data seed.</summary>
    Seeded,
}

/// <summary>
/// How the forget set is drawn from the training set: the class of rank k = 1..C gives
/// min(<paramref name="Cap"/> * n, lambda * k^-gamma) samples, lambda such that the counts sum to the
/// share. The FaLW paper (arXiv 2601.18650) states gamma and the share but no law; this law, the order
/// and the cap are choices of this kit.
/// </summary>
/// <param name="Share">Part of the training set to forget, between 0 and 1, both excluded.</param>
/// <param name="Gamma">
/// Imbalance: 0 is balanced, larger is steeper; not negative. A rule with gamma 0 and all else equal is the balanced twin of a long-tailed one: as many
/// samples, the same unseen and test rows, and of every class the first of the same draw.
/// </param>
/// <param name="Order">Which class has which rank.</param>
/// <param name="Cap">Largest part of one class that may be forgotten, above 0, at most 1; 1 lets classes vanish.</param>
public sealed record ForgetRule(double Share, double Gamma, ClassOrder Order = ClassOrder.Seeded, double Cap = 1.0)
{
    /// <summary>Seed of the class order where it is to stay when the data seed changes; null for the data seed.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public int? OrderSeed { get; init; }

    /// <summary>Seed of the draw within each class, so that one training set can be asked to forget several sets; null for the data seed.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public int? DrawSeed { get; init; }

    /// <summary>One sentence for each value out of range; empty when the rule can be used.</summary>
    public IEnumerable<string> Faults()
    {
        if (!(Share is > 0 and < 1))
            yield return FormattableString.Invariant(
                $"The share to forget must lie between 0 and 1, both excluded, but is {Share}: with 0 nothing is forgotten, with 1 nothing is left to retrain on.");
        if (!(Gamma is >= 0 and <= 20))
            yield return FormattableString.Invariant($"Gamma must lie between 0 (balanced) and 20, but is {Gamma}; the paper uses 0 to 2.");
        if (!(Cap is > 0 and <= 1))
            yield return FormattableString.Invariant($"The cap must lie above 0 and at most at 1 (whole classes may go), but is {Cap}.");
    }
}
