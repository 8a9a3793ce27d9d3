using TorchSharp;
using static TorchSharp.Native;

namespace FaLW.Torch;

/// <summary>A queue of its own for a thread's work on a GPU. TorchSharp has no such call, so it is not among its names.</summary>
public static class OwnStream
{
    /// <summary>From here on this thread's kernels wait for each other and not for those of other threads; on the CPU nothing changes.</summary>
    /// <param name="device">Where the thread computes.</param>
    public static void Use(torch.Device device) => Check(falw_own_stream((int)device.type, device.index));
}
