using FaLW.Data;

namespace FaLW.Metrics;

/// <summary>
/// The membership attack that the family of SFRon's code reports (K1nght/Unified-Unlearning-w-Remain-Geometry, also in CityU-MLO/DualOptim): logistic regression with
/// balanced classes on the entropy of the softmax, trained on the whole retain set against the whole test set. It counts
/// forget samples taken for <em>members</em>, so it runs opposite to <see cref="MembershipInference"/>; the two are never to share a column.
/// </summary>
/// <param name="Member">Percent of the forget set taken for members; lower is more forgotten, Retrain's figure is the aim.</param>
/// <param name="ShadowAccuracy">Percent of known members and non-members it gets right, both sides counting half; 50 is chance.</param>
/// <param name="Boundary">The entropy, in nats, at which it changes its mind; infinite when the slope is zero.</param>
public sealed record EntropyAttack(double Member, double ShadowAccuracy, double Boundary)
{
    /// <summary>Runs the attack on one model.</summary>
    /// <param name="forget">Entropies on the forget set, in nats, at least one.</param>
    /// <param name="retain">Entropies on the retain set.</param>
    /// <param name="test">Entropies on the test set.</param>
    /// <exception cref="Fault">The forget set is empty or an entropy is not finite.</exception>
    public static EntropyAttack Of(IReadOnlyList<double> forget, IReadOnlyList<double> retain, IReadOnlyList<double> test)
    {
        Demand.Some(forget.Count, "Entropies on the forget set");
        Demand.Finite(forget, "Entropies on the forget set");
        var model = LogisticRegression.Fit(retain, test);
        double Members(IReadOnlyList<double> values) => 100.0 * values.Count(value => model.Decide(value) > 0) / values.Count;
        return new EntropyAttack(
            Members(forget), (Members(retain) + 100 - Members(test)) / 2, model.Slope == 0 ? double.PositiveInfinity : -model.Intercept / model.Slope);
    }
}
