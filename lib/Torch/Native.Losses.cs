using System.Runtime.InteropServices;

namespace TorchSharp;

/// <summary>Losses. Reductions by number: none 0, mean 1, sum 2.</summary>
internal static partial class Native
{
    [LibraryImport(Shim)]
    internal static partial TensorHandle falw_cross_entropy(
        TensorHandle input, TensorHandle target, TensorHandle weight, long reduction, long ignored, double smoothing);
    [LibraryImport(Shim)]
    internal static partial TensorHandle falw_nll_loss(TensorHandle input, TensorHandle target, TensorHandle weight, long reduction);
    [LibraryImport(Shim)]
    internal static partial TensorHandle falw_binary_cross_entropy(
        TensorHandle input, TensorHandle target, TensorHandle weight, long reduction);
    [LibraryImport(Shim)]
    internal static partial TensorHandle falw_binary_cross_entropy_with_logits(
        TensorHandle input, TensorHandle target, TensorHandle weight, TensorHandle positive, long reduction);
    [LibraryImport(Shim)]
    internal static partial TensorHandle falw_kl_div(TensorHandle input, TensorHandle target, long reduction, Flag log_target);
    [LibraryImport(Shim)]
    internal static partial TensorHandle falw_mse_loss(TensorHandle input, TensorHandle target, long reduction);
    [LibraryImport(Shim)]
    internal static partial TensorHandle falw_l1_loss(TensorHandle input, TensorHandle target, long reduction);
    [LibraryImport(Shim)]
    internal static partial TensorHandle falw_smooth_l1_loss(TensorHandle input, TensorHandle target, long reduction, double beta);
    [LibraryImport(Shim)]
    internal static partial TensorHandle falw_huber_loss(TensorHandle input, TensorHandle target, long reduction, double delta);
}
