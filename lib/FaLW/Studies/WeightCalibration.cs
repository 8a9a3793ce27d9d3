using FaLW.Data;
using FaLW.Weighting;
using MathNet.Numerics.Statistics;

namespace FaLW.Studies;

/// <summary>
/// What a weighting makes of images that are exactly as well known as unseen ones, because they are unseen: one half of them makes
/// the profile, the other half is weighed. Nothing is to be forgotten there, so a weighting that meets their law weighs them 1 on
/// average and pushes as often as it lets go.
/// </summary>
/// <param name="Spread">How the distance is counted.</param>
/// <param name="Model">"Original" or "Retrain".</param>
/// <param name="Mean">Mean weight; 1 when the law is right.</param>
/// <param name="Pushed">Share of images that weigh more than 1; one half when the law is right.</param>
/// <param name="Low">Weight that 5 % of the images stay below.</param>
/// <param name="High">Weight that 95 % of the images stay below.</param>
/// <param name="Ceiling">Weight of an image with probability 1, mean over classes: no push can be harder.</param>
public sealed record WeightCalibration(Spread Spread, string Model, double Mean, double Pushed, double Low, double High, double Ceiling)
{
    private const int Draws = 50;
    private const double Certain = 1 - 1e-7;

    /// <summary>Halves the unseen images of every class many times.</summary>
    /// <param name="view">The images under one model.</param>
    /// <param name="spread">How the distance is counted.</param>
    /// <param name="seed">Seed of the halving; zero is a seed.</param>
    public static WeightCalibration Of(ProfileView view, Spread spread, int seed)
    {
        var weighting = new ForgettingAwareWeighting(Balance: false) { Spread = spread };
        var stream = new SeededStream(seed, "halves of the unseen samples");
        double[] weights = [.. Enumerable.Range(0, Draws).SelectMany(_ => Judged(view, weighting, stream)).Order()];
        ClassOdds[] certain = [.. view.HeadToTail.Select(label => ClassOdds.Of(label, Certain))];
        return new WeightCalibration(
            spread, view.Model, weights.Average(), weights.Count(weight => weight > 1) / (double)weights.Length,
            weights.QuantileCustom(0.05, QuantileDefinition.Excel), weights.QuantileCustom(0.95, QuantileDefinition.Excel), view.Weights(weighting, certain).Average());
    }

    private static IReadOnlyList<double> Judged(ProfileView view, ForgettingAwareWeighting weighting, SeededStream stream)
    {
        List<ClassOdds> profile = [], judged = [];
        for (var label = 0; label < view.ForgetCounts.Count; label++)
        {
            ClassOdds[] own = [.. view.UnseenOf(label)];
            var order = stream.Permutation(own.Length);
            profile.AddRange(order[..(own.Length / 2)].Select(i => own[i]));
            judged.AddRange(order[(own.Length / 2)..].Select(i => own[i]));
        }

        return view.Weights(weighting, judged, profile);
    }
}
