using System.ComponentModel;
using System.Diagnostics;

namespace FaLW;

/// <summary>A program beside this one; it may be missing on this machine.</summary>
internal static class OtherProgram
{
    /// <summary>Starts it; null where it is missing.</summary>
    public static Process? Start(ProcessStartInfo start)
    {
        try
        {
            return Process.Start(start);
        }
        catch (Win32Exception)
        {
            return null;
        }
    }

    /// <summary>Runs it to its end, or until it is stopped, and gives what it said; null where it is missing.</summary>
    public static (int Code, string Output, string Error)? Run(ProcessStartInfo start, CancellationToken stop = default)
    {
        (start.RedirectStandardOutput, start.RedirectStandardError, start.UseShellExecute) = (true, true, false);
        using var process = Start(start);
        if (process is null) return null;
        using var ended = stop.Register(() => End(process));
        var error = process.StandardError.ReadToEndAsync(CancellationToken.None);
        var output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        return (process.ExitCode, output, error.GetAwaiter().GetResult());
    }

    private static void End(Process process)
    {
        try
        {
            process.Kill(entireProcessTree: true);
        }
        catch (AggregateException)
        {
            // A child that is somebody else's stays.
        }
    }
}
