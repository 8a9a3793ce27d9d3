using static TorchSharp.torch;

namespace FaLW.Models;

/// <summary>
/// The order of a [n, channels, height, width] tensor's numbers in memory. The shape and the values stay;
/// convolutions on CPUs and on tensor cores prefer the channels of one pixel side by side.
/// </summary>
internal static class Layout
{
    /// <summary>The same tensor with the channels of one pixel side by side.</summary>
    public static Tensor ChannelsLast(Tensor tensor) =>
        tensor.permute(0, 2, 3, 1).contiguous().permute(0, 3, 1, 2);

    /// <summary>Rearranges a parameter in place: it stays the same object for optimizers and masks that know it.</summary>
    public static void Rearrange(Tensor parameter, bool channelsLast)
    {
        using var noGradient = no_grad();
        using var scope = NewDisposeScope();
        parameter.set_(channelsLast ? ChannelsLast(parameter) : parameter.contiguous());
    }
}
