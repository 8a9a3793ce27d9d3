using System.Diagnostics;
using System.IO.Pipes;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics.X86;

namespace FaLW.Kernel.Commands;

/// <summary>
/// A notebook in a process of its own: console, current folder and native state belong to the process, so two notebooks in
/// one would mix. Settings that numeric libraries read when they are loaded must stand before the process starts.
/// </summary>
internal static class OwnProcess
{
    /// <summary>The option by which the process learns of the pipe whose other end is here.</summary>
    public const string OwnerOption = "--owner";

    // An interrupted cell has a second and then five, and its outputs are written.
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);

    public static async Task<int> Run(IEnumerable<string> arguments, bool steady, CancellationToken cancellation)
    {
        using var owner = new AnonymousPipeServerStream(PipeDirection.Out, HandleInheritability.Inheritable);
        arguments = [.. arguments, OwnerOption, owner.GetClientHandleAsString()];
        // A single file starts itself.
        var start = OwnFile.Exists
            ? new ProcessStartInfo(Host(), [PublishedProgram.Fastest(), .. arguments]) { UseShellExecute = false }
            : new ProcessStartInfo(Environment.ProcessPath!, arguments) { UseShellExecute = false };
        if (steady)
            foreach (var (name, value) in Steadiness())
                start.Environment[name] = value;
        using var process = OtherProgram.Start(start)
            ?? throw new NotebookFault($"The program '{start.FileName}' could not be started. Install the .NET 10 runtime.");
        owner.DisposeLocalCopyOfClientHandle();
        await process.WaitForExitAsync(cancellation).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        await owner.DisposeAsync();
        using var patience = new CancellationTokenSource(Patience);
        await process.WaitForExitAsync(patience.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        if (!process.HasExited) process.Kill(entireProcessTree: true);
        await process.WaitForExitAsync(CancellationToken.None);
        return process.ExitCode;
    }

    public static IEnumerable<(string Name, string Value)> Steadiness() =>
    [
        ("OMP_NUM_THREADS", "1"), ("MKL_NUM_THREADS", "1"), ("MKL_CBWR", "COMPATIBLE"),
        ("CUDA_VISIBLE_DEVICES", "-1"), ("ATEN_CPU_CAPABILITY", Avx2.IsSupported ? "avx2" : "default"), ("ONEDNN_MAX_CPU_ISA", Avx2.IsSupported ? "AVX2" : "SSE41"),
    ];

    public static string Host()
    {
        var own = Environment.ProcessPath ?? "dotnet";
        return Path.GetFileNameWithoutExtension(own) == "dotnet" ? own : "dotnet";
    }
}

/// <summary>
/// The kernel as a program compiled ahead of time, which halves its start. In a checkout it is published there; elsewhere
/// what runs now was published already.
/// </summary>
internal static class PublishedProgram
{
    private const string Project = "lib/Kernel/FaLW.Kernel.csproj";
    private const string Output = ".build/kernel";

    public static bool IsRunning => Fastest() == Environment.GetCommandLineArgs()[0];

    public static string Fastest()
    {
        var own = OwnFile.Path;
        var published = Checkout() is { } root ? Path.Combine(root, Output, Path.GetFileName(own)) : own;
        return File.Exists(published) && File.GetLastWriteTimeUtc(published) >= File.GetLastWriteTimeUtc(own) ? published : own;
    }

    public static string Folder()
    {
        if (Checkout() is not { } root) return AppContext.BaseDirectory;
        ConsoleBridge.Log.WriteLine("The kernel is compiled ahead of time; the first time this takes about a minute ...");
        var folder = Path.Combine(root, Output);
        var (code, output, error) = OtherProgram.Run(Publication(Path.Combine(root, Project), folder))
            ?? throw new NotebookFault("The program 'dotnet' could not be started. Put the .NET 10 SDK on PATH.");
        if (code == 0) return folder;
        ConsoleBridge.Log.WriteLine((output + error).TrimEnd());
        throw new NotebookFault("The kernel could not be compiled ahead of time; the lines above say why. With --as-built it is installed as it is, and starts a second slower.");
    }

    private static string? Checkout()
    {
        var at = new DirectoryInfo(AppContext.BaseDirectory);
        while (at is not null && !File.Exists(Path.Combine(at.FullName, Project))) at = at.Parent;
        return at?.FullName;
    }

    // Ahead-of-time compilation takes a package more, which is none of the lock's business.
    private static ProcessStartInfo Publication(string project, string folder) => new("dotnet",
    [
        "publish", project, "-p:NuGetLockFilePath=" + Path.Combine(Path.GetFullPath(folder), "packages.lock.json"), "-c", "Release", "-r",
        RuntimeInformation.RuntimeIdentifier, "--no-self-contained", "-p:PublishReadyToRun=true", "-v", "quiet", "-nologo", "-clp:ErrorsOnly", "-o", folder,
    ]);
}
