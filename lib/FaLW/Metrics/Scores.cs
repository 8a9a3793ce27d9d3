namespace FaLW.Metrics;

/// <summary>The four numbers of the paper's tables, in percent. Each is to be near Retrain's, not high or low.</summary>
/// <param name="ForgetAccuracy">FA: accuracy on the forget set, 0 to 100; unlearning accuracy is 100 minus this.</param>
/// <param name="RetainAccuracy">RA: accuracy on the retain set, 0 to 100.</param>
/// <param name="TestAccuracy">TA: accuracy on the test set, 0 to 100.</param>
/// <param name="MembershipInference">MIA: share of the forget set that the attack of <see cref="Metrics.MembershipInference"/> takes for non-members, 0 to 100.</param>
public sealed record Scores(double ForgetAccuracy, double RetainAccuracy, double TestAccuracy, double MembershipInference)
{
    /// <summary>Mean of the four absolute differences, in points (SalUn, arXiv 2310.12508; used by FaLW's tables).</summary>
    /// <param name="retrain">The scores of the model retrained without the forget set.</param>
    public double AverageGap(Scores retrain) =>
        (Math.Abs(ForgetAccuracy - retrain.ForgetAccuracy)
            + Math.Abs(RetainAccuracy - retrain.RetainAccuracy)
            + Math.Abs(TestAccuracy - retrain.TestAccuracy)
            + Math.Abs(MembershipInference - retrain.MembershipInference)) / 4;
}
