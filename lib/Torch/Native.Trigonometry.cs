using System.Runtime.InteropServices;

namespace TorchSharp;

/// <summary>Circular and hyperbolic functions.</summary>
internal static partial class Native
{
    [LibraryImport(Shim)]
    internal static partial TensorHandle falw_sin(TensorHandle self);
    [LibraryImport(Shim)]
    internal static partial int falw_sin_(TensorHandle self);
    [LibraryImport(Shim)]
    internal static partial TensorHandle falw_cos(TensorHandle self);
    [LibraryImport(Shim)]
    internal static partial int falw_cos_(TensorHandle self);
    [LibraryImport(Shim)]
    internal static partial TensorHandle falw_tan(TensorHandle self);
    [LibraryImport(Shim)]
    internal static partial int falw_tan_(TensorHandle self);
    [LibraryImport(Shim)]
    internal static partial TensorHandle falw_asin(TensorHandle self);
    [LibraryImport(Shim)]
    internal static partial int falw_asin_(TensorHandle self);
    [LibraryImport(Shim)]
    internal static partial TensorHandle falw_acos(TensorHandle self);
    [LibraryImport(Shim)]
    internal static partial int falw_acos_(TensorHandle self);
    [LibraryImport(Shim)]
    internal static partial TensorHandle falw_atan(TensorHandle self);
    [LibraryImport(Shim)]
    internal static partial int falw_atan_(TensorHandle self);
    [LibraryImport(Shim)]
    internal static partial TensorHandle falw_sinh(TensorHandle self);
    [LibraryImport(Shim)]
    internal static partial int falw_sinh_(TensorHandle self);
    [LibraryImport(Shim)]
    internal static partial TensorHandle falw_cosh(TensorHandle self);
    [LibraryImport(Shim)]
    internal static partial int falw_cosh_(TensorHandle self);
    [LibraryImport(Shim)]
    internal static partial TensorHandle falw_tanh(TensorHandle self);
    [LibraryImport(Shim)]
    internal static partial int falw_tanh_(TensorHandle self);
}
