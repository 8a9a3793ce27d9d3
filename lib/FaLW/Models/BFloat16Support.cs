using static TorchSharp.torch;

namespace FaLW.Models;

/// <summary>Whether a device can compute convolutions in bfloat16. On a processor that takes AVX-512 and a libtorch with oneDNN.</summary>
public static class BFloat16Support
{
    private static readonly Lazy<bool> OnProcessor = new(TrySmallest);

    /// <summary>Whether it can. The processor is asked once, by trying; GPUs that libtorch supports all can.</summary>
    /// <param name="device">The device.</param>
    public static bool IsHere(Device device) => device.type != TorchSharp.DeviceType.CPU || OnProcessor.Value;

    /// <summary>Throws a sentence where it cannot.</summary>
    /// <param name="device">The device.</param>
    /// <exception cref="InvalidOperationException">It cannot.</exception>
    public static void Demand(Device device)
    {
        if (!IsHere(device))
            throw new InvalidOperationException(
                "bfloat16 was asked for, but this processor has no bfloat16 convolutions (they take AVX-512, and ONEDNN_MAX_CPU_ISA must not " +
                "switch it off). Use Precision.Float32, or a GPU.");
    }

    // 16 channels, since smaller convolutions may take a path that has no need of the units.
    private static bool TrySmallest()
    {
        using var scope = NewDisposeScope();
        using var noGradient = no_grad();
        try
        {
            nn.functional.conv2d(ones([2, 16, 8, 8], dtype: bfloat16), ones([16, 16, 3, 3], dtype: bfloat16), padding: [1, 1]);
            return true;
        }
        catch (System.Runtime.InteropServices.ExternalException)
        {
            return false;
        }
    }
}
