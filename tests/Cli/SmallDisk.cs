using System.Diagnostics;

namespace FaLW.Tests.Cli;

/// <summary>
/// A file system over a folder, in a namespace of its own: it can be full, or closed, and is gone with the process that holds it. No root is needed where
/// the system allows namespaces.
/// </summary>
internal sealed class SmallDisk : IDisposable
{
    private readonly Process holder;
    private readonly string folder;

    public SmallDisk(string folder, string options)
    {
        this.folder = folder;
        string[] mount = ["--user", "--map-root-user", "--mount", "sh", "-c", $"mount -t tmpfs -o {options} tmpfs '{folder}' && echo there && exec cat"];
        holder = Process.Start(new ProcessStartInfo("unshare", mount) { RedirectStandardInput = true, RedirectStandardOutput = true, RedirectStandardError = true, UseShellExecute = false })!;
        Assert.SkipUnless(holder.StandardOutput.ReadLine() == "there", "This system lets no process mount a file system of its own.");
    }

    /// <summary>What a command stands behind to see it.</summary>
    public string[] Behind => ["nsenter", "--target", FormattableString.Invariant($"{holder.Id}"), "--user", "--mount", "--preserve-credentials"];

    /// <summary>The folder as it is seen from here.</summary>
    public string Seen => FormattableString.Invariant($"/proc/{holder.Id}/root{folder}");

    /// <summary>Mounts it anew under other options; whether that went, since a disk that is being written to is not closed.</summary>
    public bool Change(FormattableString options)
    {
        using var mount = Process.Start(new ProcessStartInfo("nsenter", [.. Behind[1..], "mount", "-o", $"remount,{FormattableString.Invariant(options)}", folder]) { RedirectStandardError = true, UseShellExecute = false })!;
        mount.WaitForExit();
        return mount.ExitCode == 0;
    }

    public void Dispose()
    {
        holder.Kill();
        holder.Dispose();
    }
}
