using System.Diagnostics;

namespace FaLW.Tests.Cli;

/// <summary>The built command as a process of its own, with a home of its own. Nobody sleeps: a test reads its lines as they come.</summary>
internal sealed class Falw : IDisposable
{
    private readonly Process process;
    private readonly Task<string> output;
    private readonly List<string> lines = [];

    private Falw(Process process) => (this.process, output) = (process, process.StandardOutput.ReadToEndAsync());

    /// <summary>All lines of the error stream read so far.</summary>
    public IReadOnlyList<string> Lines => lines;

    public static Falw Start(TemporaryFolder home, params string[] arguments) => Start(home, [], arguments);

    /// <summary>Starts it behind another command, which must end by running what follows it.</summary>
    public static Falw Start(TemporaryFolder home, string[] behind, string[] arguments)
    {
        string[] all = [.. behind, "dotnet", Path.Combine(AppContext.BaseDirectory, "FaLW.Cli.dll"), .. arguments];
        var start = new ProcessStartInfo(all[0], all[1..]) { RedirectStandardError = true, RedirectStandardOutput = true, UseShellExecute = false };
        start.Environment["FALW_CACHE"] = home["cache"];
        start.Environment["FALW_RESULTS"] = home["records"];
        start.Environment["XDG_STATE_HOME"] = home["state"];
        start.Environment["OMP_WAIT_POLICY"] = "passive";
        start.Environment["OMP_NUM_THREADS"] = "1";
        return new Falw(Process.Start(start)!);
    }

    /// <summary>Runs it to its end; its exit code, what it printed, and the lines of its error stream.</summary>
    public static (int Code, string Output, IReadOnlyList<string> Lines) Run(TemporaryFolder home, string[] behind, params string[] arguments)
    {
        using var falw = Start(home, behind, arguments);
        var (code, output) = falw.End();
        return (code, output, falw.Lines);
    }

    /// <summary>Reads up to the next line that holds a text.</summary>
    public string ReadTo(string text)
    {
        while (process.StandardError.ReadLine() is { } line)
        {
            lines.Add(line);
            if (line.Contains(text, StringComparison.Ordinal)) return line;
        }

        throw new InvalidOperationException($"The process ended without a line that holds \"{text}\":\n{string.Join('\n', lines)}");
    }

    /// <summary>kill -9: nothing of it runs afterwards.</summary>
    public void Kill()
    {
        process.Kill();
        process.WaitForExit();
    }

    /// <summary>Processes that it has started.</summary>
    public IReadOnlyList<Process> Children() =>
    [
        .. Directory.GetDirectories(FormattableString.Invariant($"/proc/{process.Id}/task"))
            .SelectMany(thread => File.ReadAllText(Path.Combine(thread, "children")).Split(' ', StringSplitOptions.RemoveEmptyEntries))
            .Select(id => Process.GetProcessById(int.Parse(id, CultureInfo.InvariantCulture))),
    ];

    /// <summary>Whether it ends by itself within so many seconds.</summary>
    public bool EndsWithin(double seconds) => process.WaitForExit(TimeSpan.FromSeconds(seconds));

    /// <summary>What Ctrl-C sends.</summary>
    public void Interrupt()
    {
        using var kill = Process.Start("sh", ["-c", FormattableString.Invariant($"kill -INT {process.Id}")]);
        kill.WaitForExit();
    }

    /// <summary>Reads to the end and returns the exit code and what was printed.</summary>
    public (int ExitCode, string Output) End()
    {
        while (process.StandardError.ReadLine() is { } line) lines.Add(line);
        var text = output.GetAwaiter().GetResult();
        process.WaitForExit();
        return (process.ExitCode, text);
    }

    public void Dispose()
    {
        if (!process.HasExited) process.Kill(entireProcessTree: true);
        process.Dispose();
    }
}
