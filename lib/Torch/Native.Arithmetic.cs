using System.Runtime.InteropServices;

namespace TorchSharp;

/// <summary>Two operands.</summary>
internal static partial class Native
{
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
    internal static partial TensorHandle falw_atan2(TensorHandle self, TensorHandle other);
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
}
