using System.Diagnostics;

namespace FaLW.Kernel.Tests;

/// <summary>A folder that is gone after the test.</summary>
internal sealed class TemporaryFolder : IDisposable
{
    public string Path { get; } = Directory.CreateTempSubdirectory("falw-kernel-").FullName;

    public string Write(string name, string text)
    {
        var path = System.IO.Path.Combine(Path, name);
        Directory.CreateDirectory(System.IO.Path.GetDirectoryName(path)!);
        File.WriteAllText(path, text);
        return path;
    }

    public void Dispose() => Directory.Delete(Path, recursive: true);
}

/// <summary>Tests with a folder of their own each.</summary>
public abstract class InFolder : IDisposable
{
    private protected TemporaryFolder Folder { get; } = new();

    public void Dispose()
    {
        Folder.Dispose();
        GC.SuppressFinalize(this);
    }
}

/// <summary>The kernel's program, run as a user runs it.</summary>
internal static class KernelProcess
{
    public static string Program { get; } = Path.Combine(AppContext.BaseDirectory, "FaLW.Kernel.dll");

    public static (int Code, string Output, string Error) Run(string folder, params string[] arguments) => End(Start(folder, arguments));

    /// <summary>Waits for the end of a process whose streams come here, and disposes it.</summary>
    public static (int Code, string Output, string Error) End(Process started)
    {
        using var process = started;
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
