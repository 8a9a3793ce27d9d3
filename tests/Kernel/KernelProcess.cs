using System.Diagnostics;

namespace FaLW.Kernel.Tests;

/// <summary>The kernel's program, run as a user runs it.</summary>
internal static class KernelProcess
{
    public static string Program { get; } = Path.Combine(AppContext.BaseDirectory, "FaLW.Kernel.dll");

    public static (int Code, string Output, string Error) Run(string folder, params string[] arguments)
    {
        using var process = Start(folder, arguments);
        var error = process.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken);
        var output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        return (process.ExitCode, output, error.Result);
    }

    public static Process Start(string folder, params string[] arguments)
    {
        var start = new ProcessStartInfo("dotnet", [Program, .. arguments]) { WorkingDirectory = folder, RedirectStandardOutput = true, RedirectStandardError = true, RedirectStandardInput = true, UseShellExecute = false };
        return Process.Start(start)!;
    }
}
