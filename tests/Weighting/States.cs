using FaLW.Weighting;
using static TorchSharp.torch;

namespace FaLW.Tests.Weighting;

/// <summary>Forget states in which only z-score and rarity matter.</summary>
internal static class States
{
    public static ForgetState Of(double[] zScore, double[] rarity)
    {
        var nothing = full(zScore.Length, double.NaN, dtype: float64);
        return new ForgetState(
            zeros(zScore.Length, dtype: int64), nothing, nothing, tensor(zScore, dtype: float64), tensor(rarity, dtype: float64), nothing);
    }

    public static double Weight(this LossWeighting weighting, double zScore, double rarity = 1)
    {
        using var scope = NewDisposeScope();
        return weighting.Weights(Of([zScore], [rarity])).item<double>();
    }
}
