using System.Security.Cryptography;
using FaLW.Data;

namespace FaLW.Tests.Data;

public class SplitPromisesTests
{
    private static readonly int[] Labels = [0, 1, 0, 1, 0, 1];

    [Fact]
    public void Sound_lists_are_taken_as_they_are()
    {
        var splits = Splits([2, 0], [1], [3], [4, 5]);
        Assert.Equal([2, 0], splits.Forget);
        Assert.Equal([2, 0], splits.ForgetCounts);
        Assert.Equal([0], splits.ClassesWithoutUnseen);
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
    public void A_broken_promise_is_a_sentence(int[] forget, int[] retain, int[] unseen, int[] test, string part) =>
        Assert.Contains(part, Assert.Throws<Fault>(() => Splits(forget, retain, unseen, test)).Message, StringComparison.Ordinal);

    [Fact]
    public void A_label_outside_the_classes_is_a_sentence()
    {
        var fault = Assert.Throws<Fault>(() => new Splits([0], [1, 2], [3], [4, 5], [0, 1, 0, 7, 0, 1], 4, 2));
        Assert.Contains("Row 3 has label 7", fault.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void The_hash_covers_order_and_membership()
    {
        Splits splits = Splits([2, 0], [1], [3], [4, 5]);
        int[] numbers = [2, 2, 0, 1, 1, 1, 3, 2, 4, 5];
        var bytes = numbers.SelectMany(n => new[] { (byte)n, (byte)0, (byte)0, (byte)0 }).ToArray();
        Assert.Equal(Convert.ToHexStringLower(SHA256.HashData(bytes)), splits.Hash);
        Assert.NotEqual(splits.Hash, Splits([0, 2], [1], [3], [4, 5]).Hash);
    }

    private static Splits Splits(int[] forget, int[] retain, int[] unseen, int[] test) => new(forget, retain, unseen, test, Labels, 4, 2);
}
