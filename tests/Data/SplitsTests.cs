using System.Security.Cryptography;

namespace FaLW.Tests.Data;

public class SplitsTests
{
    private const int Classes = 5, PerClass = 40, TestPerClass = 10;

    // Labels go round (0 1 2 3 4 0 1 ...), as mixed as an official file.
    private static readonly int[] Labels = [.. Enumerable.Range(0, Classes * (PerClass + TestPerClass)).Select(i => i % Classes)];

    [Fact]
    public void Equal_specs_give_equal_splits_that_keep_every_promise()
    {
        var cases = from share in Gen.Int[5, 60]
                    from gamma in Gen.Int[0, 20]
                    from unseen in Gen.Int[0, 40]
                    from seed in Gen.Int[-3, 1000]
                    from order in Gen.OneOf(ClassOrder.Identity, ClassOrder.Seeded)
                    select Spec(share / 100.0, gamma / 10.0, unseen / 100.0, seed, order);
        cases.Sample(spec =>
        {
            var splits = Draw(spec);
            int[] all = [.. splits.Forget, .. splits.Retain, .. splits.Unseen, .. splits.Test];
            return splits.Hash == Draw(spec).Hash
                && all.Order().SequenceEqual(Enumerable.Range(0, Labels.Length))
                && splits.Forget.Count == (int)Math.Round(spec.Forget.Share * (splits.Forget.Count + splits.Retain.Count), MidpointRounding.AwayFromZero)
                && splits.ForgetCounts.All(n => n >= 1)
                && IsTwin(Draw(Balanced(spec)), splits);
        }, iter: 100);
    }

    [Fact]
    public void A_known_spec_gives_the_splits_of_an_independent_implementation()
    {
        // Computed in Python: xoshiro256**, Fisher and Yates, 50-digit water-filling and hashlib.
        var splits = Draw(Spec(0.3, 1));
        Assert.Equal([43, 168, 18, 193, 23, 128], splits.Forget.Take(6));
        Assert.Equal([5, 8, 12, 23, 6], splits.ForgetCounts);
        Assert.Equal("a1602314843812d89c34f089d45c6235b0f2a33198666f24c894193d8dacdb2e", splits.Hash);
    }

    [Fact]
    public void The_unseen_part_is_cut_per_class_before_the_forget_rule_acts()
    {
        var splits = Draw(Spec(0.3, 1));
        Splits[] others = [Draw(Spec(0.1, 2)), Draw(Spec(0.3, 1, order: ClassOrder.Identity)), Draw(Balanced(Spec(0.3, 1)))];
        Assert.All(others, other => Assert.Equal(splits.Unseen, other.Unseen));
        Assert.Equal([4, 4, 4, 4, 4], splits.Unseen.CountBy(row => Labels[row]).OrderBy(k => k.Key).Select(k => k.Value));
        Assert.NotEqual(splits.Unseen, Draw(Spec(0.3, 1, seed: 1)).Unseen);
    }

    [Fact]
    public void Forget_rows_stand_head_class_first_with_the_counts_of_the_law_and_the_cap_keeps_every_class_alive()
    {
        var splits = Draw(Spec(0.3, 1, order: ClassOrder.Identity));
        Assert.Equal(LongTail.Counts(54, 1, [36, 36, 36, 36, 36]), splits.ForgetCounts);
        Assert.Equal([0, 1, 2, 3, 4], splits.Forget.Select(row => Labels[row]).Distinct());
        Assert.Equal(splits.ForgetCounts, splits.Forget.CountBy(row => Labels[row]).Select(k => k.Value));
        Assert.Equal((int)Math.Floor(0.8 * 36), Draw(Spec(0.5, 2) with { Forget = new ForgetRule(0.5, 2, Cap: 0.8) }).ForgetCounts.Max());
    }

    [Fact]
    public void Two_rules_with_one_seed_draw_the_same_rows_of_a_class_first()
    {
        Splits few = Draw(Spec(0.2, 0)), many = Draw(Spec(0.5, 0));
        Assert.All(Enumerable.Range(0, Classes), k => Assert.Equal(Own(few, k), Own(many, k).Take(Own(few, k).Count())));
    }

    [Fact]
    public void A_class_without_unseen_samples_is_allowed_and_reported()
    {
        // Class 0 keeps 4 training images, and 10 % of 4 rounds to none.
        int[] labels = [0, 0, 0, 0, .. Enumerable.Repeat(1, 20), .. Enumerable.Repeat(2, 20), 0, 1, 2];
        Assert.Equal([0], Splits.Of(Spec(0.2, 1), labels, 44, 3).ClassesWithoutUnseen);
        Assert.Empty(Draw(Spec(0.2, 1)).ClassesWithoutUnseen);
        Assert.Equal(3, Splits.Of(Spec(0.2, 1, unseen: 0), labels, 44, 3).ClassesWithoutUnseen.Count);
    }

    [Theory]
    [InlineData(0.0, 1.0, "with 0 nothing is forgotten")]
    [InlineData(1.0, 1.0, "nothing is left to retrain on")]
    [InlineData(double.NaN, 1.0, "between 0 and 1")]
    [InlineData(0.9, 0.5, "the cap allows only 90 over 5 classes")]
    [InlineData(0.01, 1.0, "each of the 5 classes gives at least one")]
    public void A_share_that_cannot_be_drawn_is_a_sentence(double share, double cap, string part) => Assert.Contains(
        part, Assert.Throws<Fault>(() => Draw(Spec(0.5, 1) with { Forget = new ForgetRule(share, 1, Cap: cap) })).Message, StringComparison.Ordinal);

    [Fact]
    public void All_faults_of_a_spec_are_listed_together()
    {
        var spec = new DataSpec(Benchmark.Digits, new ForgetRule(2, -1, Cap: 0), UnseenShare: 1) { FirstClasses = 11, TrainPerClass = -1, Difficulty = 2 };
        var message = Assert.Throws<Fault>(spec.Checked).Message;
        string[] parts = ["share to forget", "Gamma", "cap", "The unseen share must be at least 0 and below 1, but is 1.", "FirstClasses", "TrainPerClass", "Difficulty"];
        Assert.All(parts, part => Assert.Contains(part, message, StringComparison.Ordinal));
    }

    [Fact]
    public void Named_images_are_forgotten_whatever_their_order_and_are_never_unseen()
    {
        var plain = Draw(Spec(0.3, 1));
        int[] unseen = [.. plain.Unseen.Take(3)], others = [.. plain.Retain.Take(2)];
        Assert.Equal(plain.Unseen, Draw(Named(ForgetRule.OfImages(others))).Unseen);
        var splits = Draw(Named(ForgetRule.OfImages([.. others, .. unseen])));
        Assert.Equal([.. others.Concat(unseen).Order()], splits.Forget);
        Assert.Equal(splits.Hash, Draw(Named(ForgetRule.OfImages([.. unseen, .. others]))).Hash);
        // As many of each class, and of the draw all but those that were named.
        Assert.Equal(plain.Unseen.Select(row => Labels[row]).Order(), splits.Unseen.Select(row => Labels[row]).Order());
        Assert.Equal(plain.Unseen.Except(unseen), splits.Unseen.Intersect(plain.Unseen));
    }

    [Fact]
    public void Named_classes_go_whole_but_for_their_unseen_images()
    {
        var (plain, one, rest) = (Draw(Spec(0.3, 1)), Draw(Named(ForgetRule.OfClasses(2))), Draw(Named(ForgetRule.AllBut(2, of: Classes))));
        Assert.Equal(plain.Unseen, one.Unseen);
        Assert.Equal([0, 0, 36, 0, 0], one.ForgetCounts);
        Assert.Equal(one.Forget, rest.Retain);
        // Where every image of a class is named, none is left to be unseen.
        var all = Draw(Named(ForgetRule.OfImages(Enumerable.Range(0, Classes * PerClass).Where(row => Labels[row] == 2))));
        Assert.Equal(40, all.ForgetCounts[2]);
        Assert.Equal([2], all.ClassesWithoutUnseen);
    }

    public static TheoryData<ForgetRule, string> Misnamed => new()
    {
        { ForgetRule.OfImages(), "The request names nothing" },
        { ForgetRule.OfImages(4, 7, 4), "4 is named 2 times" },
        { ForgetRule.OfImages(-1), "counted from 0, but -1" },
        { ForgetRule.OfClasses(10), "Class 10 is to be forgotten, but the classes in use are 0 to 9" },
        { ForgetRule.OfImages(1) with { Classes = [1] }, "images or classes, not both" },
        { ForgetRule.OfImages(1) with { Share = 0.2 }, "share and gamma must be 0, but are 0.2 and 0" },
        { ForgetRule.OfImages(200), "Row 200 cannot be in the forget set, whose rows go from 0 to 199" },
        { ForgetRule.OfClasses(0, 1, 2, 3, 4), "The retain set is empty" },
    };

    [Theory]
    [MemberData(nameof(Misnamed))]
    public void A_request_that_names_what_cannot_go_is_a_sentence(ForgetRule rule, string part) =>
        Assert.Contains(part, Assert.Throws<Fault>(() => Draw(Named(rule))).Message, StringComparison.Ordinal);

    private static DataSpec Named(ForgetRule rule) => Spec(0.3, 1) with { Forget = rule };

    private static DataSpec Balanced(DataSpec spec) => spec with { Forget = spec.Forget with { Gamma = 0 } };

    // As many to forget, no class by more than one more than another, and of every class the beginning of one draw.
    private static bool IsTwin(Splits twin, Splits of) => twin.Forget.Count == of.Forget.Count && twin.ForgetCounts.Max() - twin.ForgetCounts.Min() <= 1
        && Enumerable.Range(0, Classes).All(k => Own(twin, k).Zip(Own(of, k)).All(pair => pair.First == pair.Second));

    private static IEnumerable<int> Own(Splits splits, int label) => splits.Forget.Where(row => Labels[row] == label);

    private static DataSpec Spec(double share, double gamma, double unseen = 0.1, int seed = 0, ClassOrder order = ClassOrder.Seeded) =>
        new(Benchmark.Synthetic, new ForgetRule(share, gamma, order), unseen, seed);

    private static Splits Draw(DataSpec spec) => Splits.Of(spec, Labels, Classes * PerClass, Classes);
}

public class SplitPromisesTests
{
    [Fact]
    public void Sound_lists_are_taken_as_they_are_and_the_hash_covers_order_and_membership()
    {
        var splits = Splits([2, 0], [1], [3], [4, 5]);
        Assert.Equal([2, 0], splits.Forget);
        Assert.Equal([2, 0], splits.ForgetCounts);
        Assert.Equal([0], splits.ClassesWithoutUnseen);
        int[] numbers = [2, 2, 0, 1, 1, 1, 3, 2, 4, 5];
        Assert.Equal(Convert.ToHexStringLower(SHA256.HashData([.. numbers.SelectMany(n => new byte[] { (byte)n, 0, 0, 0 })])), splits.Hash);
        Assert.NotEqual(splits.Hash, Splits([0, 2], [1], [3], [4, 5]).Hash);
    }

    [Theory]
    [InlineData(new[] { 0, 1 }, new[] { 1, 2 }, new[] { 3 }, new[] { 4, 5 }, "Row 1 is in the forget set and in the retain set")]
    [InlineData(new[] { 0, 0 }, new[] { 1, 2 }, new[] { 3 }, new[] { 4, 5 }, "Row 0 is twice in the forget set")]
    [InlineData(new[] { 0 }, new[] { 1 }, new[] { 3 }, new[] { 4, 5 }, "Row 2 is in none of")]
    [InlineData(new[] { 0 }, new[] { 1, 2 }, new[] { 3, 4 }, new[] { 5 }, "Row 4 cannot be in the unseen set, whose rows go from 0 to 3")]
    [InlineData(new[] { 0 }, new[] { 1, 2 }, new int[0], new[] { 3, 4, 5 }, "Row 3 cannot be in the test set")]
    [InlineData(new[] { -1 }, new[] { 1, 2 }, new[] { 3 }, new[] { 4, 5 }, "Row -1 cannot be in the forget set")]
    [InlineData(new int[0], new[] { 0, 1, 2 }, new[] { 3 }, new[] { 4, 5 }, "The forget set is empty")]
    [InlineData(new[] { 0, 1, 2, 3 }, new int[0], new int[0], new[] { 4, 5 }, "The retain set is empty")]
    [InlineData(new[] { 0 }, new[] { 1, 2 }, new[] { 3 }, new[] { 4, 5 }, "Row 3 has label 7", 7)]
    public void A_broken_promise_is_a_sentence(int[] forget, int[] retain, int[] unseen, int[] test, string part, int label = 1) =>
        Assert.Contains(part, Assert.Throws<Fault>(() => Splits(forget, retain, unseen, test, label)).Message, StringComparison.Ordinal);

    private static Splits Splits(int[] forget, int[] retain, int[] unseen, int[] test, int label = 1) => new(forget, retain, unseen, test, [0, 1, 0, label, 0, 1], 4, 2);
}
