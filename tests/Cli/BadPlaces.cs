namespace FaLW.Tests.Cli;

/// <summary>Folders that cannot be written and disks that are full: one sentence, exit code 1, no stack.</summary>
public sealed class BadPlaces : IDisposable
{
    private readonly TemporaryFolder home = new();

    public void Dispose() => home.Dispose();

    [Fact]
    public void An_output_folder_that_cannot_be_written_is_told_before_anything_is_computed()
    {
        Directory.CreateDirectory(home["locked"]);
        string[] arguments = ["run", "main", "--scale", "smoke", "--out", home["locked"]];
        using var falw = Falw.Start(home, Mounted(home["locked"], "size=64k,ro"), arguments);
        Assert.Equal(1, falw.End().ExitCode);
        Assert.Contains("Read-only file system", Assert.Single(falw.Lines), StringComparison.Ordinal);
        Assert.Contains("--out", falw.Lines[0], StringComparison.Ordinal);
    }

    [Fact]
    public void A_full_disk_is_a_sentence_and_the_same_command_goes_on_later()
    {
        Directory.CreateDirectory(home["cache"]);
        string[] arguments = ["run", "main", "--scale", "smoke", "--device", "cpu"];
        using var falw = Falw.Start(home, Mounted(home["cache"], "size=48k"), arguments);
        Assert.Equal(1, falw.End().ExitCode);
        Assert.Contains("No space left on device", falw.Lines[^1], StringComparison.Ordinal);
        Assert.Contains("FALW_CACHE", falw.Lines[^1], StringComparison.Ordinal);
        Assert.DoesNotContain("choose another folder", falw.Lines[^1], StringComparison.Ordinal);
    }

    // A mount of the process's own, in a namespace of its own: gone with it, and no root needed where the system allows namespaces.
    private static string[] Mounted(string folder, string options)
    {
        string[] behind = ["unshare", "--user", "--map-root-user", "--mount", "sh", "-c", $"mount -t tmpfs -o {options} tmpfs '{folder}' && exec \"$@\"", "sh"];
        using var trial = System.Diagnostics.Process.Start(
            new System.Diagnostics.ProcessStartInfo(behind[0], [.. behind[1..], "true"]) { RedirectStandardError = true, UseShellExecute = false })!;
        trial.WaitForExit();
        Assert.SkipUnless(trial.ExitCode == 0, "This system lets no process mount a file system of its own.");
        return behind;
    }
}
