using static TorchSharp.Native;

namespace TorchSharp;

public static partial class torch
{
    /// <content>Functions of one element; those that end in _ change the tensor itself.</content>
    public partial class Tensor
    {
        public Tensor abs() => Wrap(falw_abs(Handle));

        public Tensor abs_() => Done(falw_abs_(Handle));

        public Tensor neg() => Wrap(falw_neg(Handle));

        public Tensor neg_() => Done(falw_neg_(Handle));

        public Tensor exp() => Wrap(falw_exp(Handle));

        public Tensor exp_() => Done(falw_exp_(Handle));

        public Tensor exp2() => Wrap(falw_exp2(Handle));

        public Tensor expm1() => Wrap(falw_expm1(Handle));

        public Tensor expm1_() => Done(falw_expm1_(Handle));

        public Tensor log() => Wrap(falw_log(Handle));

        public Tensor log_() => Done(falw_log_(Handle));

        public Tensor log2() => Wrap(falw_log2(Handle));

        public Tensor log2_() => Done(falw_log2_(Handle));

        public Tensor log10() => Wrap(falw_log10(Handle));

        public Tensor log10_() => Done(falw_log10_(Handle));

        public Tensor log1p() => Wrap(falw_log1p(Handle));

        public Tensor log1p_() => Done(falw_log1p_(Handle));

        public Tensor sqrt() => Wrap(falw_sqrt(Handle));

        public Tensor sqrt_() => Done(falw_sqrt_(Handle));

        public Tensor rsqrt() => Wrap(falw_rsqrt(Handle));

        public Tensor rsqrt_() => Done(falw_rsqrt_(Handle));

        public Tensor reciprocal() => Wrap(falw_reciprocal(Handle));

        public Tensor reciprocal_() => Done(falw_reciprocal_(Handle));

        public Tensor square() => Wrap(falw_square(Handle));

        public Tensor ceil() => Wrap(falw_ceil(Handle));

        public Tensor ceil_() => Done(falw_ceil_(Handle));

        public Tensor floor() => Wrap(falw_floor(Handle));

        public Tensor floor_() => Done(falw_floor_(Handle));

        public Tensor trunc() => Wrap(falw_trunc(Handle));

        public Tensor trunc_() => Done(falw_trunc_(Handle));

        public Tensor frac() => Wrap(falw_frac(Handle));

        public Tensor frac_() => Done(falw_frac_(Handle));

        public Tensor sigmoid() => Wrap(falw_sigmoid(Handle));

        public Tensor sigmoid_() => Done(falw_sigmoid_(Handle));

        public Tensor relu() => Wrap(falw_relu(Handle));

        public Tensor relu_() => Done(falw_relu_(Handle));

        public Tensor erf() => Wrap(falw_erf(Handle));

        public Tensor erf_() => Done(falw_erf_(Handle));

        public Tensor erfc() => Wrap(falw_erfc(Handle));

        public Tensor erfc_() => Done(falw_erfc_(Handle));

        public Tensor sign() => Wrap(falw_sign(Handle));

        public Tensor sign_() => Done(falw_sign_(Handle));

        public Tensor erfinv() => Wrap(falw_erfinv(Handle));

        public Tensor erfinv_() => Done(falw_erfinv_(Handle));

        public Tensor log_sigmoid() => Wrap(falw_log_sigmoid(Handle));

        public Tensor sgn() => Wrap(falw_sgn(Handle));

        public Tensor lgamma() => Wrap(falw_lgamma(Handle));

        public Tensor digamma() => Wrap(falw_digamma(Handle));

        public Tensor logical_not() => Wrap(falw_logical_not(Handle));

        public Tensor bitwise_not() => Wrap(falw_bitwise_not(Handle));

        public Tensor isnan() => Wrap(falw_isnan(Handle));

        public Tensor isinf() => Wrap(falw_isinf(Handle));

        public Tensor isfinite() => Wrap(falw_isfinite(Handle));

        public Tensor isposinf() => Wrap(falw_isposinf(Handle));

        public Tensor isneginf() => Wrap(falw_isneginf(Handle));

        public Tensor negative() => neg();

        public Tensor absolute() => abs();
    }
}
