using System.Runtime.InteropServices;
using static TorchSharp.torch;

namespace FaLW.Models;

/// <summary>The number format convolutions are computed in. Weights, losses and statistics are always kept in 32 bits.</summary>
public enum Precision
{
    /// <summary>32-bit floating point everywhere.</summary>
    Float32,

    /// <summary>
    /// Convolutions and the activations between them in bfloat16 (8 bits of mantissa), everything else in
    /// 32 bits: about twice as fast on processors with bfloat16 units and on recent GPUs. On a processor
    /// with other work at the same time use one thread or Float32: the threads of these convolutions wait
    /// for each other by spinning, and a thread without a core then costs the others many times the gain.
    /// </summary>
    BFloat16,
}

/// <summary>
/// Whether convolutions in bfloat16 are worth asking a device for. libtorch computes them on every processor, but without units for them
/// (avx512_bf16 or amx_bf16) a step of ResNet-20 takes eight to ten seconds, so there they are refused.
/// </summary>
public static class BFloat16Support
{
    private static readonly string[] Units = ["avx512_bf16", "amx_bf16"];

    // What oneDNN calls the instruction sets below the first with bfloat16 units.
    private static readonly string[] Lower = ["SSE41", "AVX", "AVX2", "AVX2_VNNI", "AVX2_VNNI_2", "AVX512_CORE", "AVX512_CORE_VNNI"];

    /// <summary>Why a device is not worth asking, as words to be continued; null where it is. GPUs that libtorch supports all have units.</summary>
    /// <param name="device">The device.</param>
    /// <param name="flags">The processor's instruction sets; null for those of <see cref="Processor.Flags"/>.</param>
    /// <param name="cap">The highest instruction set that oneDNN may take, in its own words; null for what the environment says.</param>
    public static string? WhyNot(Device device, IReadOnlyList<string>? flags = null, string? cap = null)
    {
        if (device.type != TorchSharp.DeviceType.CPU) return null;
        if (!(flags ?? Processor.Flags).Intersect(Units, StringComparer.Ordinal).Any()) return "this processor has no units for it (avx512_bf16 or amx_bf16)";
        cap ??= Environment.GetEnvironmentVariable("ONEDNN_MAX_CPU_ISA") ?? Environment.GetEnvironmentVariable("DNNL_MAX_CPU_ISA") ?? "";
        return Lower.Contains(cap.Trim(), StringComparer.OrdinalIgnoreCase) ? $"ONEDNN_MAX_CPU_ISA is {cap.Trim()}, which switches this processor's units for it off" : null;
    }

    internal static string Refusal(string reason) =>
        $"bfloat16 was asked for, but {reason}: a step would take seconds. Use Precision.Float32, or a GPU. (-bfloat16 at the end of a scale asks for it.)";
}

/// <summary>What the system tells about this machine's processor.</summary>
public static class Processor
{
    /// <summary>
    /// Its own name, on Linux with family and model: in a virtual machine "AMD EPYC" is many processors, whose sums differ. Null where the system does not tell.
    /// </summary>
    public static string? Name { get; } = Field("model name") is { } name ? name + (Field("cpu family") is { } family ? $", family {family}, model {Field("model")}" : "") : null;

    /// <summary>The instruction sets it names, as Linux spells them; none where the system does not tell.</summary>
    public static IReadOnlyList<string> Flags { get; } = Field("flags")?.Split(' ') ?? [];

    private static string? Field(string name)
    {
        const string Source = "/proc/cpuinfo";
        if (!File.Exists(Source)) return null;
        return File.ReadLines(Source).Select(line => line.Split(':', 2, StringSplitOptions.TrimEntries)).FirstOrDefault(parts => parts.Length == 2 && parts[0] == name)?[1];
    }
}

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
    /// another C library has no such habit: both are left alone. Tells whether the process keeps its memory now.
    /// </summary>
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
