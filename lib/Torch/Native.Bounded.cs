using System.Runtime.InteropServices;

namespace TorchSharp;

/// <summary>One element and a few settings.</summary>
internal static partial class Native
{
    [LibraryImport(Shim)]
    internal static unsafe partial TensorHandle falw_clamp(TensorHandle self, Number* min, Number* max);
    [LibraryImport(Shim)]
    internal static unsafe partial int falw_clamp_(TensorHandle self, Number* min, Number* max);
    [LibraryImport(Shim)]
    internal static partial TensorHandle falw_clamp_tensor(TensorHandle self, TensorHandle min, TensorHandle max);
    [LibraryImport(Shim)]
    internal static partial int falw_clamp_tensor_(TensorHandle self, TensorHandle min, TensorHandle max);
    [LibraryImport(Shim)]
    internal static partial int falw_fill_(TensorHandle self, Number value);
    [LibraryImport(Shim)]
    internal static partial int falw_zero_(TensorHandle self);
    [LibraryImport(Shim)]
    internal static partial TensorHandle falw_round(TensorHandle self, long decimals);
    [LibraryImport(Shim)]
    internal static partial int falw_round_(TensorHandle self, long decimals);
    [LibraryImport(Shim)]
    internal static partial TensorHandle falw_nan_to_num(TensorHandle self, double nan, double high, double low);
    [LibraryImport(Shim)]
    internal static partial TensorHandle falw_logit(TensorHandle self, Flag bounded, double eps);
}
