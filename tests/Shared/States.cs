namespace FaLW.Tests.Shared;

/// <summary>Forget states in which only what a weighting reads is given; the rest is NaN.</summary>
internal static class States
{
    public static ForgetState Of(double[] zScore, double[] rarity) =>
        Nothing(zScore.Length) with { ZScore = tensor(zScore, dtype: float64), Rarity = tensor(rarity, dtype: float64) };

    /// <summary>Losses of the batch, of Original on it, and of the whole set.</summary>
    public static ForgetState Losses(double[] loss, double[]? original = null, double[]? set = null)
    {
        var (nothing, losses) = (Nothing(loss.Length), tensor(loss, dtype: float64));
        return nothing with
        {
            Probability = losses.neg().exp(),
            Loss = losses,
            OriginalProbability = original is null ? nothing.OriginalProbability : tensor(original, dtype: float64).neg().exp(),
            SetLoss = set is null ? nothing.SetLoss : tensor(set, dtype: float64),
        };
    }

    /// <summary>Classes of the batch and how many of each are forgotten.</summary>
    public static ForgetState Classes(long[] labels, double[] counts) =>
        Nothing(labels.Length) with { Labels = tensor(labels, dtype: int64), Counts = tensor(counts, dtype: float64) };

    public static double[] WeightsOf(this LossWeighting weighting, Func<ForgetState> state)
    {
        using var scope = NewDisposeScope();
        return weighting.Weights(state()).to_type(float64).data<double>().ToArray();
    }

    public static double[] WeightsOf(this LossWeighting weighting, double[] loss, double[]? original = null, double[]? set = null) =>
        weighting.WeightsOf(() => Losses(loss, original, set));

    public static double Weight(this LossWeighting weighting, double zScore, double rarity = 1) =>
        weighting.WeightsOf(() => Of([zScore], [rarity]))[0];

    public static void Near(IEnumerable<double> expected, IEnumerable<double> actual, double tolerance = 1e-12) =>
        Assert.Equal(expected, actual, (a, b) => Math.Abs(a - b) < tolerance);

    private static ForgetState Nothing(int count)
    {
        var nothing = full(count, double.NaN, dtype: float64);
        return new ForgetState(zeros(count, dtype: int64), nothing, nothing, nothing, nothing, nothing, nothing, nothing, nothing);
    }
}
