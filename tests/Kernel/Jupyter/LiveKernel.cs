using System.Diagnostics;

namespace FaLW.Kernel.Tests.Jupyter;

/// <summary>A kernel in a process of its own, started as a front end starts it.</summary>
public sealed class LiveKernel : IDisposable
{
    private readonly TemporaryFolder folder = new();

    public LiveKernel() : this([]) { }

    internal LiveKernel(JsonObject more, bool named = false)
    {
        Connection = Describe(folder.Path, more);
        var file = folder.Write("connection.json", Connection.ToJsonString());
        var start = new ProcessStartInfo("dotnet", [KernelProcess.Program, "kernel", "start", file]) { WorkingDirectory = folder.Path, RedirectStandardError = true, RedirectStandardOutput = true, UseShellExecute = false };
        if (named) start.Environment["JPY_PARENT_PID"] = Environment.ProcessId.ToString();
        Process = Process.Start(start)!;
        Process.ErrorDataReceived += (_, line) => Log.Enqueue(line.Data ?? "");
        Process.OutputDataReceived += (_, line) => Log.Enqueue(line.Data ?? "");
        Process.BeginErrorReadLine();
        Process.BeginOutputReadLine();
    }

    internal JsonObject Connection { get; }

    internal Process Process { get; }

    internal System.Collections.Concurrent.ConcurrentQueue<string> Log { get; } = new();

    internal Client Connect(string? key = null) => Client.WhenListening(() => new Client(Connection, key), () => Process.WaitForExit(20));

    public void Dispose()
    {
        if (!Process.HasExited) Process.Kill();
        Process.WaitForExit();
        Process.Dispose();
        folder.Dispose();
    }

    private static JsonObject Describe(string folder, JsonObject more)
    {
        var connection = Client.Describe();
        foreach (var (name, value) in more) connection[name] = value?.ToString().Replace("{folder}", folder, StringComparison.Ordinal);
        return connection;
    }
}
