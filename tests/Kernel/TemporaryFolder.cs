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

    public static (int Code, string Output, string Error) Run(string folder, params string[] arguments) =>
        OtherProgram.Run(Line(folder, arguments), TestContext.Current.CancellationToken)!.Value;

    public static Process Start(string folder, params string[] arguments) => Process.Start(Line(folder, arguments))!;

    private static ProcessStartInfo Line(string folder, string[] arguments) =>
        new("dotnet", [Program, .. arguments]) { WorkingDirectory = folder, RedirectStandardOutput = true, RedirectStandardError = true, RedirectStandardInput = true, UseShellExecute = false };
}
