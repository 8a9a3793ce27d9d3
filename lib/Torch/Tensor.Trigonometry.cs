using static TorchSharp.Native;

namespace TorchSharp;

public static partial class torch
{
    /// <content>Circular and hyperbolic functions.</content>
    public partial class Tensor
    {
        public Tensor sin() => Wrap(falw_sin(Handle));

        public Tensor sin_() => Done(falw_sin_(Handle));

        public Tensor cos() => Wrap(falw_cos(Handle));

        public Tensor cos_() => Done(falw_cos_(Handle));

        public Tensor tan() => Wrap(falw_tan(Handle));

        public Tensor tan_() => Done(falw_tan_(Handle));

        public Tensor asin() => Wrap(falw_asin(Handle));

        public Tensor asin_() => Done(falw_asin_(Handle));

        public Tensor acos() => Wrap(falw_acos(Handle));

        public Tensor acos_() => Done(falw_acos_(Handle));

        public Tensor atan() => Wrap(falw_atan(Handle));

        public Tensor atan_() => Done(falw_atan_(Handle));

        public Tensor sinh() => Wrap(falw_sinh(Handle));

        public Tensor sinh_() => Done(falw_sinh_(Handle));

        public Tensor cosh() => Wrap(falw_cosh(Handle));

        public Tensor cosh_() => Done(falw_cosh_(Handle));

        public Tensor tanh() => Wrap(falw_tanh(Handle));

        public Tensor tanh_() => Done(falw_tanh_(Handle));
    }
}
