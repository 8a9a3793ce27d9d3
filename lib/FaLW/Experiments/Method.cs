using FaLW.Unlearning;
using FaLW.Weighting;

namespace FaLW.Experiments;

/// <summary>What is compared with what: an unlearner with its settings and the weighting plugged into it.</summary>
/// <param name="Unlearner">The unlearner and its settings.</param>
/// <param name="Weighting">How forget samples weigh in its loss.</param>
public sealed record Method(Unlearner Unlearner, LossWeighting Weighting)
{
    /// <summary>The name in tables. Random labels with the forgetting-aware weighting is what the paper calls FaLW.</summary>
    public string Title => (Unlearner, Weighting) switch
    {
        (_, UniformWeighting) => Unlearner.Title,
        (_, ConstantTwin twin) => $"{Unlearner.Title}, constant as {(this with { Weighting = twin.Of }).Title}",
        (RandomLabel, ForgettingAwareWeighting weighting) => $"FaLW{weighting.Variant}",
        _ => $"{Unlearner.Title} + {Weighting.Title}",
    };

    /// <summary>The name that tells variants apart: the title and the settings that differ from their defaults, in short words ("FaLW, τ 0.3"); epochs, rate and the like are left out.</summary>
    public string Label => Weighting is ConstantTwin twin ? $"{Unlearner.Title}, constant as {(this with { Weighting = twin.Of }).Label}" : Labels.Of(this);
}
