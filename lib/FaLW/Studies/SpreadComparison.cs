using FaLW.Weighting;
using MathNet.Numerics.Statistics;

namespace FaLW.Studies;

/// <summary>The weights of the images to forget under one way to count the distance, beside those under the paper's.</summary>
/// <param name="Spread">How the distance is counted.</param>
/// <param name="Model">"Original" or "Retrain".</param>
/// <param name="Lowest">Weight of an image with probability 0, mean over classes.</param>
/// <param name="Highest">Weight of an image with probability 1, mean over classes.</param>
/// <param name="Mean">Mean weight of the images to forget.</param>
/// <param name="Saturated">Share of them within 0.05 of the highest or of the lowest weight of their class, 0 to 1: the weight no longer tells them apart.</param>
/// <param name="Agreement">Spearman correlation with the weights under the paper's way.</param>
/// <param name="Distance">Mean |weight - weight under the paper's way|.</param>
public sealed record SpreadComparison(
    Spread Spread, string Model, double Lowest, double Highest, double Mean, double Saturated, double Agreement, double Distance)
{
    private const double Edge = 1e-6, Near = 0.05;

    /// <summary>Compares on all images to forget.</summary>
    /// <param name="view">The images under one model.</param>
    /// <param name="spread">How the distance is counted.</param>
    public static SpreadComparison Of(ProfileView view, Spread spread)
    {
        var weighting = new ForgettingAwareWeighting { Spread = spread };
        var (weights, paper) = (view.Weights(weighting), view.Weights(new ForgettingAwareWeighting()));
        var classes = Enumerable.Range(0, view.ForgetCounts.Count);
        var lowest = view.Weights(weighting, [.. classes.Select(label => ClassOdds.Of(label, Edge))]);
        var highest = view.Weights(weighting, [.. classes.Select(label => ClassOdds.Of(label, 1 - Edge))]);
        bool IsSaturated(int i) => highest[view.Forget[i].Class] - weights[i] < Near || weights[i] - lowest[view.Forget[i].Class] < Near;
        return new SpreadComparison(
            spread, view.Model, lowest.Average(), highest.Average(), weights.Average(),
            Enumerable.Range(0, weights.Count).Count(IsSaturated) / (double)weights.Count,
            Correlation.Spearman(weights, paper), weights.Zip(paper, (one, other) => Math.Abs(one - other)).Average());
    }
}
