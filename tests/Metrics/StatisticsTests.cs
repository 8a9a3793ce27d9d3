using FaLW.Metrics;

namespace FaLW.Tests.Metrics;

public sealed class StatisticsTests
{
    /// <summary>Tables of Student's t: 2.776 for 4 degrees of freedom and 95 %; the deviation of 1..5 is sqrt(2.5).</summary>
    [Fact]
    public void The_interval_is_the_one_of_the_tables()
    {
        var estimate = Statistics.Over([1, 2, 3, 4, 5]);
        Assert.Equal(3, estimate.Mean);
        Assert.Equal(Math.Sqrt(2.5), estimate.Deviation, 12);
        Assert.Equal(2.776445105 * Math.Sqrt(2.5) / Math.Sqrt(5), estimate.HalfWidth, 8);
        Assert.Equal(5, estimate.Count);
    }

    [Fact]
    public void Another_confidence_gives_another_interval() =>
        Assert.Equal(4.604094871 * Math.Sqrt(0.5), Statistics.Over([1, 2, 3, 4, 5], 0.99).HalfWidth, 7);

    [Fact]
    public void One_run_has_a_mean_but_no_interval()
    {
        var estimate = Statistics.Over([0.7]);
        Assert.Equal(0.7, estimate.Mean);
        Assert.Equal(double.NaN, estimate.HalfWidth);
        Assert.Equal(double.NaN, estimate.Deviation);
    }

    [Fact]
    public void No_run_has_no_mean() => Assert.Equal(double.NaN, Statistics.Over([]).Mean);

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(double.NaN)]
    public void A_confidence_outside_its_range_is_refused(double confidence) =>
        Assert.Throws<ArgumentOutOfRangeException>(() => Statistics.Over([1, 2], confidence));
}
