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
