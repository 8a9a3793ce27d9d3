namespace FaLW.Tests.Cli;

/// <summary>One study on a disk that is full, or closed, at a random moment, again and again until it is through; then another study.</summary>
[Collection(nameof(UncutRun))]
public sealed class DiskCampaign(UncutRun uncut)
{
    private const int Large = 64 << 20;

    private readonly Random chance = Campaign.Chance();
    private readonly List<string> lost = [], litter = [], wrong = [];
    private int full, closed, studies, different;

    [Fact]
    public void A_disk_that_fills_up_or_closes_costs_a_sentence_and_nothing_else()
    {
        for (var count = Campaign.Count(4); full + closed < count; studies++) Study(count);
        Campaign.Say($"{full} full and {closed} closed disks over {studies} studies, {wrong.Count} without a sentence, {lost.Count} finished stages lost, {different} different numbers, {litter.Count} files left");
        Assert.Empty(wrong.Concat(lost).Concat(litter));
        Assert.Equal(0, different);
    }

    private void Study(int count)
    {
        using var home = new TemporaryFolder();
        using var disk = new SmallDisk(home.Path, "size=64m");
        List<string> done = [];
        for (var whole = false; !whole && full + closed < count;) whole = Disturbed(home, disk, done);
        using var last = Smoke.StartOn(disk, home);
        if (last.End().ExitCode != 0) wrong.Add($"afterwards: {last.Lines[^1]}");
        done.AddRange(Smoke.Stages(last.Lines, "done"));
        lost.AddRange(done.GroupBy(stage => stage, StringComparer.Ordinal).Where(stage => stage.Count() > 1).Select(stage => stage.Key));
        different += uncut.Numbers.Except(Smoke.Numbers(Path.Combine(disk.Seen, "state")), StringComparer.Ordinal).Count();
        litter.AddRange(uncut.LeftIn(Path.Combine(disk.Seen, "cache"), Path.Combine(disk.Seen, "state", "falw", "main-smoke")));
    }

    private bool Disturbed(TemporaryFolder home, SmallDisk disk, List<string> done)
    {
        var fills = chance.Next(2) == 0;
        var drive = new DriveInfo(disk.Seen);
        if (fills) disk.Change($"size={drive.TotalSize - drive.TotalFreeSpace + 8192 + chance.Next(1 << 20)}");
        using var falw = Smoke.StartOn(disk, home);
        if (!fills && !falw.EndsWithin(chance.NextDouble() * uncut.Took))
            while (!disk.Change($"ro") && !falw.EndsWithin(0.02)) continue;
        var (code, _) = falw.End();
        disk.Change($"rw,size={Large}");
        done.AddRange(Smoke.Stages(falw.Lines, "done"));
        if (code == 0) return true;
        if (fills) full++;
        else closed++;
        var isSaid = code == 1 && falw.Lines[^1].Contains(fills ? "No space left on device" : "Read-only file system", StringComparison.Ordinal) && falw.Lines[^1].Contains("same command", StringComparison.Ordinal);
        if (!isSaid || falw.Lines.Any(line => line.StartsWith("   at ", StringComparison.Ordinal))) wrong.Add($"{code}: {falw.Lines[^1]}");
        return false;
    }
}
