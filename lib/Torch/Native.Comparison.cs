using System.Runtime.InteropServices;

namespace TorchSharp;

/// <summary>Comparisons and logic.</summary>
internal static partial class Native
{
    [LibraryImport(Shim)]
    internal static partial TensorHandle falw_eq(TensorHandle self, TensorHandle other);
    [LibraryImport(Shim)]
    internal static partial int falw_eq_(TensorHandle self, TensorHandle other);
    [LibraryImport(Shim)]
    internal static partial TensorHandle falw_eq_number(TensorHandle self, Number other);
    [LibraryImport(Shim)]
    internal static partial int falw_eq_number_(TensorHandle self, Number other);
    [LibraryImport(Shim)]
    internal static partial TensorHandle falw_ne(TensorHandle self, TensorHandle other);
    [LibraryImport(Shim)]
    internal static partial int falw_ne_(TensorHandle self, TensorHandle other);
    [LibraryImport(Shim)]
    internal static partial TensorHandle falw_ne_number(TensorHandle self, Number other);
    [LibraryImport(Shim)]
    internal static partial int falw_ne_number_(TensorHandle self, Number other);
    [LibraryImport(Shim)]
    internal static partial TensorHandle falw_lt(TensorHandle self, TensorHandle other);
    [LibraryImport(Shim)]
    internal static partial int falw_lt_(TensorHandle self, TensorHandle other);
    [LibraryImport(Shim)]
    internal static partial TensorHandle falw_lt_number(TensorHandle self, Number other);
    [LibraryImport(Shim)]
    internal static partial int falw_lt_number_(TensorHandle self, Number other);
    [LibraryImport(Shim)]
    internal static partial TensorHandle falw_le(TensorHandle self, TensorHandle other);
    [LibraryImport(Shim)]
    internal static partial int falw_le_(TensorHandle self, TensorHandle other);
    [LibraryImport(Shim)]
    internal static partial TensorHandle falw_le_number(TensorHandle self, Number other);
    [LibraryImport(Shim)]
    internal static partial int falw_le_number_(TensorHandle self, Number other);
    [LibraryImport(Shim)]
    internal static partial TensorHandle falw_gt(TensorHandle self, TensorHandle other);
    [LibraryImport(Shim)]
    internal static partial int falw_gt_(TensorHandle self, TensorHandle other);
    [LibraryImport(Shim)]
    internal static partial TensorHandle falw_gt_number(TensorHandle self, Number other);
    [LibraryImport(Shim)]
    internal static partial int falw_gt_number_(TensorHandle self, Number other);
    [LibraryImport(Shim)]
    internal static partial TensorHandle falw_ge(TensorHandle self, TensorHandle other);
    [LibraryImport(Shim)]
    internal static partial int falw_ge_(TensorHandle self, TensorHandle other);
    [LibraryImport(Shim)]
    internal static partial TensorHandle falw_ge_number(TensorHandle self, Number other);
    [LibraryImport(Shim)]
    internal static partial int falw_ge_number_(TensorHandle self, Number other);
    [LibraryImport(Shim)]
    internal static partial TensorHandle falw_bitwise_and(TensorHandle self, TensorHandle other);
    [LibraryImport(Shim)]
    internal static partial int falw_bitwise_and_(TensorHandle self, TensorHandle other);
    [LibraryImport(Shim)]
    internal static partial TensorHandle falw_bitwise_or(TensorHandle self, TensorHandle other);
    [LibraryImport(Shim)]
    internal static partial int falw_bitwise_or_(TensorHandle self, TensorHandle other);
    [LibraryImport(Shim)]
    internal static partial TensorHandle falw_bitwise_xor(TensorHandle self, TensorHandle other);
    [LibraryImport(Shim)]
    internal static partial int falw_bitwise_xor_(TensorHandle self, TensorHandle other);
    [LibraryImport(Shim)]
    internal static partial TensorHandle falw_logical_and(TensorHandle self, TensorHandle other);
    [LibraryImport(Shim)]
    internal static partial int falw_logical_and_(TensorHandle self, TensorHandle other);
    [LibraryImport(Shim)]
    internal static partial TensorHandle falw_logical_or(TensorHandle self, TensorHandle other);
    [LibraryImport(Shim)]
    internal static partial int falw_logical_or_(TensorHandle self, TensorHandle other);
    [LibraryImport(Shim)]
    internal static partial TensorHandle falw_logical_xor(TensorHandle self, TensorHandle other);
    [LibraryImport(Shim)]
    internal static partial int falw_logical_xor_(TensorHandle self, TensorHandle other);
    [LibraryImport(Shim)]
    internal static partial TensorHandle falw_maximum(TensorHandle self, TensorHandle other);
    [LibraryImport(Shim)]
    internal static partial TensorHandle falw_minimum(TensorHandle self, TensorHandle other);
    [LibraryImport(Shim)]
    internal static partial TensorHandle falw_isclose(TensorHandle self, TensorHandle other, double rtol, double atol, Flag equal_nan);
    [LibraryImport(Shim)]
    internal static partial int falw_allclose(TensorHandle self, TensorHandle other, double rtol, double atol, Flag equal_nan);
    [LibraryImport(Shim)]
    internal static partial int falw_equal(TensorHandle self, TensorHandle other);
}
