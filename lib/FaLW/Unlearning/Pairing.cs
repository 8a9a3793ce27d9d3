using FaLW.Data;
using FaLW.Weighting;

namespace FaLW.Unlearning;

/// <summary>A kind of method and a kind of weighting that do not go together.</summary>
/// <param name="Breaks">Whether a pair is of these kinds.</param>
/// <param name="Sentence">What is wrong with it, and what to do.</param>
public sealed record PairingRule(Func<Unlearner, LossWeighting, bool> Breaks, Func<Unlearner, LossWeighting, string> Sentence);

/// <summary>Which methods and weightings go together, before any data is looked at.</summary>
public static class Pairing
{
    /// <summary>All rules; a pair that breaks none makes sense.</summary>
    public static ValueList<PairingRule> Rules { get; } =
    [
        new(
            (method, weighting) => weighting is not UniformWeighting && !method.CanWeigh,
            (method, weighting) => $"{method.Title} has no loss on forget samples that {weighting.Title} could weigh; use UniformWeighting with it."),
        new(
            (method, weighting) => weighting.IsSigned && method.CanWeigh && !method.CanWeighNegatively,
            (method, weighting) => $"{weighting.Title} may give a negative weight, but {method.Title} cannot turn its loss round; use it with GA, or its unsigned form."),
    ];

    /// <summary>Why a method and a weighting do not go together; null when they do.</summary>
    /// <param name="method">The method.</param>
    /// <param name="weighting">The weighting.</param>
    public static string? Objection(Unlearner method, LossWeighting weighting) =>
        Rules.FirstOrDefault(rule => rule.Breaks(method, weighting))?.Sentence(method, weighting);
}
