namespace FaLW.Weighting;

/// <summary>An epsilon per sample, what it promises to first order, and how other methods take it.</summary>
/// <param name="Epsilon">-1 removes a sample, 0 leaves it alone, above 0 it counts more.</param>
/// <param name="TaskChange">Predicted change of the task loss.</param>
/// <param name="UtilityChange">Predicted change of the utility loss.</param>
public sealed record SoftWeights(IReadOnlyList<double> Epsilon, double TaskChange, double UtilityChange)
{
    /// <summary>The largest |epsilon|.</summary>
    public double Largest => Epsilon.Select(Math.Abs).DefaultIfEmpty(0).Max();

    /// <summary>What to be told when a weight is so large that a sample would count negatively; null when none is.</summary>
    public string? Warning => Largest <= 1 ? null : FormattableString.Invariant(
        $"The largest |epsilon| is {Largest:G3}, above 1: a training weight 1 + epsilon would be negative and the predicted changes are not to be trusted. Ask for a smaller fraction of the task loss, or take several small steps.");

    /// <summary>Gradient ascent: -epsilon times the ascent; negative where a sample is to be learned more. Our reading.</summary>
    public IReadOnlyList<double> Ascent => [.. Epsilon.Select(e => -e)];

    /// <summary>Fine-tuning: 1 + epsilon times the cross-entropy. Our reading.</summary>
    public IReadOnlyList<double> FineTuning => [.. Epsilon.Select(e => 1 + e)];

    /// <summary>How much each sample is to be forgotten, 0 where not at all: forget term of Fisher methods and of SCRUB. Our reading.</summary>
    public IReadOnlyList<double> Forget => [.. Epsilon.Select(e => Math.Max(-e, 0))];

    /// <summary>How much of each sample stays, at most 1: retain term of Fisher methods. Our reading; SCRUB takes <see cref="FineTuning"/>.</summary>
    public IReadOnlyList<double> Retain => [.. Epsilon.Select(e => 1 + Math.Min(e, 0))];
}
