namespace FaLW.Metrics;

/// <summary>
/// What population attacks say about the forget set. Not "higher is better": random-label methods can
/// exceed Retrain (a Streisand effect), so only the distance from Retrain's figure counts.
/// </summary>
/// <param name="SupportVector">Percent of the forget set taken for non-members by the support vector attack; the figure of the tables.</param>
/// <param name="Threshold">The same for the best-threshold attack.</param>
/// <param name="ForgetArea">Area under the curve of forget set against test set, 0 to 1; 0.5: forgotten samples look like unseen ones.</param>
/// <param name="ShadowArea">Area under the curve of known members against known non-members: what there is to be found.</param>
/// <param name="ShadowAccuracy">Percent of the known samples the support vector attack gets right; 50 is chance.</param>
/// <param name="ShadowCount">Known members, as many as known non-members.</param>
/// <param name="Gap">Relative duality gap of the support vector classifier: how far it can be from the exact one.</param>
public sealed record MembershipInference(
    double SupportVector, double Threshold, double ForgetArea, double ShadowArea, double ShadowAccuracy, int ShadowCount, double Gap)
{
    /// <summary>Which of the many attacks of this name is meant; to be printed below every table.</summary>
    public const string Variant =
        "Membership inference: percent of the forget set that a support vector classifier (Gaussian kernel, C = 3, gamma = 1, solved exactly) "
        + "of the true-class probability takes for non-members; it is trained on as many retain images (members) as test images (non-members) "
        + "of every class, drawn with the seed, evaluation mode, no augmentation. After SalUn's SVC attack on confidence; judge the distance from Retrain.";

    // Decision values this near zero are rounding: like LIBSVM on an exact zero they count as members.
    private const double Undecided = 1e-9;

    /// <summary>Runs the attacks on one model.</summary>
    /// <param name="forget">Predictions on the forget set, at least one.</param>
    /// <param name="retain">Predictions on the retain set.</param>
    /// <param name="test">Predictions on the test set.</param>
    /// <param name="seed">Seed of the shadow draw; the same for every model that is compared.</param>
    /// <exception cref="Data.Fault">No class has both retained and test samples.</exception>
    public static MembershipInference Of(Prediction forget, Prediction retain, Prediction test, int seed)
    {
        var shadow = ShadowSets.Draw(retain, test, seed);
        var classifier = SupportVectorClassifier.Fit(shadow.Members, shadow.NonMembers);
        var threshold = ThresholdAttack.Fit(shadow.Members, shadow.NonMembers);
        bool IsNonMember(float value) => classifier.Decide(value) < -Undecided;
        return new MembershipInference(
            Percent(forget.TrueClassProbability, IsNonMember),
            Percent(forget.TrueClassProbability, value => !threshold.IsMember(value)),
            RankComparison.AreaUnderCurve(forget.TrueClassProbability, test.TrueClassProbability),
            RankComparison.AreaUnderCurve(shadow.Members, shadow.NonMembers),
            (100 - Percent(shadow.Members, IsNonMember) + Percent(shadow.NonMembers, IsNonMember)) / 2,
            shadow.Members.Length,
            classifier.Gap);
    }

    private static double Percent(float[] values, Func<float, bool> wanted) => 100.0 * values.Count(wanted) / values.Length;
}
