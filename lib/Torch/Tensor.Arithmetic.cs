using static TorchSharp.Native;

namespace TorchSharp;

public static partial class torch
{
    public enum RoundingMode
    {
        None,
        trunc,
        floor,
    }

    /// <content>Two operands: the four rules, powers, remainders.</content>
    public partial class Tensor
    {
        public Tensor add(Tensor target) => add(target, 1);

        public Tensor add(Tensor target, Scalar alpha) => Wrap(falw_add(Handle, target.Handle, alpha.Value));

        public Tensor add(Scalar scalar) => add(scalar, 1);

        public Tensor add(Scalar scalar, Scalar alpha) => Wrap(falw_add_number(Handle, scalar.Value, alpha.Value));

        public Tensor add_(Tensor target) => add_(target, 1);

        public Tensor add_(Tensor target, Scalar alpha) => Done(falw_add_(Handle, target.Handle, alpha.Value));

        public Tensor add_(Scalar scalar) => add_(scalar, 1);

        public Tensor add_(Scalar scalar, Scalar alpha) => Done(falw_add_number_(Handle, scalar.Value, alpha.Value));

        public Tensor sub(Tensor target) => Wrap(falw_sub(Handle, target.Handle, Number.Of(1L)));

        public Tensor sub(Scalar target) => Wrap(falw_sub_number(Handle, target.Value, Number.Of(1L)));

        public Tensor sub_(Tensor target) => Done(falw_sub_(Handle, target.Handle, Number.Of(1L)));

        public Tensor sub_(Scalar target) => Done(falw_sub_number_(Handle, target.Value, Number.Of(1L)));

        public Tensor subtract(Tensor target) => sub(target);

        public Tensor subtract(Scalar target) => sub(target);

        public Tensor mul(Tensor target) => Wrap(falw_mul(Handle, target.Handle));

        public Tensor mul(Scalar target) => Wrap(falw_mul_number(Handle, target.Value));

        public Tensor mul_(Tensor target) => Done(falw_mul_(Handle, target.Handle));

        public Tensor mul_(Scalar target) => Done(falw_mul_number_(Handle, target.Value));

        public Tensor multiply(Tensor target) => mul(target);

        public Tensor multiply(Scalar target) => mul(target);

        public Tensor div(Tensor target, RoundingMode rounding_mode = RoundingMode.None) =>
            Wrap(falw_div(Handle, target.Handle, (int)rounding_mode));

        public Tensor div_(Tensor target, RoundingMode rounding_mode = RoundingMode.None) =>
            Done(falw_div_(Handle, target.Handle, (int)rounding_mode));

        public Tensor divide(Tensor target, RoundingMode rounding_mode = RoundingMode.None) => div(target, rounding_mode);

        public Tensor div(Scalar target, RoundingMode rounding_mode = RoundingMode.None) =>
            Wrap(falw_div_number(Handle, target.Value, (int)rounding_mode));

        public Tensor div_(Scalar target, RoundingMode rounding_mode = RoundingMode.None) =>
            Done(falw_div_number_(Handle, target.Value, (int)rounding_mode));

        public Tensor divide(Scalar target, RoundingMode rounding_mode = RoundingMode.None) => div(target, rounding_mode);

        public Tensor pow(Tensor exponent) => Wrap(falw_pow(Handle, exponent.Handle));

        public Tensor pow(Scalar exponent) => Wrap(falw_pow_number(Handle, exponent.Value));

        public Tensor pow_(Tensor exponent) => Done(falw_pow_(Handle, exponent.Handle));

        public Tensor pow_(Scalar exponent) => Done(falw_pow_number_(Handle, exponent.Value));

        public Tensor remainder(Tensor target) => Wrap(falw_remainder(Handle, target.Handle));

        public Tensor remainder(Scalar scalar) => Wrap(falw_remainder_number(Handle, scalar.Value));

        public Tensor remainder_(Tensor target) => Done(falw_remainder_(Handle, target.Handle));

        public Tensor remainder_(Scalar scalar) => Done(falw_remainder_number_(Handle, scalar.Value));

        public Tensor fmod(Tensor target) => Wrap(falw_fmod(Handle, target.Handle));

        public Tensor fmod(Scalar scalar) => Wrap(falw_fmod_number(Handle, scalar.Value));

        public Tensor fmod_(Tensor target) => Done(falw_fmod_(Handle, target.Handle));

        public Tensor fmod_(Scalar scalar) => Done(falw_fmod_number_(Handle, scalar.Value));

        public Tensor floor_divide(Tensor other) => Wrap(falw_floor_divide(Handle, other.Handle));

        public Tensor floor_divide(Scalar other) => Wrap(falw_floor_divide_number(Handle, other.Value));

        public Tensor floor_divide_(Tensor other) => Done(falw_floor_divide_(Handle, other.Handle));

        public Tensor floor_divide_(Scalar other) => Done(falw_floor_divide_number_(Handle, other.Value));
    }
}
