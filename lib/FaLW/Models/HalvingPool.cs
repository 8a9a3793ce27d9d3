using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace FaLW.Models;

/// <summary>
/// Two by two maximum pooling that leaves a map of a single pixel as it is, so that a network made for
/// 32 pixels also takes images of 8.
/// </summary>
internal sealed class HalvingPool() : Module<Tensor, Tensor>(nameof(HalvingPool))
{
    /// <inheritdoc/>
    public override Tensor forward(Tensor input) =>
        input.shape[2] > 1 && input.shape[3] > 1 ? functional.max_pool2d(input, [2, 2]) : input.alias();
}
