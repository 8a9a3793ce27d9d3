using System.Diagnostics;

namespace FaLW.Kernel.Tests;

/// <summary>In place means in place: links, modes and owners stay, and a write that fails leaves what was there and nothing else.</summary>
public sealed class WholeFileTests : InFolder
{
    [Fact]
    public void A_link_stays_a_link_and_what_it_leads_to_is_replaced()
    {
        Directory.CreateDirectory(At("far"));
        Folder.Write("far/file", "old");
        File.CreateSymbolicLink(At("far/second"), "file");
        File.CreateSymbolicLink(At("first"), Path.Combine("far", "second"));
        File.CreateSymbolicLink(At("leading nowhere yet"), Path.Combine("far", "new"));
        WholeFile.Write(At("first"), "new");
        WholeFile.Write(At("leading nowhere yet"), "new");
        Assert.Equal((Path.Combine("far", "second"), "file", null), (new FileInfo(At("first")).LinkTarget, new FileInfo(At("far/second")).LinkTarget, new FileInfo(At("far/file")).LinkTarget));
        Assert.Equal(("new", "new"), (File.ReadAllText(At("far/file")), File.ReadAllText(At("far/new"))));
        Assert.Equal(["far", "far/file", "far/new", "far/second", "first", "leading nowhere yet"], All());
    }

    [Fact]
    public void What_a_killed_process_left_is_removed_and_what_another_is_writing_is_not()
    {
        Folder.Write("file.1.part", "half");
        Folder.Write("other.1.part", "half");
        using (new FileStream(At("file.2.part"), FileMode.Create, FileAccess.Write, FileShare.Delete)) WholeFile.Write(At("file"), "new");
        Assert.Equal(["file", "file.2.part", "other.1.part"], All());
    }

    [Theory]
    [InlineData("640")]
    [InlineData("600")]
    [InlineData("775")]
    public void Mode_and_owner_stay(string mode)
    {
        Folder.Write("file", "old");
        if (Environment.IsPrivilegedProcess) Run("chown", "1234:2345", At("file"));
        Run("chmod", mode, At("file"));
        var before = Run("stat", "-c", "%a %u %g", At("file"));
        WholeFile.Write(At("file"), "new");
        Assert.Equal((before, "new"), (Run("stat", "-c", "%a %u %g", At("file")), File.ReadAllText(At("file"))));
        Assert.StartsWith(mode, before, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_is_no_file_is_written_to_and_stays_what_it_is()
    {
        Run("mkfifo", At("pipe"));
        var reading = Task.Run(() => File.ReadAllText(At("pipe")), TestContext.Current.CancellationToken);
        WholeFile.Write(At("pipe"), "new");
        Assert.Equal("new", await reading);
        Assert.Equal("fifo\n", Run("stat", "-c", "%F", At("pipe")));
    }

    [Fact]
    public void A_place_that_cannot_be_taken_leaves_no_draft()
    {
        Directory.CreateDirectory(At("folder"));
        Assert.ThrowsAny<Exception>(() => WholeFile.Write(At("folder"), "new"));
        Assert.Throws<DirectoryNotFoundException>(() => WholeFile.Write(At("none/file"), "new"));
        File.CreateSymbolicLink(At("loop"), "loop");
        Assert.ThrowsAny<IOException>(() => WholeFile.Write(At("loop"), "new"));
        Assert.Equal(["folder", "loop"], All());
    }

    [Fact]
    public void What_must_not_be_written_is_not_replaced()
    {
        Assert.SkipWhen(Environment.IsPrivilegedProcess, "This user may write everything.");
        Run("chmod", "400", Folder.Write("file", "old"));
        Assert.Throws<UnauthorizedAccessException>(() => WholeFile.Write(At("file"), "new"));
        Assert.Equal(["file"], All());
        Assert.Equal("old", File.ReadAllText(At("file")));
    }

    [Fact]
    public void A_disk_that_fills_up_costs_no_notebook_and_leaves_no_half_one()
    {
        Directory.CreateDirectory(At("full"));
        Folder.Write("n.ipynb", RunnerTests.Make("1", "Console.WriteLine(new string('x', 200_000));").ToJson());
        Folder.Write("run.sh", $"mount -t tmpfs -o size=64k tmpfs full && cp n.ipynb full/ && dotnet {KernelProcess.Program} notebook run full/n.ipynb --in-place; echo code $?; cmp n.ipynb full/n.ipynb && ls -A full");
        var said = Run("unshare", "--user", "--map-root-user", "--mount", "sh", "-c", $"cd '{Folder.Path}' && exec sh run.sh 2>&1");
        Assert.SkipWhen(said.Length == 0, "This system lets no process mount a file system of its own.");
        Assert.EndsWith("code 1\nn.ipynb\nn.received.ipynb\n", said, StringComparison.Ordinal);
        Assert.Contains("Check the place and its free space, then run the same command again.", said, StringComparison.Ordinal);
    }

    private string At(string name) => Path.Combine(Folder.Path, name);

    private string[] All() => [.. Directory.EnumerateFileSystemEntries(Folder.Path, "*", SearchOption.AllDirectories).Select(path => Path.GetRelativePath(Folder.Path, path)).Order(StringComparer.Ordinal)];

    private static string Run(string program, params string[] arguments) =>
        KernelProcess.End(Process.Start(new ProcessStartInfo(program, arguments) { RedirectStandardOutput = true, RedirectStandardError = true, UseShellExecute = false })!).Output;
}
