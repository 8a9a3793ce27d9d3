namespace FaLW.Tests.Data;

public class LongTailTests
{
    // The wiped classes are those of the table in the kit's method notes; all counts were computed apart
    // from this code, in Python with 50 decimal digits, by setting full classes aside instead of bisection.
    [Theory]
    [InlineData(0.0, 135, 135, 135, 0)]
    [InlineData(1 / 4.0, 325, 122, 103, 0)]
    [InlineData(1 / 3.0, 429, 117, 92, 0)]
    [InlineData(1 / 2.0, 450, 106, 75, 2)]
    [InlineData(1.0, 450, 80, 40, 8)]
    [InlineData(3 / 2.0, 450, 63, 22, 13)]
    [InlineData(2.0, 450, 50, 12, 16)]
    public void Cifar100_with_30_percent_matches_the_published_law(double gamma, int first, int fiftieth, int last, int wiped)
    {
        var counts = LongTail.Counts(13500, gamma, Same(450, 100));
        Assert.Equal((first, fiftieth, last, wiped, 13500), (counts[0], counts[49], counts[99], counts.Count(n => n == 450), counts.Sum()));
    }

    [Theory]
    [InlineData(1 / 4.0, new[] { 646, 543, 491, 457, 432, 413, 397, 384, 373, 364 })]
    [InlineData(1 / 3.0, new[] { 723, 574, 502, 456, 423, 398, 378, 362, 348, 336 })]
    [InlineData(1 / 2.0, new[] { 896, 634, 517, 448, 401, 366, 339, 317, 299, 283 })]
    [InlineData(1.0, new[] { 1536, 768, 512, 384, 307, 256, 220, 192, 171, 154 })]
    [InlineData(3 / 2.0, new[] { 2255, 797, 434, 282, 202, 153, 122, 100, 84, 71 })]
    [InlineData(2.0, new[] { 2904, 726, 323, 181, 116, 81, 59, 45, 36, 29 })]
    public void Cifar10_with_10_percent_matches_class_by_class(double gamma, int[] expected) =>
        Assert.Equal(expected, LongTail.Counts(4500, gamma, Same(4500, 10)));

    [Theory]
    [InlineData(1 / 4.0, 1, 152)]
    [InlineData(1 / 3.0, 4, 137)]
    [InlineData(1 / 2.0, 10, 113)]
    [InlineData(1.0, 26, 67)]
    [InlineData(3 / 2.0, 37, 41)]
    [InlineData(2.0, 45, 26)]
    public void TinyImageNet_with_40_percent_wipes_the_published_number_of_classes(double gamma, int wiped, int last)
    {
        var counts = LongTail.Counts(40000, gamma, Same(500, 200));
        Assert.Equal((wiped, last), (counts.Count(n => n == 500), counts[199]));
    }

    [Fact]
    public void Counts_sum_stay_within_their_bounds_and_never_rise_where_capacities_are_equal()
    {
        var cases = from equal in Gen.Bool
                    from own in Gen.Int[1, 60].Array[1, 40]
                    let capacity = equal ? Same(own[0], own.Length) : own
                    from total in Gen.Int[capacity.Length, capacity.Sum()]
                    from gamma in Gen.Int[0, 300]
                    select (equal, capacity, total, gamma: gamma / 100.0);
        cases.Sample(c =>
        {
            var counts = LongTail.Counts(c.total, c.gamma, c.capacity);
            return counts.Sum() == c.total
                && counts.Zip(c.capacity).All(pair => pair.First >= 1 && pair.First <= pair.Second)
                && (!c.equal || counts.Zip(counts.Skip(1)).All(pair => pair.First >= pair.Second));
        }, iter: 100);
    }

    [Fact]
    public void A_balanced_draw_differs_by_one_at_most_and_the_extra_ones_go_to_the_head() =>
        Assert.Equal([4, 4, 3, 3], LongTail.Counts(14, 0, Same(9, 4)));

    [Theory]
    [InlineData(41, new[] { 10, 10, 10, 10 }, "the cap allows only 40 over 4 classes")]
    [InlineData(3, new[] { 10, 10, 10, 10 }, "each of the 4 classes gives at least one")]
    [InlineData(3, new[] { 5, 0, 5 }, "rank 2")]
    public void An_impossible_total_is_a_sentence(int total, int[] capacity, string part) =>
        Assert.Contains(part, Assert.Throws<Fault>(() => LongTail.Counts(total, 1, capacity)).Message, StringComparison.Ordinal);

    private static int[] Same(int capacity, int classes) => [.. Enumerable.Repeat(capacity, classes)];
}

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
        Assert.Equal(counts, RandomDraw.Counts(total, capacity, seed: 3));
        Assert.Contains("cannot be drawn from 60", Assert.Throws<Fault>(() => RandomDraw.Counts(61, capacity, 0)).Message, StringComparison.Ordinal);
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
}

// Expected numbers come from a Python transcription of the published xoshiro256** and Lemire algorithms.
public class SeededStreamTests
{
    [Fact]
    public void Draws_are_those_of_an_independent_implementation()
    {
        var (stream, bounded, unit) = (new SeededStream(0, "test"), new SeededStream(1, "b"), new SeededStream(42, "u"));
        Assert.Equal([10511751651115050063UL, 13385550776543008950UL, 14841121705187364251UL], [stream.Next(), stream.Next(), stream.Next()]);
        Assert.Equal([2, 1, 9, 0, 4, 7, 3, 8, 6, 5], new SeededStream(0, "test").Permutation(10));
        Assert.Equal([3, 1, 5, 8, 9, 0, 2, 7, 4, 6], new SeededStream(-7, "class order").Permutation(10));
        Assert.Equal([71, 243, 83, 703, 390, 919], Enumerable.Range(0, 6).Select(_ => bounded.Below(1000)));
        Assert.Equal([1485075616, 663081258, 1198433617], Enumerable.Range(0, 3).Select(_ => bounded.Below(3 << 29)));
        Assert.Equal([0.6734215032608243, 0.8717784864175548], [unit.Unit(), unit.Unit()]);
        Assert.Throws<ArgumentOutOfRangeException>(() => stream.Below(0));
    }

    [Fact]
    public void Another_seed_or_another_purpose_is_another_stream() =>
        Assert.Equal(3, new[] { new SeededStream(0, "a"), new SeededStream(1, "a"), new SeededStream(0, "b") }.Select(stream => stream.Next()).Distinct().Count());

    [Fact]
    public void Every_outcome_is_about_equally_likely_and_normal_draws_have_mean_0_and_deviation_1()
    {
        var stream = new SeededStream(5, "dice");
        var counts = new int[6];
        for (var i = 0; i < 60_000; i++) counts[stream.Below(6)]++;

        // Chi-square with 5 degrees of freedom: 20.5 is the 99.9 % point; the stream is fixed, so this never flickers.
        Assert.InRange(counts.Sum(c => Math.Pow(c - 10_000, 2) / 10_000), 0, 20.5);
        stream = new SeededStream(3, "normal");
        double[] draws = [.. Enumerable.Range(0, 20_000).Select(_ => stream.Normal())];
        Assert.Equal(0, draws.Average(), 0.03);
        Assert.Equal(1, draws.Average(x => x * x), 0.05);
        Assert.Equal(0.6827, draws.Average(x => Math.Abs(x) < 1 ? 1.0 : 0), 0.015);
    }
}
