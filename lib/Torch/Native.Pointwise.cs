using System.Runtime.InteropServices;

namespace TorchSharp;

/// <summary>One element in, one element out.</summary>
internal static partial class Native
{
    [LibraryImport(Shim)]
    internal static partial TensorHandle falw_abs(TensorHandle self);
    [LibraryImport(Shim)]
    internal static partial int falw_abs_(TensorHandle self);
    [LibraryImport(Shim)]
    internal static partial TensorHandle falw_neg(TensorHandle self);
    [LibraryImport(Shim)]
    internal static partial int falw_neg_(TensorHandle self);
    [LibraryImport(Shim)]
    internal static partial TensorHandle falw_exp(TensorHandle self);
    [LibraryImport(Shim)]
    internal static partial int falw_exp_(TensorHandle self);
    [LibraryImport(Shim)]
    internal static partial TensorHandle falw_expm1(TensorHandle self);
    [LibraryImport(Shim)]
    internal static partial int falw_expm1_(TensorHandle self);
    [LibraryImport(Shim)]
    internal static partial TensorHandle falw_log(TensorHandle self);
    [LibraryImport(Shim)]
    internal static partial int falw_log_(TensorHandle self);
    [LibraryImport(Shim)]
    internal static partial TensorHandle falw_log2(TensorHandle self);
    [LibraryImport(Shim)]
    internal static partial int falw_log2_(TensorHandle self);
    [LibraryImport(Shim)]
    internal static partial TensorHandle falw_log10(TensorHandle self);
    [LibraryImport(Shim)]
    internal static partial int falw_log10_(TensorHandle self);
    [LibraryImport(Shim)]
    internal static partial TensorHandle falw_log1p(TensorHandle self);
    [LibraryImport(Shim)]
    internal static partial int falw_log1p_(TensorHandle self);
    [LibraryImport(Shim)]
    internal static partial TensorHandle falw_sqrt(TensorHandle self);
    [LibraryImport(Shim)]
    internal static partial int falw_sqrt_(TensorHandle self);
    [LibraryImport(Shim)]
    internal static partial TensorHandle falw_rsqrt(TensorHandle self);
    [LibraryImport(Shim)]
    internal static partial int falw_rsqrt_(TensorHandle self);
    [LibraryImport(Shim)]
    internal static partial TensorHandle falw_reciprocal(TensorHandle self);
    [LibraryImport(Shim)]
    internal static partial int falw_reciprocal_(TensorHandle self);
    [LibraryImport(Shim)]
    internal static partial TensorHandle falw_ceil(TensorHandle self);
    [LibraryImport(Shim)]
    internal static partial int falw_ceil_(TensorHandle self);
    [LibraryImport(Shim)]
    internal static partial TensorHandle falw_floor(TensorHandle self);
    [LibraryImport(Shim)]
    internal static partial int falw_floor_(TensorHandle self);
    [LibraryImport(Shim)]
    internal static partial TensorHandle falw_trunc(TensorHandle self);
    [LibraryImport(Shim)]
    internal static partial int falw_trunc_(TensorHandle self);
    [LibraryImport(Shim)]
    internal static partial TensorHandle falw_frac(TensorHandle self);
    [LibraryImport(Shim)]
    internal static partial int falw_frac_(TensorHandle self);
    [LibraryImport(Shim)]
    internal static partial TensorHandle falw_sigmoid(TensorHandle self);
    [LibraryImport(Shim)]
    internal static partial int falw_sigmoid_(TensorHandle self);
    [LibraryImport(Shim)]
    internal static partial TensorHandle falw_relu(TensorHandle self);
    [LibraryImport(Shim)]
    internal static partial int falw_relu_(TensorHandle self);
    [LibraryImport(Shim)]
    internal static partial TensorHandle falw_erf(TensorHandle self);
    [LibraryImport(Shim)]
    internal static partial int falw_erf_(TensorHandle self);
    [LibraryImport(Shim)]
    internal static partial TensorHandle falw_erfc(TensorHandle self);
    [LibraryImport(Shim)]
    internal static partial int falw_erfc_(TensorHandle self);
    [LibraryImport(Shim)]
    internal static partial TensorHandle falw_exp2(TensorHandle self);
    [LibraryImport(Shim)]
    internal static partial TensorHandle falw_square(TensorHandle self);
    [LibraryImport(Shim)]
    internal static partial TensorHandle falw_log_sigmoid(TensorHandle self);
    [LibraryImport(Shim)]
    internal static partial TensorHandle falw_sign(TensorHandle self);
    [LibraryImport(Shim)]
    internal static partial TensorHandle falw_sgn(TensorHandle self);
    [LibraryImport(Shim)]
    internal static partial TensorHandle falw_erfinv(TensorHandle self);
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
}
