namespace FaLW.Tests.Cli;

/// <summary>Two processes on one cache, each killed at a random moment and started again, until the study is through; then another study.</summary>
[Collection(nameof(UncutRun))]
public sealed class KillCampaign(UncutRun uncut)
{
    private readonly Random chance = Campaign.Chance();
    private readonly List<string> lost = [], litter = [], wrong = [];
    private int kills, studies, orphaned, different;

    [Fact]
    public async Task Killed_at_any_moment_two_processes_lose_nothing_and_leave_nothing()
    {
        for (var count = Campaign.Count(4); kills < count; studies++) await Study(count);
        Campaign.Say($"{kills} kills over {studies} studies, {lost.Count} finished stages lost, {different} different numbers, {orphaned} orphaned locks, {litter.Count} files left");
        Assert.Empty(wrong.Concat(lost).Concat(litter));
        Assert.Equal((0, 0), (different, orphaned));
    }

    private async Task Study(int count)
    {
        using var home = new TemporaryFolder();
        List<string> done = [];
        for (var whole = false; !whole && kills < count;)
        {
            using Falw one = Smoke.Start(home, "--out", home["one"]), other = Smoke.Start(home, "--out", home["other"]);
            Falw[] both = [one, other];
            var moments = both.Select(_ => chance.NextDouble() * uncut.Took).ToList();
            var ends = await Task.WhenAll(both.Zip(moments, (falw, moment) => Task.Run(() => KillAfter(moment, falw))));
            kills += ends.Count(end => end.Killed);
            whole = ends.Any(end => end.ExitCode == 0);
            wrong.AddRange(both.Where((_, i) => !ends[i].Killed && ends[i].ExitCode != 0).Select(falw => falw.Lines[^1]));
            done.AddRange(both.SelectMany(falw => Smoke.Stages(falw.Lines, "done")));
        }

        foreach (var place in new[] { home["one"], home["other"] })
        {
            var lines = Smoke.Finish(home, "--out", place);
            done.AddRange(Smoke.Stages(lines, "done"));
            orphaned += lines.Count(line => line.Contains("waiting for it", StringComparison.Ordinal));
            different += uncut.Numbers.Except(Smoke.Numbers(place), StringComparer.Ordinal).Count();
            litter.AddRange(uncut.LeftIn(home["cache"], place));
        }

        lost.AddRange(done.GroupBy(stage => stage, StringComparer.Ordinal).Where(stage => stage.Count() > 1).Select(stage => stage.Key));
    }

    private static (bool Killed, int ExitCode) KillAfter(double seconds, Falw falw)
    {
        var killed = !falw.EndsWithin(seconds);
        if (killed) falw.Kill();
        return (killed, falw.End().ExitCode);
    }
}
