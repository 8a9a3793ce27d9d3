using FaLW.Weighting;
using static TorchSharp.torch;

namespace FaLW.Tests.Shared;

/// <summary>Forget states in which only what a weighting reads is given; the rest is NaN.</summary>
internal static class States
{
    public static ForgetState Of(double[] zScore, double[] rarity)
    {
        var nothing = Nothing(zScore.Length);
        return new ForgetState(
            zeros(zScore.Length, dtype: int64), nothing, nothing, tensor(zScore, dtype: float64), tensor(rarity, dtype: float64), nothing, nothing, nothing, nothing);
    }

    /// <summary>Losses of the batch, of Original on it, and of the whole set.</summary>
    public static ForgetState Losses(double[] loss, double[]? original = null, double[]? set = null)
    {
        var (nothing, losses) = (Nothing(loss.Length), tensor(loss, dtype: float64));
        return new ForgetState(
            zeros(loss.Length, dtype: int64), losses.neg().exp(), losses, nothing, nothing,
            original is null ? nothing : tensor(original, dtype: float64).neg().exp(), nothing, set is null ? nothing : tensor(set, dtype: float64), nothing);
    }

    /// <summary>Classes of the batch and how many of each are forgotten.</summary>
    public static ForgetState Classes(long[] labels, double[] counts)
    {
        var nothing = Nothing(labels.Length);
        return new ForgetState(tensor(labels, dtype: int64), nothing, nothing, nothing, nothing, nothing, tensor(counts, dtype: float64), nothing, nothing);
    }

    public static double[] WeightsOf(this LossWeighting weighting, Func<ForgetState> state)
    {
        using var scope = NewDisposeScope();
        return weighting.Weights(state()).to_type(float64).data<double>().ToArray();
    }

    public static double Weight(this LossWeighting weighting, double zScore, double rarity = 1) =>
        weighting.WeightsOf(() => Of([zScore], [rarity]))[0];

    private static Tensor Nothing(int count) => full(count, double.NaN, dtype: float64);
}
