namespace FaLW.Tests.Experiments;

/// <summary>Two makers of one entry: the second waits, then reads. The lock is per open file, so threads stand for processes.</summary>
public sealed class TwoMakersTests : InFolder
{
    private static readonly Stage Stage = Stage.Original(Protocol.Cifar100);
    private static readonly Made Made = new(1, new Provenance("", "", "", "", 1, "", "", ""));

    [Fact]
    public async Task The_second_waits_and_then_reads()
    {
        using var inside = new ManualResetEventSlim();
        using var waiting = new ManualResetEventSlim();
        var first = Task.Run(() => new ExperimentCache(home.Path).Get(Stage, place =>
        {
            inside.Set();
            waiting.Wait(TestContext.Current.CancellationToken);
            File.WriteAllText(Path.Combine(place, "file"), "made by the first");
            return Made;
        }));
        inside.Wait(TestContext.Current.CancellationToken);
        var second = Task.Run(() => new ExperimentCache(home.Path, new Listener<string>(_ => waiting.Set())).Get(
            Stage, _ => throw new InvalidOperationException("the second must not make it")));
        Assert.Equal("made by the first", File.ReadAllText((await second).File("file")));
        Assert.Equal((false, true), ((await first).Reused, (await second).Reused));
    }

    [Fact]
    public async Task Waiting_ends_when_it_is_cancelled()
    {
        using var stop = new CancellationTokenSource();
        using var waiting = new ManualResetEventSlim();
        Directory.CreateDirectory(home["locks"]);
        await using var held = new FileStream(Path.Combine(home["locks"], Stage.Key), FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
        var waiter = Task.Run(() => new ExperimentCache(home.Path, new Listener<string>(_ => waiting.Set())).Get(Stage, _ => Made, stop.Token));
        waiting.Wait(TestContext.Current.CancellationToken);
        await stop.CancelAsync();
        await Assert.ThrowsAsync<OperationCanceledException>(() => waiter);
    }
}
