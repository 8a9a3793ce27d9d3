using FaLW.Data;

namespace FaLW.Tests.Data;

/// <summary>Forget sets drawn without regard to class.</summary>
public sealed class RandomDrawTests
{
    [Theory]
    [InlineData(0)]
    [InlineData(7)]
    [InlineData(60)]
    public void Counts_sum_to_the_total_within_what_there_is(int total)
    {
        int[] capacity = [10, 20, 30];
        var counts = RandomDraw.Counts(total, capacity, seed: 3);
        Assert.Equal(total, counts.Sum());
        Assert.All(counts.Zip(capacity), pair => Assert.InRange(pair.First, 0, pair.Second));
    }

    [Fact]
    public void Mean_and_variance_are_hypergeometric()
    {
        int[] capacity = [.. Enumerable.Repeat(100, 5)];
        double[] first = [.. Enumerable.Range(0, 2000).Select(seed => (double)RandomDraw.Counts(100, capacity, seed)[0])];
        var mean = first.Average();
        Assert.InRange(mean, 19.7, 20.3);
        Assert.InRange(first.Average(n => (n - mean) * (n - mean)) / (100 * 0.2 * 0.8 * 400 / 499), 0.9, 1.1);
    }

    [Fact]
    public void A_seed_gives_one_draw_and_too_much_is_a_sentence()
    {
        Assert.Equal(RandomDraw.Counts(9, [9, 9], 0), RandomDraw.Counts(9, [9, 9], 0));
        Assert.Contains("cannot be drawn from 18", Assert.Throws<Fault>(() => RandomDraw.Counts(19, [9, 9], 0)).Message, StringComparison.Ordinal);
    }
}
