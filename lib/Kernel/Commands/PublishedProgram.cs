using System.Diagnostics;
using System.Runtime.InteropServices;
using FaLW.Kernel.Sessions;

namespace FaLW.Kernel.Commands;

/// <summary>
/// The kernel as a program compiled ahead of time, which halves its start. In a checkout it is published there; elsewhere
/// what runs now was published already.
/// </summary>
internal static class PublishedProgram
{
    private const string Project = "lib/Kernel/FaLW.Kernel.csproj";
    private const string Output = ".build/kernel";

    /// <summary>Whether this process is that program already, so that nothing is gained by another.</summary>
    public static bool IsRunning => Fastest() == Environment.GetCommandLineArgs()[0];

    /// <summary>The fastest program that is this kernel: the published one, unless what runs now was built after it.</summary>
    public static string Fastest()
    {
        var own = OwnFile.Path;
        var published = Checkout() is { } root ? Path.Combine(root, Output, Path.GetFileName(own)) : own;
        return File.Exists(published) && File.GetLastWriteTimeUtc(published) >= File.GetLastWriteTimeUtc(own) ? published : own;
    }

    /// <summary>The folder of the program, published if need be.</summary>
    public static string Folder()
    {
        if (Checkout() is not { } root) return AppContext.BaseDirectory;
        ConsoleBridge.Log.WriteLine("The kernel is compiled ahead of time; the first time this takes about a minute ...");
        var folder = Path.Combine(root, Output);
        var (code, log) = Publish(Path.Combine(root, Project), folder);
        if (code == 0) return folder;
        ConsoleBridge.Log.WriteLine(log.TrimEnd());
        throw new NotebookFault("The kernel could not be compiled ahead of time; the lines above say why. With --as-built it is installed as it is, and starts a second slower.");
    }

    private static string? Checkout()
    {
        for (var at = new DirectoryInfo(AppContext.BaseDirectory); at is not null; at = at.Parent)
            if (File.Exists(Path.Combine(at.FullName, Project)))
                return at.FullName;
        return null;
    }

    private static (int Code, string Log) Publish(string project, string folder)
    {
        string[] words = ["publish", project, "-c", "Release", "-r", RuntimeInformation.RuntimeIdentifier, "--no-self-contained", "-p:PublishReadyToRun=true", "-v", "quiet", "-nologo", "-clp:ErrorsOnly", "-o", folder];
        var start = new ProcessStartInfo("dotnet", words) { RedirectStandardOutput = true, UseShellExecute = false };
        using var process = Process.Start(start) ?? throw new NotebookFault("The program 'dotnet' could not be started. Put the .NET 10 SDK on PATH.");
        var log = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        return (process.ExitCode, log);
    }
}
