using static TorchSharp.torch;

namespace FaLW.Models;

/// <summary>
/// Whether convolutions in bfloat16 are worth asking a device for. libtorch computes them on every processor, but without units for them
/// (avx512_bf16 or amx_bf16) a step of ResNet-20 takes eight to ten seconds, so there they are refused.
/// </summary>
public static class BFloat16Support
{
    private static readonly string[] Units = ["avx512_bf16", "amx_bf16"];

    // What oneDNN calls the instruction sets below the first with bfloat16 units.
    private static readonly string[] Lower = ["SSE41", "AVX", "AVX2", "AVX2_VNNI", "AVX2_VNNI_2", "AVX512_CORE", "AVX512_CORE_VNNI"];

    /// <summary>Whether they are. GPUs that libtorch supports all have units for them.</summary>
    /// <param name="device">The device.</param>
    public static bool IsHere(Device device) => WhyNot(device) is null;

    /// <summary>Why they are not, as words to be continued; null where they are.</summary>
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

    /// <summary>Throws a sentence where they are not.</summary>
    /// <param name="device">The device.</param>
    /// <param name="flags">The processor's instruction sets; null for those of <see cref="Processor.Flags"/>.</param>
    /// <param name="cap">The highest instruction set that oneDNN may take, in its own words; null for what the environment says.</param>
    /// <exception cref="InvalidOperationException">They are not.</exception>
    public static void Demand(Device device, IReadOnlyList<string>? flags = null, string? cap = null)
    {
        if (WhyNot(device, flags, cap) is { } reason) throw new InvalidOperationException(Refusal(reason));
    }

    internal static string Refusal(string reason) =>
        $"bfloat16 was asked for, but {reason}: a step would take seconds. Use Precision.Float32, or a GPU.";
}
