using FaLW.Metrics;

namespace FaLW.Tests.Metrics;

public sealed class CollapseTests
{
    /// <summary>Ten classes: 10 + 0.05 * 90 = 14.5. Two: 52.5. A hundred: 1 + 0.05 * 99 = 5.95.</summary>
    [Theory]
    [InlineData(10, 14.4, 14.6)]
    [InlineData(2, 52.4, 52.6)]
    [InlineData(100, 5.9, 6)]
    public void Guessing_is_told_from_knowing(int classes, double guessing, double knowing)
    {
        Assert.True(Collapse.Is(guessing, classes));
        Assert.False(Collapse.Is(knowing, classes));
    }
}
