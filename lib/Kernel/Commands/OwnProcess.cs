using System.Diagnostics;
using System.Runtime.Intrinsics.X86;

namespace FaLW.Kernel.Commands;

/// <summary>
/// A notebook in a process of its own: console, current folder and native state belong to the process, so two notebooks in
/// one would mix. Settings that numeric libraries read when they are loaded must stand before the process starts.
/// </summary>
internal static class OwnProcess
{
    public static async Task<int> Run(IEnumerable<string> arguments, bool steady, CancellationToken cancellation)
    {
        // A single file starts itself.
        var start = OwnFile.Exists
            ? new ProcessStartInfo(Host(), [PublishedProgram.Fastest(), .. arguments]) { UseShellExecute = false }
            : new ProcessStartInfo(Environment.ProcessPath!, arguments) { UseShellExecute = false };
        if (steady)
            foreach (var (name, value) in Steadiness())
                start.Environment[name] = value;
        using var process = Process.Start(start) ?? throw new NotebookFault("The program 'dotnet' could not be started. Install the .NET 10 runtime.");
        await process.WaitForExitAsync(cancellation).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        if (!process.HasExited) process.Kill(entireProcessTree: true);
        await process.WaitForExitAsync(CancellationToken.None);
        return process.ExitCode;
    }

    /// <summary>One thread, one instruction set and no GPU, so that sums come out the same on every processor of the family.</summary>
    public static IEnumerable<(string Name, string Value)> Steadiness() =>
    [
        ("OMP_NUM_THREADS", "1"), ("MKL_NUM_THREADS", "1"), ("MKL_CBWR", "COMPATIBLE"),
        ("CUDA_VISIBLE_DEVICES", "-1"), ("ATEN_CPU_CAPABILITY", Avx2.IsSupported ? "avx2" : "default"), ("ONEDNN_MAX_CPU_ISA", Avx2.IsSupported ? "AVX2" : "SSE41"),
    ];

    private static string Host()
    {
        var own = Environment.ProcessPath ?? "dotnet";
        return Path.GetFileNameWithoutExtension(own) == "dotnet" ? own : "dotnet";
    }
}
