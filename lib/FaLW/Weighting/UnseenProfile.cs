using static TorchSharp.torch;

namespace FaLW.Weighting;

/// <summary>
/// What a model that never saw a sample would make of it, per class: mean and spread of the true-class
/// probability on unseen data under the model as it is now (mu_c and sigma_c of FaLW, arXiv 2601.18650,
/// Section 4; population standard deviation, never below <see cref="Floor"/>).
/// </summary>
/// <param name="Mean">float32 [classes], 0 to 1.</param>
/// <param name="Spread">float32 [classes], at least <see cref="Floor"/>.</param>
public sealed record UnseenProfile(Tensor Mean, Tensor Spread) : UnseenLaw
{
    /// <summary>Smallest spread: a class whose unseen samples all agree still divides by something.</summary>
    public const double Floor = 1e-8;

    // A logit beyond 13.8 is rounding: float32 has no probability between 1 - 6e-8 and 1.
    private const double Edge = 1e-6;

    /// <summary>Whether mean and spread are those of the logit of the probability.</summary>
    public bool OfLogit { get; init; }

    internal override IEnumerable<Tensor> Parts => [Mean, Spread];

    /// <summary>Profiles unseen samples.</summary>
    /// <param name="trueClassProbability">[n], 0 to 1.</param>
    /// <param name="labels">int64 [n], 0 to classes - 1.</param>
    /// <param name="classes">Number of classes.</param>
    /// <exception cref="InvalidOperationException">A class has no sample; reading that needs the device to finish its work.</exception>
    public static UnseenProfile Of(Tensor trueClassProbability, Tensor labels, int classes)
    {
        using var noGradient = no_grad();
        using var scope = NewDisposeScope();
        using var unseen = new UnseenClasses(labels, classes);
        var profile = unseen.Profile(trueClassProbability);
        return new UnseenProfile(profile.Mean.MoveToOuterDisposeScope(), profile.Spread.MoveToOuterDisposeScope());
    }

    /// <summary>How many spreads each sample lies above the mean of its class: z of FaLW; positive is under-forgotten.</summary>
    /// <param name="probability">[n], probability of the true class.</param>
    /// <param name="labels">int64 [n], true classes.</param>
    /// <returns>[n].</returns>
    public override Tensor ZScore(Tensor probability, Tensor labels)
    {
        using var scope = NewDisposeScope();
        var value = OfLogit ? Logit(probability) : probability;
        return ((value - Mean.index_select(0, labels)) / Spread.index_select(0, labels)).MoveToOuterDisposeScope();
    }

    /// <summary>log(p / (1 - p)), within 13.8 of zero.</summary>
    internal static Tensor Logit(Tensor probability) => probability.logit(Edge);
}
