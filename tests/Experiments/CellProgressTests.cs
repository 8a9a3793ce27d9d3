namespace FaLW.Tests.Experiments;

/// <summary>What a lab tells in a notebook: a line in one place where a person watches, nothing that moves where nobody does.</summary>
public sealed class CellProgressTests : IDisposable
{
    private static readonly Provenance Origin = new("kit", "2.10.0", "cpu", "a processor", 1, "a system", ".NET", "2026-01-01T00:00:00Z");

    private readonly List<string> shown = [], changed = [];
    private readonly CellProgress progress;
    private TimeSpan now;

    public CellProgressTests() => progress = new CellProgress(() => now);

    public void Dispose()
    {
        foreach (var key in new[] { NotebookHost.DisplayKey, NotebookHost.LiveKey, NotebookHost.CancellationKey }) AppContext.SetData(key, null);
    }

    [Fact]
    public void Work_over_two_seconds_is_shown_in_one_place_and_ends_with_what_was_made_and_what_was_there()
    {
        Watch(isLive: true);
        progress.Begin();
        Report(LabEvent.Started, 0, seconds: 0);
        Report(LabEvent.Advanced, 0.2, seconds: 1.9);
        Assert.Empty(shown);
        Report(LabEvent.Advanced, 0.25, seconds: 2.1);
        Report(LabEvent.Advanced, 0.26, seconds: 2.2);
        Report(LabEvent.Advanced, 0.5, seconds: 4);
        Assert.StartsWith("Original, seed 0: 25 %, stage 1 of 3, ", Assert.Single(shown), StringComparison.Ordinal);
        Assert.StartsWith("Original, seed 0: 50 %", Assert.Single(changed), StringComparison.Ordinal);
        Report(LabEvent.Finished, 1, seconds: 8, Origin);
        Report(LabEvent.Reused, 1, seconds: 8, Origin);
        progress.End(isWhole: true);
        Assert.Single(shown);
        Assert.Equal(
            $"Computed here: 1 stage in 8 s. From the cache: 1 stage, computed 2026-01-01 on {Origin.Ground}; Fresh = true in the settings of the lab computes anew.", changed[^1]);
    }

    [Fact]
    public void Quick_work_is_one_line_and_work_that_was_stopped_says_how_to_go_on()
    {
        Watch(isLive: true);
        progress.Begin();
        Report(LabEvent.Reused, 1, seconds: 0.1, Origin);
        progress.End(isWhole: true);
        Assert.StartsWith("From the cache: 1 stage", Assert.Single(shown), StringComparison.Ordinal);
        progress.Begin();
        Report(LabEvent.Started, 0, seconds: 5);
        progress.End(isWhole: false);
        Assert.Equal("Stopped: 0 of 3 stages are done and kept; the same call goes on from there.", changed[^1]);
    }

    [Fact]
    public void Where_nobody_watches_only_what_is_always_the_same_is_shown()
    {
        Watch(isLive: false);
        progress.Begin();
        Report(LabEvent.Started, 0, seconds: 0);
        Report(LabEvent.Advanced, 0.5, seconds: 60);
        progress.Report(new LabProgress(LabEvent.Notice, "waiting"));
        progress.Report(new LabProgress(LabEvent.Notice, "from records") { IsSteady = true });
        Report(LabEvent.Finished, 1, seconds: 90, Origin);
        progress.End(isWhole: true);
        Assert.Equal(["from records"], shown);
    }

    [Fact]
    public void Outside_of_notebooks_nothing_is_shown_and_no_token_is_set()
    {
        progress.Begin();
        Report(LabEvent.Advanced, 0.5, seconds: 60);
        progress.End(isWhole: true);
        Assert.Empty(shown);
        Assert.False(NotebookHost.Cancellation.CanBeCanceled);
    }

    [Fact]
    public void A_lab_stops_with_the_cell_it_runs_in_without_being_told()
    {
        using var home = new TemporaryFolder();
        using var stop = new CancellationTokenSource();
        AppContext.SetData(NotebookHost.CancellationKey, stop.Token);
        using var lab = Lab.Open(Scale.Smoke, new LabSettings { Cache = home.Path, Records = null, Device = "cpu" });
        stop.Cancel();
        Assert.ThrowsAny<OperationCanceledException>(() => lab.Run(Protocol.Cifar100));
        // The point is that nobody passes a token.
#pragma warning disable xUnit1051
        Assert.ThrowsAny<OperationCanceledException>(() => lab.Run([Protocol.Cifar100]));
        Assert.ThrowsAny<OperationCanceledException>(() => lab.Run(Study.Main));
#pragma warning restore xUnit1051
    }

    private void Watch(bool isLive)
    {
        Action<IReadOnlyDictionary<string, object>> Into(List<string> list) => bundle => list.Add((string)bundle["text/plain"]);
        AppContext.SetData(NotebookHost.DisplayKey, Into(shown));
        if (!isLive) return;
        AppContext.SetData(NotebookHost.LiveKey, (Func<IReadOnlyDictionary<string, object>, Action<IReadOnlyDictionary<string, object>>>)(bundle =>
        {
            Into(shown)(bundle);
            return Into(changed);
        }));
    }

    private void Report(LabEvent what, double fraction, double seconds, Provenance? origin = null)
    {
        now = TimeSpan.FromSeconds(seconds);
        progress.Report(new LabProgress(what, "Original, seed 0") { Stage = 1, Stages = 3, Fraction = fraction, Origin = origin });
    }
}
