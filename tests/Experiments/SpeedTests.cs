namespace FaLW.Tests.Experiments;

/// <summary>What <c>falw run --plan</c> asks this machine: no clock is held to a number here, only one network to another.</summary>
public sealed class SpeedTests : InFolder
{
    [Fact]
    public void A_network_of_a_hundred_times_the_work_is_slower_and_nothing_is_kept()
    {
        using var lab = Lab.Open(Scale.Smoke, new LabSettings { Cache = home["cache"], Records = null, Device = "cpu", Threads = 1 });
        var spec = Protocol.Cifar100 with { Data = World.Spec };
        var (small, large) = (Of(Network.Linear), Of(Network.ResNet8));
        double Of(Network network) => lab.Speed(spec with { Network = network }, TestContext.Current.CancellationToken);
        Assert.True(small > large && large > 0, $"{small} and {large} images a second");
        Assert.False(Directory.Exists(home["cache"]) && Directory.EnumerateFiles(home["cache"], "*", SearchOption.AllDirectories).Any());
    }

    [Fact]
    public void It_ends_at_once_when_it_is_cancelled()
    {
        using var lab = Lab.Open(Scale.Smoke, new LabSettings { Cache = home["cache"], Records = null, Device = "cpu", Threads = 1 });
        Assert.ThrowsAny<OperationCanceledException>(() => lab.Speed(Protocol.Cifar100, new CancellationToken(canceled: true)));
    }
}
