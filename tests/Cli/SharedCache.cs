namespace FaLW.Tests.Cli;

/// <summary>Several processes and one cache.</summary>
[Collection(nameof(UncutRun))]
public sealed class SharedCache(UncutRun uncut)
{
    [Fact]
    public async Task Two_processes_make_every_stage_once_and_agree()
    {
        using var home = new TemporaryFolder();
        using var one = Smoke.Start(home, "--out", home["one"]);
        using var other = Smoke.Start(home, "--out", home["other"]);
        var ends = await Task.WhenAll(Task.Run(one.End), Task.Run(other.End));
        Assert.All(ends, end => Assert.Equal(0, end.ExitCode));
        var done = Smoke.Stages(one.Lines, "done").Concat(Smoke.Stages(other.Lines, "done"));
        Assert.Equal(uncut.Stages.Order(StringComparer.Ordinal), done.Order(StringComparer.Ordinal));
        Assert.Equal(uncut.Numbers, Smoke.Numbers(home["one"]));
        Assert.Equal(uncut.Numbers, Smoke.Numbers(home["other"]));
    }

    [Fact]
    public void One_command_that_is_helped_makes_every_stage_once_and_finds_the_same()
    {
        using var home = new TemporaryFolder();
        var lines = Smoke.Finish(home, "--processes", "2");
        Assert.EndsWith(", in 2 processes.", lines[0], StringComparison.Ordinal);
        Assert.Equal(uncut.Stages.Order(StringComparer.Ordinal), Smoke.Stages(lines, "done").Order(StringComparer.Ordinal));
        Assert.Equal(uncut.Numbers, Smoke.Numbers(home["state"]));
    }

    [Fact]
    public void Helpers_end_with_the_process_that_started_them()
    {
        using var home = new TemporaryFolder();
        using var falw = Smoke.Start(home, "--processes", "3", "--seeds", "50");
        falw.ReadTo(": done");
        var helpers = falw.Children();
        falw.Kill();
        Assert.Equal(2, helpers.Count);
        Assert.All(helpers, helper => Assert.True(helper.WaitForExit(TimeSpan.FromSeconds(60))));
    }

    [Fact]
    public void A_second_run_computes_nothing_and_writes_the_same_bytes()
    {
        var first = Bytes(uncut.Home["state"]);
        var lines = Smoke.Finish(uncut.Home);
        Assert.Equal(uncut.Stages, Smoke.Stages(lines, "kept"));
        Assert.Equal(first, Bytes(uncut.Home["state"]));
    }

    [Fact]
    public void A_damaged_model_is_made_again_and_nothing_else()
    {
        using var home = new TemporaryFolder();
        Copy(uncut.Home["cache"], home["cache"]);
        var model = Directory.GetFiles(Path.Combine(home["cache"], "retrain"), "*.safetensors", SearchOption.AllDirectories).Order(StringComparer.Ordinal).First();
        using (var file = new FileStream(model, FileMode.Open)) file.SetLength(file.Length / 2);
        var lines = Smoke.Finish(home);
        Assert.Contains(lines, line => line.Contains("is damaged", StringComparison.Ordinal));
        Assert.StartsWith("Retrain, seed ", Assert.Single(Smoke.Stages(lines, "done")), StringComparison.Ordinal);
        Assert.Equal(uncut.Numbers, Smoke.Numbers(home["state"]));
    }

    private static void Copy(string from, string to)
    {
        foreach (var file in Directory.GetFiles(from, "*", SearchOption.AllDirectories))
        {
            var copy = Path.Combine(to, Path.GetRelativePath(from, file));
            Directory.CreateDirectory(Path.GetDirectoryName(copy)!);
            File.Copy(file, copy);
        }
    }

    private static Dictionary<string, string> Bytes(string folder) => Directory
        .GetFiles(folder, "*.json", SearchOption.AllDirectories)
        .ToDictionary(file => file, file => Convert.ToHexString(File.ReadAllBytes(file)), StringComparer.Ordinal);
}
