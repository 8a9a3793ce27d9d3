namespace FaLW.Tests.Studies;

/// <summary>Those who look on at Algorithm 1: what they paid, and how far their weights are from its.</summary>
[Collection(nameof(World))]
public sealed class RenewalRunTests(World world)
{
    [Fact]
    public void Who_asks_as_often_errs_in_nothing_and_who_asks_once_errs_most()
    {
        var found = RenewalRun.Of(World.RandomLabels, world.Task(),
        [
            new ForgettingAwareWeighting(), new ForgettingAwareWeighting(RefreshEvery: 2), new ForgettingAwareWeighting(RefreshEvery: 1000),
            new ForgettingAwareWeighting { Slice = 64 },
        ]);
        var (unseen, trained) = (world.Splits.Unseen.Count, World.RandomLabels.Epochs * (world.Splits.Forget.Count + world.Splits.Retain.Count));
        var steps = found[0].Evaluated / unseen;
        Assert.All(found, one => Assert.Equal(trained, one.Trained));
        Assert.Equal([steps * unseen, steps * unseen, (steps + 1) / 2 * unseen, unseen, unseen + 64 * (steps - 1)], found.Select(one => one.Evaluated));
        Assert.Equal((0.0, 0.0), (found[1].MeanError, found[1].LargestError));
        Assert.InRange(found[2].MeanError, 1e-4, found[3].MeanError);
        Assert.InRange(found[4].MeanError, 1e-4, found[3].MeanError);
        Assert.All(found, one => Assert.True(one.LargestError >= one.MeanError));
        Assert.Equal(1 + steps * unseen / (3.0 * trained), found[0].Work, 12);
    }

    /// <summary>Those who look on change nothing: the same run without them costs the same and goes the same way.</summary>
    [Fact]
    public void An_onlooker_sees_the_same_whoever_else_is_there()
    {
        ForgettingAwareWeighting rare = new(RefreshEvery: 7);
        Assert.Equal(
            RenewalRun.Of(World.RandomLabels, world.Task(), [rare])[1],
            RenewalRun.Of(World.RandomLabels, world.Task(), [new ForgettingAwareWeighting { Slice = 32 }, rare])[2]);
    }
}
