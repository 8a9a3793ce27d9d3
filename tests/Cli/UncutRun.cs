using System.Diagnostics;

namespace FaLW.Tests.Cli;

/// <summary>The main study at smoke scale, run once for all tests that compare with it.</summary>
[CollectionDefinition(nameof(UncutRun))]
public sealed class UncutRunCollection : ICollectionFixture<UncutRun>;

/// <summary>The main study at smoke scale, once, undisturbed: what everything else is compared with.</summary>
public sealed class UncutRun : IDisposable
{
    public UncutRun()
    {
        var started = Stopwatch.GetTimestamp();
        var lines = Smoke.Finish(Home);
        Took = Stopwatch.GetElapsedTime(started).TotalSeconds;
        Stages = [.. Smoke.Stages(lines, "done")];
        Numbers = Smoke.Numbers(Home["state"]);
    }

    public TemporaryFolder Home { get; } = new();

    /// <summary>All stages in their order.</summary>
    public IReadOnlyList<string> Stages { get; }

    /// <summary>How long it took, in seconds.</summary>
    public double Took { get; }

    /// <summary>The results without time and place.</summary>
    public IReadOnlyList<string> Numbers { get; }

    /// <summary>What lies in another cache and output folder and not in the ones of this run.</summary>
    public IEnumerable<string> LeftIn(string cache, string place) =>
        Names(cache).Except(Names(Home["cache"]), StringComparer.Ordinal).Concat(Names(place).Except(Names(Path.Combine(Home["state"], "falw", "main-smoke")), StringComparer.Ordinal));

    private static IEnumerable<string> Names(string folder) =>
        Directory.EnumerateFileSystemEntries(folder, "*", SearchOption.AllDirectories).Select(file => Path.GetRelativePath(folder, file));

    public void Dispose() => Home.Dispose();
}
