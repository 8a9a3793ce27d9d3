using System.Runtime.InteropServices;

namespace TorchSharp;

/// <summary>One element in, one element out.</summary>
internal static partial class Native
{
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
    internal static partial TensorHandle falw_bitwise_and_number(TensorHandle self, Number other);
    [LibraryImport(Shim)]
    internal static partial int falw_bitwise_and_number_(TensorHandle self, Number other);
    [LibraryImport(Shim)]
    internal static partial TensorHandle falw_bitwise_or(TensorHandle self, TensorHandle other);
    [LibraryImport(Shim)]
    internal static partial int falw_bitwise_or_(TensorHandle self, TensorHandle other);
    [LibraryImport(Shim)]
    internal static partial TensorHandle falw_bitwise_or_number(TensorHandle self, Number other);
    [LibraryImport(Shim)]
    internal static partial int falw_bitwise_or_number_(TensorHandle self, Number other);
    [LibraryImport(Shim)]
    internal static partial TensorHandle falw_bitwise_xor(TensorHandle self, TensorHandle other);
    [LibraryImport(Shim)]
    internal static partial int falw_bitwise_xor_(TensorHandle self, TensorHandle other);
    [LibraryImport(Shim)]
    internal static partial TensorHandle falw_bitwise_xor_number(TensorHandle self, Number other);
    [LibraryImport(Shim)]
    internal static partial int falw_bitwise_xor_number_(TensorHandle self, Number other);
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
    internal static partial TensorHandle falw_atan2(TensorHandle self, TensorHandle other);
    [LibraryImport(Shim)]
    internal static partial int falw_atan2_(TensorHandle self, TensorHandle other);
    [LibraryImport(Shim)]
    internal static partial TensorHandle falw_maximum(TensorHandle self, TensorHandle other);
    [LibraryImport(Shim)]
    internal static partial TensorHandle falw_minimum(TensorHandle self, TensorHandle other);
    [LibraryImport(Shim)]
    internal static partial TensorHandle falw_logaddexp(TensorHandle self, TensorHandle other);
    [LibraryImport(Shim)]
    internal static partial TensorHandle falw_xlogy(TensorHandle self, TensorHandle other);
    [LibraryImport(Shim)]
    internal static partial TensorHandle falw_hypot(TensorHandle self, TensorHandle other);
    [LibraryImport(Shim)]
    internal static partial TensorHandle falw_div(TensorHandle self, TensorHandle other, int rounding);
    [LibraryImport(Shim)]
    internal static partial TensorHandle falw_div_number(TensorHandle self, Number other, int rounding);
    [LibraryImport(Shim)]
    internal static partial int falw_div_number_(TensorHandle self, Number other, int rounding);
    [LibraryImport(Shim)]
    internal static partial int falw_div_(TensorHandle self, TensorHandle other, int rounding);
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
    internal static partial TensorHandle falw_lerp(TensorHandle self, TensorHandle end, TensorHandle weight);
    [LibraryImport(Shim)]
    internal static partial int falw_lerp_(TensorHandle self, TensorHandle end, TensorHandle weight);
    [LibraryImport(Shim)]
    internal static partial TensorHandle falw_addcmul(TensorHandle self, TensorHandle one, TensorHandle two, Number value);
    [LibraryImport(Shim)]
    internal static partial int falw_addcmul_(TensorHandle self, TensorHandle one, TensorHandle two, Number value);
    [LibraryImport(Shim)]
    internal static partial TensorHandle falw_addcdiv(TensorHandle self, TensorHandle one, TensorHandle two, Number value);
    [LibraryImport(Shim)]
    internal static partial int falw_addcdiv_(TensorHandle self, TensorHandle one, TensorHandle two, Number value);
    [LibraryImport(Shim)]
    internal static partial TensorHandle falw_isclose(TensorHandle self, TensorHandle other, double rtol, double atol, Flag equal_nan);
    [LibraryImport(Shim)]
    internal static partial int falw_allclose(TensorHandle self, TensorHandle other, double rtol, double atol, Flag equal_nan);
    [LibraryImport(Shim)]
    internal static partial int falw_equal(TensorHandle self, TensorHandle other);
}
