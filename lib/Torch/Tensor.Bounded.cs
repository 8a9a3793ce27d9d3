using static TorchSharp.Native;

namespace TorchSharp;

public static partial class torch
{
    /// <content>Functions of one element and a few settings.</content>
    public partial class Tensor
    {
        public Tensor fill_(Scalar value) => Done(falw_fill_(Handle, value.Value));

        public Tensor zero_() => Done(falw_zero_(Handle));

        public unsafe Tensor clamp(Scalar? min = null, Scalar? max = null)
        {
            Bounds(min, max, out var low, out var high);
            return Wrap(falw_clamp(Handle, min is null ? null : &low, max is null ? null : &high));
        }

        public unsafe Tensor clamp_(Scalar? min = null, Scalar? max = null)
        {
            Bounds(min, max, out var low, out var high);
            return Done(falw_clamp_(Handle, min is null ? null : &low, max is null ? null : &high));
        }

        public Tensor clamp(Tensor? min = null, Tensor? max = null) => Wrap(falw_clamp_tensor(Handle, Optional(min), Bound(min, max)));

        public Tensor clamp_(Tensor? min = null, Tensor? max = null) => Done(falw_clamp_tensor_(Handle, Optional(min), Bound(min, max)));

        public Tensor clip(Scalar? min = null, Scalar? max = null) => clamp(min, max);

        public Tensor clamp_max(Scalar max) => clamp(max: max);

        public Tensor clamp_max_(Scalar max) => clamp_(max: max);

        public Tensor clamp_min(Scalar min) => clamp(min: min);

        public Tensor clamp_min_(Scalar min) => clamp_(min: min);

        public Tensor round(long decimals = 0L) => Wrap(falw_round(Handle, decimals));

        public Tensor round_(long decimals = 0L) => Done(falw_round_(Handle, decimals));

        public Tensor lerp(Tensor end, Tensor weight) => Wrap(falw_lerp(Handle, end.Handle, weight.Handle));

        public Tensor lerp_(Tensor end, Tensor weight) => Done(falw_lerp_(Handle, end.Handle, weight.Handle));

        public Tensor addcmul(Tensor tensor1, Tensor tensor2, Scalar value) =>
            Wrap(falw_addcmul(Handle, tensor1.Handle, tensor2.Handle, value.Value));

        public Tensor addcmul_(Tensor tensor1, Tensor tensor2, Scalar value) =>
            Done(falw_addcmul_(Handle, tensor1.Handle, tensor2.Handle, value.Value));

        public Tensor addcdiv(Tensor tensor1, Tensor tensor2, Scalar value) =>
            Wrap(falw_addcdiv(Handle, tensor1.Handle, tensor2.Handle, value.Value));

        public Tensor addcdiv_(Tensor tensor1, Tensor tensor2, Scalar value) =>
            Done(falw_addcdiv_(Handle, tensor1.Handle, tensor2.Handle, value.Value));

        public Tensor atan2(Tensor other) => Wrap(falw_atan2(Handle, other.Handle));

        public Tensor logaddexp(Tensor other) => Wrap(falw_logaddexp(Handle, other.Handle));

        public Tensor hypot(Tensor other) => Wrap(falw_hypot(Handle, other.Handle));

        public Tensor xlogy(Tensor y) => Wrap(falw_xlogy(Handle, y.Handle));

        public Tensor nan_to_num(double nan = 0d, double? posinf = null, double? neginf = null) =>
            Wrap(falw_nan_to_num(Handle, nan, posinf ?? Largest(), neginf ?? -Largest()));

        internal static TensorHandle Optional(Tensor? tensor) => tensor is null ? TensorHandle.None : tensor.Handle;

        private static TensorHandle Bound(Tensor? min, Tensor? max) => min is null && max is null ? throw NoBound() : Optional(max);

        private static void Bounds(Scalar? min, Scalar? max, out Number low, out Number high)
        {
            if (min is null && max is null) throw NoBound();
            low = min is null ? default : min.Value;
            high = max is null ? default : max.Value;
        }

        private static ArgumentException NoBound() => new("clamp needs a lower or an upper bound, but neither was given.");

        private double Largest() => dtype switch
        {
            ScalarType.Float64 => double.MaxValue,
            ScalarType.Float16 => (double)Half.MaxValue,
            ScalarType.BFloat16 => 3.3895313892515355e38,
            _ => float.MaxValue,
        };

        public Tensor logit(double? eps = null) => Wrap(falw_logit(Handle, eps is not null, eps ?? 0));
    }
}
