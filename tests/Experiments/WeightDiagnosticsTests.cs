namespace FaLW.Tests.Experiments;

/// <summary>Deviations of the three samples: -0.1, 0.3, -0.25; distances that were to go: 0.49, 0.38, 0.75.</summary>
public sealed class WeightDiagnosticsTests
{
    private static readonly Method FaLW = new(new RandomLabel(), new ForgettingAwareWeighting());

    [Fact]
    public void Worked_by_hand()
    {
        var found = WeightDiagnostics.Of(With([0.5, 1.5, 1.0]))!;
        Assert.Equal(0.75, found.EffectiveShare);
        Assert.Equal([new GroupWeight("Head", 2, 1), new GroupWeight("Middle", 0, double.NaN), new GroupWeight("Tail", 1, 1)], found.Groups);
        // Ranks of the weights 1, 3, 2; of |deviation| 1, 3, 2; of deviation 2, 3, 1; of distance 2, 1, 3.
        Assert.Equal(1, found.WithDeviation, 12);
        Assert.Equal(0.5, found.WithSignedDeviation, 12);
        Assert.Equal(-0.5, found.WithDistance, 12);
    }

    [Fact]
    public void A_sample_that_was_never_weighed_takes_no_part()
    {
        var found = WeightDiagnostics.Of(With([0.5, double.NaN, 1.0]))!;
        Assert.Equal((1, 0.5), (found.Groups[0].Count, found.Groups[0].Mean));
        Assert.Equal(1, found.WithDeviation, 12);
    }

    [Fact]
    public void Equal_weights_know_nothing() => Assert.True(double.IsNaN(WeightDiagnostics.Of(With([1, 1, 1]))!.WithDeviation));

    [Fact]
    public void A_run_without_weights_has_no_diagnostics() => Assert.Null(WeightDiagnostics.Of(SampleResult.Of(FaLW)));

    private static RunResult With(double[] last)
    {
        var result = SampleResult.Of(FaLW);
        return result with { Log = result.Log with { Weights = [new WeightSummary(1, 4, 1, 3, [1, 1])], LastWeights = [.. last] } };
    }
}
