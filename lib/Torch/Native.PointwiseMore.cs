using System.Runtime.InteropServices;

namespace TorchSharp;

/// <summary>One element in, one element out.</summary>
internal static partial class Native
{
    [LibraryImport(Shim)]
    internal static partial TensorHandle falw_lgamma(TensorHandle self);
    [LibraryImport(Shim)]
    internal static partial TensorHandle falw_digamma(TensorHandle self);
    [LibraryImport(Shim)]
    internal static partial TensorHandle falw_special_ndtr(TensorHandle self);
    [LibraryImport(Shim)]
    internal static partial TensorHandle falw_special_ndtri(TensorHandle self);
    [LibraryImport(Shim)]
    internal static partial TensorHandle falw_logical_not(TensorHandle self);
    [LibraryImport(Shim)]
    internal static partial TensorHandle falw_bitwise_not(TensorHandle self);
    [LibraryImport(Shim)]
    internal static partial TensorHandle falw_isnan(TensorHandle self);
    [LibraryImport(Shim)]
    internal static partial TensorHandle falw_isinf(TensorHandle self);
    [LibraryImport(Shim)]
    internal static partial TensorHandle falw_isfinite(TensorHandle self);
    [LibraryImport(Shim)]
    internal static partial TensorHandle falw_isposinf(TensorHandle self);
    [LibraryImport(Shim)]
    internal static partial TensorHandle falw_isneginf(TensorHandle self);
    [LibraryImport(Shim)]
    internal static partial int falw_sign_(TensorHandle self);
    [LibraryImport(Shim)]
    internal static partial int falw_erfinv_(TensorHandle self);
    [LibraryImport(Shim)]
    internal static partial TensorHandle falw_round(TensorHandle self, long decimals);
    [LibraryImport(Shim)]
    internal static partial int falw_round_(TensorHandle self, long decimals);
    [LibraryImport(Shim)]
    internal static partial TensorHandle falw_nan_to_num(TensorHandle self, double nan, double high, double low);
    [LibraryImport(Shim)]
    internal static partial int falw_nan_to_num_(TensorHandle self, double nan, double high, double low);
    [LibraryImport(Shim)]
    internal static partial TensorHandle falw_add(TensorHandle self, TensorHandle other, Number alpha);
    [LibraryImport(Shim)]
    internal static partial int falw_add_(TensorHandle self, TensorHandle other, Number alpha);
    [LibraryImport(Shim)]
    internal static partial TensorHandle falw_add_number(TensorHandle self, Number other, Number alpha);
    [LibraryImport(Shim)]
    internal static partial int falw_add_number_(TensorHandle self, Number other, Number alpha);
    [LibraryImport(Shim)]
    internal static partial TensorHandle falw_sub(TensorHandle self, TensorHandle other, Number alpha);
    [LibraryImport(Shim)]
    internal static partial int falw_sub_(TensorHandle self, TensorHandle other, Number alpha);
    [LibraryImport(Shim)]
    internal static partial TensorHandle falw_sub_number(TensorHandle self, Number other, Number alpha);
    [LibraryImport(Shim)]
    internal static partial int falw_sub_number_(TensorHandle self, Number other, Number alpha);
    [LibraryImport(Shim)]
    internal static partial TensorHandle falw_mul(TensorHandle self, TensorHandle other);
    [LibraryImport(Shim)]
    internal static partial int falw_mul_(TensorHandle self, TensorHandle other);
    [LibraryImport(Shim)]
    internal static partial TensorHandle falw_mul_number(TensorHandle self, Number other);
    [LibraryImport(Shim)]
    internal static partial int falw_mul_number_(TensorHandle self, Number other);
    [LibraryImport(Shim)]
    internal static partial TensorHandle falw_pow(TensorHandle self, TensorHandle other);
    [LibraryImport(Shim)]
    internal static partial int falw_pow_(TensorHandle self, TensorHandle other);
    [LibraryImport(Shim)]
    internal static partial TensorHandle falw_pow_number(TensorHandle self, Number other);
    [LibraryImport(Shim)]
    internal static partial int falw_pow_number_(TensorHandle self, Number other);
    [LibraryImport(Shim)]
    internal static partial TensorHandle falw_remainder(TensorHandle self, TensorHandle other);
    [LibraryImport(Shim)]
    internal static partial int falw_remainder_(TensorHandle self, TensorHandle other);
    [LibraryImport(Shim)]
    internal static partial TensorHandle falw_remainder_number(TensorHandle self, Number other);
    [LibraryImport(Shim)]
    internal static partial int falw_remainder_number_(TensorHandle self, Number other);
    [LibraryImport(Shim)]
    internal static partial TensorHandle falw_fmod(TensorHandle self, TensorHandle other);
    [LibraryImport(Shim)]
    internal static partial int falw_fmod_(TensorHandle self, TensorHandle other);
    [LibraryImport(Shim)]
    internal static partial TensorHandle falw_fmod_number(TensorHandle self, Number other);
    [LibraryImport(Shim)]
    internal static partial int falw_fmod_number_(TensorHandle self, Number other);
    [LibraryImport(Shim)]
    internal static partial TensorHandle falw_floor_divide(TensorHandle self, TensorHandle other);
    [LibraryImport(Shim)]
    internal static partial int falw_floor_divide_(TensorHandle self, TensorHandle other);
    [LibraryImport(Shim)]
    internal static partial TensorHandle falw_floor_divide_number(TensorHandle self, Number other);
    [LibraryImport(Shim)]
    internal static partial int falw_floor_divide_number_(TensorHandle self, Number other);
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
}
