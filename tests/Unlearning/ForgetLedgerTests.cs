using FaLW.Metrics;
using FaLW.Tests.Models;
using FaLW.Unlearning;
using FaLW.Weighting;
using static TorchSharp.torch;

namespace FaLW.Tests.Unlearning;

/// <summary>What a weighting is told of the forget set as a whole.</summary>
[Collection(nameof(World))]
public sealed class ForgetLedgerTests(World world)
{
    private static readonly int[] Places = [3, 0, 17];

    [Theory]
    [InlineData(SetLoss.Original)]
    [InlineData(SetLoss.Latest)]
    public void The_losses_of_the_set_are_the_originals_until_a_sample_is_trained_on(SetLoss asked)
    {
        var expected = Predictions.Of(world.Original, world.Images, world.Splits.Forget).Loss.ToArray();
        var (seen, own) = State(asked, state => (Bits.Numbers(state.SetLoss), Bits.Numbers(state.Loss)));
        if (asked == SetLoss.Latest)
            foreach (var (place, loss) in Places.Zip(own)) expected[place] = loss;
        Assert.All(expected.Zip(seen), pair => Assert.Equal(pair.First, pair.Second, 1e-4f));
        // Logits that are all equal: the loss is log 10, far from what Original makes of what it was trained on.
        Assert.All(own, loss => Assert.Equal((float)Math.Log(10), loss, 1e-6f));
    }

    [Fact]
    public void Losses_nobody_asked_for_are_not_numbers() =>
        Assert.All(State(SetLoss.None, state => Bits.Numbers(state.SetLoss)), loss => Assert.True(float.IsNaN(loss)));

    [Fact]
    public void Counts_and_rarity_are_those_of_the_splits()
    {
        var (counts, rarity) = State(SetLoss.None, state => (Bits.Numbers(state.Counts), Bits.Numbers(state.Rarity)));
        Assert.Equal(world.Splits.ForgetCounts.Select(count => (float)count), counts);
        Assert.Equal(Places.Select(Label).Select(k => (float)(world.Splits.Forget.Count / 10.0 / world.Splits.ForgetCounts[k])), rarity);
    }

    [Fact]
    public void Rows_are_found_in_the_forget_set_and_others_are_not()
    {
        using var scope = NewDisposeScope();
        using var ledger = new ForgetLedger(world.Task());
        long[] rows = [world.Splits.Forget[5], world.Splits.Retain[0], world.Splits.Forget[0]];
        Assert.Equal([5L, -1, 0], ledger.Places(tensor(rows, dtype: int64)).data<long>().ToArray());
    }

    private T State<T>(SetLoss asked, Func<ForgetState, T> read)
    {
        using var scope = NewDisposeScope();
        using var ledger = new ForgetLedger(world.Task(new Watching(state => state.Loss, Set: asked)));
        long[] rows = [.. Places.Select(place => (long)world.Splits.Forget[place])], labels = [.. Places.Select(place => (long)Label(place))];
        return read(ledger.State(zeros(3, 10), tensor(labels, dtype: int64), tensor(rows, dtype: int64), profile: null));
    }

    private int Label(int place) => world.Images.HostLabels[world.Splits.Forget[place]];
}
