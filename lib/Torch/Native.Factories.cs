using System.Runtime.InteropServices;

namespace TorchSharp;

/// <summary>New tensors.</summary>
internal static partial class Native
{
    [LibraryImport(Shim)]
    internal static partial TensorHandle falw_empty(ReadOnlySpan<long> size, long n, int dtype, int device, int index);
    [LibraryImport(Shim)]
    internal static partial TensorHandle falw_zeros(ReadOnlySpan<long> size, long n, int dtype, int device, int index);
    [LibraryImport(Shim)]
    internal static partial TensorHandle falw_ones(ReadOnlySpan<long> size, long n, int dtype, int device, int index);
    [LibraryImport(Shim)]
    internal static partial TensorHandle falw_full(ReadOnlySpan<long> size, long n, Number value, int dtype, int device, int index);
    [LibraryImport(Shim)]
    internal static partial TensorHandle falw_eye(long rows, long columns, int dtype, int device, int index);
    [LibraryImport(Shim)]
    internal static partial TensorHandle falw_arange(Number start, Number stop, Number step, int dtype, int device, int index);
    [LibraryImport(Shim)]
    internal static partial TensorHandle falw_linspace(double start, double end, long steps, int dtype, int device, int index);
    [LibraryImport(Shim)]
    internal static partial TensorHandle falw_logspace(
        double start, double end, long steps, double @base, int dtype, int device, int index);
    [LibraryImport(Shim)]
    internal static partial TensorHandle falw_from_host(
        nint data, ReadOnlySpan<long> size, long n, int source, int dtype, int device, int index);
    [LibraryImport(Shim)]
    internal static partial int falw_set_default_dtype(int dtype);
    [LibraryImport(Shim)]
    internal static partial int falw_default_dtype();
}
