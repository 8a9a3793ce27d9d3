using System.Runtime.InteropServices;

namespace FaLW.Models;

/// <summary>
/// The memory of a process on a CPU. glibc gives the maps of a network back to the system as soon as they are freed, and
/// takes them anew, page by page and zeroed, for the next layer: half of the time of a training step. Here the process keeps
/// up to 2 GiB of freed memory for the next layer instead. No number of a computation depends on it.
/// </summary>
internal static class HostMemory
{
    // Names and values of malloc.h; 32 MiB is the largest block that glibc lets come from kept memory.
    private const int TrimThreshold = -1, MapThreshold = -3, Arenas = -8, LargestBlock = 32 << 20;

    private static readonly string[] Own = ["MALLOC_TRIM_THRESHOLD_", "MALLOC_MMAP_THRESHOLD_", "GLIBC_TUNABLES"];

    /// <summary>
    /// Asks for it once, for the whole process. Who has set MALLOC_TRIM_THRESHOLD_, MALLOC_MMAP_THRESHOLD_ or GLIBC_TUNABLES means it, and
    /// another C library has no such habit: both are left alone.
    /// </summary>
    /// <returns>Whether the process keeps its memory now.</returns>
    public static unsafe bool Keep()
    {
        if (Own.Any(name => Environment.GetEnvironmentVariable(name) is not null)) return false;
        if (!NativeLibrary.TryLoad("libc.so.6", out var library) || !NativeLibrary.TryGetExport(library, "mallopt", out var symbol)) return false;
        var set = (delegate* unmanaged<int, int, int>)symbol;
        // The first two together or not at all: setting one ends glibc's own raising of the other. The arenas of further threads
        // hold 64 MiB at most and give all of it back, so threads to come share the first one.
        return set(MapThreshold, LargestBlock) == 1 && set(TrimThreshold, int.MaxValue) == 1 && set(Arenas, 1) == 1;
    }
}
