using System.Runtime.InteropServices;

namespace TorchSharp;

/// <summary>Layers without their memory. Every list travels as its elements and their number.</summary>
internal static partial class Native
{
    [LibraryImport(Shim)]
    internal static partial TensorHandle falw_conv2d(
        TensorHandle input, TensorHandle weight, TensorHandle bias, ReadOnlySpan<long> stride, long strides,
        ReadOnlySpan<long> padding, long paddings, ReadOnlySpan<long> dilation, long dilations, long groups);
    [LibraryImport(Shim)]
    internal static partial TensorHandle falw_conv2d_named(
        TensorHandle input, TensorHandle weight, TensorHandle bias, ReadOnlySpan<long> stride, long strides,
        Flag same, ReadOnlySpan<long> dilation, long dilations, long groups);
    [LibraryImport(Shim)]
    internal static partial TensorHandle falw_linear(TensorHandle input, TensorHandle weight, TensorHandle bias);
    [LibraryImport(Shim)]
    internal static partial TensorHandle falw_batch_norm(
        TensorHandle input, TensorHandle mean, TensorHandle var, TensorHandle weight, TensorHandle bias,
        Flag training, double momentum, double eps);
    [LibraryImport(Shim)]
    internal static partial TensorHandle falw_layer_norm(
        TensorHandle input, ReadOnlySpan<long> shape, long dims, TensorHandle weight, TensorHandle bias, double eps);
    [LibraryImport(Shim)]
    internal static partial TensorHandle falw_group_norm(
        TensorHandle input, long groups, TensorHandle weight, TensorHandle bias, double eps);
    [LibraryImport(Shim)]
    internal static partial TensorHandle falw_normalize(TensorHandle input, double p, long dim, double eps);
    [LibraryImport(Shim)]
    internal static partial TensorHandle falw_max_pool2d(
        TensorHandle input, ReadOnlySpan<long> kernel, long kernels, ReadOnlySpan<long> stride, long strides,
        ReadOnlySpan<long> padding, long paddings, ReadOnlySpan<long> dilation, long dilations, Flag ceil_mode);
    [LibraryImport(Shim)]
    internal static partial int falw_max_pool2d_with_indices(
        TensorHandle input, ReadOnlySpan<long> kernel, long kernels, ReadOnlySpan<long> stride, long strides,
        ReadOnlySpan<long> padding, long paddings, ReadOnlySpan<long> dilation, long dilations, Flag ceil_mode,
        out TensorHandle first, out TensorHandle second);
    [LibraryImport(Shim)]
    internal static partial TensorHandle falw_avg_pool2d(
        TensorHandle input, ReadOnlySpan<long> kernel, long kernels, ReadOnlySpan<long> stride, long strides,
        ReadOnlySpan<long> padding, long paddings, Flag ceil_mode, Flag count_pad, long divisor);
    [LibraryImport(Shim)]
    internal static partial TensorHandle falw_adaptive_avg_pool2d(TensorHandle input, ReadOnlySpan<long> size, long sizes);
    [LibraryImport(Shim)]
    internal static partial TensorHandle falw_dropout(TensorHandle input, double p, Flag training);
    [LibraryImport(Shim)]
    internal static partial TensorHandle falw_dropout_(TensorHandle input, double p, Flag training);
    [LibraryImport(Shim)]
    internal static partial TensorHandle falw_one_hot(TensorHandle input, long classes);
    [LibraryImport(Shim)]
    internal static partial TensorHandle falw_pad(TensorHandle input, ReadOnlySpan<long> pad, long pads, int mode, double value);
    [LibraryImport(Shim)]
    internal static partial TensorHandle falw_gelu(TensorHandle input);
    [LibraryImport(Shim)]
    internal static partial TensorHandle falw_silu(TensorHandle input);
    [LibraryImport(Shim)]
    internal static partial TensorHandle falw_silu_(TensorHandle input);
    [LibraryImport(Shim)]
    internal static partial TensorHandle falw_leaky_relu(TensorHandle input, double slope);
    [LibraryImport(Shim)]
    internal static partial TensorHandle falw_leaky_relu_(TensorHandle input, double slope);
}
