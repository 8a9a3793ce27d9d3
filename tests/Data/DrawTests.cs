using FaLW.Data;
using FsCheck;
using FsCheck.Fluent;

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
        Assert.Equal((first, fiftieth, last), (counts[0], counts[49], counts[99]));
        Assert.Equal(wiped, counts.Count(n => n == 450));
        Assert.Equal(13500, counts.Sum());
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
    public void Counts_sum_stay_within_their_bounds_and_never_rise()
    {
        var cases = from classes in Gen.Choose(1, 40)
                    from capacity in Gen.Choose(1, 200)
                    from total in Gen.Choose(classes, classes * capacity)
                    from gamma in Gen.Choose(0, 300)
                    select (classes, capacity, total, gamma: gamma / 100.0);
        Prop.ForAll(cases.ToArbitrary(), c =>
        {
            var counts = LongTail.Counts(c.total, c.gamma, Same(c.capacity, c.classes));
            return counts.Sum() == c.total
                && counts.All(n => n >= 1 && n <= c.capacity)
                && counts.Zip(counts.Skip(1)).All(pair => pair.First >= pair.Second);
        }).QuickCheckThrowOnFailure();
    }

    [Fact]
    public void Unequal_capacities_are_respected_and_still_sum()
    {
        var cases = from capacity in Gen.ArrayOf(Gen.Choose(1, 60)).Where(a => a.Length > 0)
                    from total in Gen.Choose(capacity.Length, capacity.Sum())
                    from gamma in Gen.Choose(0, 200)
                    select (capacity, total, gamma: gamma / 100.0);
        Prop.ForAll(cases.ToArbitrary(), c =>
        {
            var counts = LongTail.Counts(c.total, c.gamma, c.capacity);
            return counts.Sum() == c.total && counts.Zip(c.capacity).All(pair => pair.First >= 1 && pair.First <= pair.Second);
        }).QuickCheckThrowOnFailure();
    }

    [Fact]
    public void A_balanced_draw_differs_by_one_at_most_and_the_extra_ones_go_to_the_head() =>
        Assert.Equal([4, 4, 3, 3], LongTail.Counts(14, 0, Same(9, 4)));

    [Theory]
    [InlineData(41, "the cap allows only 40 over 4 classes")]
    [InlineData(3, "each of the 4 classes gives at least one")]
    public void An_impossible_total_is_a_sentence(int total, string part) =>
        Assert.Contains(part, Assert.Throws<Fault>(() => LongTail.Counts(total, 1, Same(10, 4))).Message, StringComparison.Ordinal);

    [Fact]
    public void A_class_that_may_give_nothing_is_a_sentence() =>
        Assert.Contains("rank 2", Assert.Throws<Fault>(() => LongTail.Counts(3, 1, [5, 0, 5])).Message, StringComparison.Ordinal);

    private static int[] Same(int capacity, int classes) => [.. Enumerable.Repeat(capacity, classes)];
}

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

// Expected numbers come from a Python transcription of the published xoshiro256** and Lemire algorithms.
public class SeededStreamTests
{
    [Fact]
    public void The_first_draws_are_those_of_an_independent_implementation()
    {
        var stream = new SeededStream(0, "test");
        Assert.Equal([10511751651115050063UL, 13385550776543008950UL, 14841121705187364251UL], [stream.Next(), stream.Next(), stream.Next()]);
    }

    [Fact]
    public void Permutations_are_those_of_an_independent_implementation()
    {
        Assert.Equal([2, 1, 9, 0, 4, 7, 3, 8, 6, 5], new SeededStream(0, "test").Permutation(10));
        Assert.Equal([3, 1, 5, 8, 9, 0, 2, 7, 4, 6], new SeededStream(-7, "class order").Permutation(10));
    }

    [Fact]
    public void Bounded_draws_and_unit_draws_are_those_of_an_independent_implementation()
    {
        var bounded = new SeededStream(1, "b");
        Assert.Equal([71, 243, 83, 703, 390, 919], Enumerable.Range(0, 6).Select(_ => bounded.Below(1000)));
        Assert.Equal([1485075616, 663081258, 1198433617], Enumerable.Range(0, 3).Select(_ => bounded.Below(3 << 29)));
        var unit = new SeededStream(42, "u");
        Assert.Equal([0.6734215032608243, 0.8717784864175548], [unit.Unit(), unit.Unit()]);
    }

    [Fact]
    public void Another_seed_or_another_purpose_is_another_stream()
    {
        ulong[] first = [new SeededStream(0, "a").Next(), new SeededStream(1, "a").Next(), new SeededStream(0, "b").Next()];
        Assert.Equal(3, first.Distinct().Count());
    }

    [Fact]
    public void Every_outcome_is_about_equally_likely()
    {
        var stream = new SeededStream(5, "dice");
        var counts = new int[6];
        for (var i = 0; i < 60_000; i++) counts[stream.Below(6)]++;

        // Chi-square with 5 degrees of freedom: 20.5 is the 99.9 % point; the stream is fixed, so this never flickers.
        Assert.InRange(counts.Sum(c => Math.Pow(c - 10_000, 2) / 10_000), 0, 20.5);
    }

    [Fact]
    public void Below_refuses_an_empty_range() =>
        Assert.Throws<ArgumentOutOfRangeException>(() => new SeededStream(0, "x").Below(0));
}
