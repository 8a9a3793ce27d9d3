using System.Diagnostics;

namespace FaLW.Tests.Cli;

/// <summary>Folders that cannot be written and disks that are full: one sentence, exit code 1, no stack.</summary>
public sealed class BadPlaces : InFolder
{
    [Fact]
    public void An_output_folder_that_cannot_be_written_is_told_before_anything_is_computed()
    {
        using var disk = new SmallDisk(Directory.CreateDirectory(home["locked"]).FullName, "size=64k,ro");
        using var falw = Smoke.StartOn(disk, home, "--out", home["locked"]);
        Assert.Equal(1, falw.End().ExitCode);
        Assert.Contains("Read-only file system", Assert.Single(falw.Lines), StringComparison.Ordinal);
        Assert.Contains("--out", falw.Lines[0], StringComparison.Ordinal);
    }

    [Fact]
    public void A_full_disk_is_a_sentence_and_the_same_command_goes_on_later()
    {
        using var disk = new SmallDisk(Directory.CreateDirectory(home["cache"]).FullName, "size=48k");
        using var falw = Smoke.StartOn(disk, home);
        Assert.Equal(1, falw.End().ExitCode);
        Assert.Contains("No space left on device", falw.Lines[^1], StringComparison.Ordinal);
        Assert.Contains("FALW_CACHE", falw.Lines[^1], StringComparison.Ordinal);
        Assert.DoesNotContain("choose another folder", falw.Lines[^1], StringComparison.Ordinal);
    }

    [Fact]
    public void A_full_output_folder_is_told_at_once_and_nothing_is_left_in_it()
    {
        using var disk = new SmallDisk(Directory.CreateDirectory(home["full"]).FullName, "size=16k");
        using (var fill = File.Create(Path.Combine(disk.Seen, "fill"))) Assert.Throws<IOException>(() => fill.Write(new byte[1 << 20]));
        using var falw = Smoke.StartOn(disk, home, "--out", home["full"]);
        Assert.Equal(1, falw.End().ExitCode);
        Assert.Contains("No space left on device", Assert.Single(falw.Lines), StringComparison.Ordinal);
        Assert.Equal([Path.Combine(disk.Seen, "fill")], Directory.GetFileSystemEntries(disk.Seen));
    }

    [Theory]
    [InlineData(1, "Raise the limit", "ulimit -n 60; source environment/lib.sh")]
    [InlineData(1, "Set TMPDIR", "source environment/lib.sh; TMPDIR=/nowhere need_dotnet")]
    [InlineData(1, "Set DOTNET_CLI_HOME", "source environment/lib.sh; unset HOME DOTNET_CLI_HOME; need_dotnet")]
    [InlineData(1, "https://dot.net", "source environment/lib.sh; PATH=/nowhere need_dotnet")]
    [InlineData(0, "", "exec >&- <&-; source environment/lib.sh; say what nobody hears")]
    public void The_scripts_say_what_a_machine_lacks(int code, string sentence, string typed)
    {
        var start = new ProcessStartInfo("bash", ["-c", $"set -euo pipefail; {typed}"]) { WorkingDirectory = Repository.Root };
        var bash = OtherProgram.Run(start, TestContext.Current.CancellationToken)!.Value;
        Assert.Contains(sentence, bash.Error, StringComparison.Ordinal);
        Assert.Equal(code, bash.Code);
    }
}
