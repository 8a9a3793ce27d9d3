using System.Globalization;
using System.Runtime.InteropServices;

namespace FaLW.Experiments;

/// <summary>
/// The most memory the process holds at once during some work: its resident set as Linux counts it, runtime and images included. What a GPU
/// holds is not in it.
/// </summary>
internal static partial class PeakMemory
{
    private const string Counter = "/proc/self/clear_refs", Counted = "/proc/self/status", HighWater = "VmHWM:";

    /// <summary>Does the work and tells its peak.</summary>
    /// <param name="work">What is watched.</param>
    /// <returns>Mebibytes; null where the system does not count them.</returns>
    public static double? During(Action work)
    {
        var counts = Restart();
        work();
        return counts ? Mebibytes() : null;
    }

    // What earlier work left behind is given back first, or every stage would be charged with the largest before it.
    private static bool Restart()
    {
        try
        {
            GC.Collect();
            _ = GiveBack(0);
            File.WriteAllText(Counter, "5");
            return true;
        }
        catch (Exception fault) when (fault is EntryPointNotFoundException or DllNotFoundException or IOException or UnauthorizedAccessException)
        {
            return false;
        }
    }

    private static double Mebibytes()
    {
        var line = File.ReadLines(Counted).First(l => l.StartsWith(HighWater, StringComparison.Ordinal));
        return double.Parse(line[HighWater.Length..].Replace("kB", "", StringComparison.Ordinal), CultureInfo.InvariantCulture) / 1024;
    }

    [LibraryImport("libc", EntryPoint = "malloc_trim")]
    private static partial int GiveBack(nuint keep);
}
