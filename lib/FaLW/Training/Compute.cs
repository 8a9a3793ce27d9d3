using static TorchSharp.torch;

namespace FaLW.Training;

/// <summary>The machine's share in the speed: how many threads one tensor operation may use.</summary>
public static class Compute
{
    /// <summary>
    /// Sets the number of threads of every following tensor operation of this process. libtorch alone may
    /// start with one thread; more threads than cores slow it down, since they wait for each other.
    /// </summary>
    /// <param name="threads">At least 1.</param>
    /// <returns>The number set.</returns>
    public static int UseThreads(int threads)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(threads, 1);
        set_num_threads(threads);
        return threads;
    }

    /// <summary>
    /// Physical cores this process may use: those of /proc/cpuinfo where Linux names them, never more than
    /// the processors the scheduler or a container leaves to the process.
    /// </summary>
    public static int PhysicalCores()
    {
        var allowed = Environment.ProcessorCount;
        var listed = File.Exists("/proc/cpuinfo") ? Cores(File.ReadLines("/proc/cpuinfo")) : 0;
        return listed == 0 ? allowed : Math.Min(listed, allowed);
    }

    /// <summary>Physical cores named in a listing of the form of /proc/cpuinfo; 0 where it names none.</summary>
    internal static int Cores(IEnumerable<string> cpuinfo)
    {
        var package = "0";
        var cores = new HashSet<(string Package, string Core)>();
        foreach (var parts in cpuinfo.Select(line => line.Split(':', 2, StringSplitOptions.TrimEntries)).Where(parts => parts.Length == 2))
        {
            if (parts[0] == "physical id") package = parts[1];
            if (parts[0] == "core id") cores.Add((package, parts[1]));
        }
        return cores.Count;
    }
}
