using static TorchSharp.Native;

namespace TorchSharp;

public static partial class torch
{
    /// <content>Comparisons, element by element, and logic on their results.</content>
    public partial class Tensor
    {
        public Tensor eq(Tensor target) => Wrap(falw_eq(Handle, target.Handle));

        public Tensor eq(Scalar target) => Wrap(falw_eq_number(Handle, target.Value));

        public Tensor eq_(Tensor target) => Done(falw_eq_(Handle, target.Handle));

        public Tensor eq_(Scalar target) => Done(falw_eq_number_(Handle, target.Value));

        public Tensor equal(Tensor target) => eq(target);

        public Tensor ne(Tensor target) => Wrap(falw_ne(Handle, target.Handle));

        public Tensor ne(Scalar target) => Wrap(falw_ne_number(Handle, target.Value));

        public Tensor ne_(Tensor target) => Done(falw_ne_(Handle, target.Handle));

        public Tensor ne_(Scalar target) => Done(falw_ne_number_(Handle, target.Value));

        public Tensor not_equal(Tensor target) => ne(target);

        public Tensor lt(Tensor target) => Wrap(falw_lt(Handle, target.Handle));

        public Tensor lt(Scalar target) => Wrap(falw_lt_number(Handle, target.Value));

        public Tensor lt_(Tensor target) => Done(falw_lt_(Handle, target.Handle));

        public Tensor lt_(Scalar target) => Done(falw_lt_number_(Handle, target.Value));

        public Tensor less(Tensor target) => lt(target);

        public Tensor le(Tensor target) => Wrap(falw_le(Handle, target.Handle));

        public Tensor le(Scalar target) => Wrap(falw_le_number(Handle, target.Value));

        public Tensor le_(Tensor target) => Done(falw_le_(Handle, target.Handle));

        public Tensor le_(Scalar target) => Done(falw_le_number_(Handle, target.Value));

        public Tensor less_equal(Tensor target) => le(target);

        public Tensor gt(Tensor target) => Wrap(falw_gt(Handle, target.Handle));

        public Tensor gt(Scalar target) => Wrap(falw_gt_number(Handle, target.Value));

        public Tensor gt_(Tensor target) => Done(falw_gt_(Handle, target.Handle));

        public Tensor gt_(Scalar target) => Done(falw_gt_number_(Handle, target.Value));

        public Tensor greater(Tensor target) => gt(target);

        public Tensor ge(Tensor target) => Wrap(falw_ge(Handle, target.Handle));

        public Tensor ge(Scalar target) => Wrap(falw_ge_number(Handle, target.Value));

        public Tensor ge_(Tensor target) => Done(falw_ge_(Handle, target.Handle));

        public Tensor ge_(Scalar target) => Done(falw_ge_number_(Handle, target.Value));

        public Tensor greater_equal(Tensor target) => ge(target);

        public Tensor bitwise_and(Tensor other) => Wrap(falw_bitwise_and(Handle, other.Handle));

        public Tensor bitwise_and_(Tensor other) => Done(falw_bitwise_and_(Handle, other.Handle));

        public Tensor bitwise_or(Tensor other) => Wrap(falw_bitwise_or(Handle, other.Handle));

        public Tensor bitwise_or_(Tensor other) => Done(falw_bitwise_or_(Handle, other.Handle));

        public Tensor bitwise_xor(Tensor other) => Wrap(falw_bitwise_xor(Handle, other.Handle));

        public Tensor bitwise_xor_(Tensor other) => Done(falw_bitwise_xor_(Handle, other.Handle));

        public Tensor logical_and(Tensor other) => Wrap(falw_logical_and(Handle, other.Handle));

        public Tensor logical_and_(Tensor other) => Done(falw_logical_and_(Handle, other.Handle));

        public Tensor logical_or(Tensor other) => Wrap(falw_logical_or(Handle, other.Handle));

        public Tensor logical_or_(Tensor other) => Done(falw_logical_or_(Handle, other.Handle));

        public Tensor logical_xor(Tensor other) => Wrap(falw_logical_xor(Handle, other.Handle));

        public Tensor logical_xor_(Tensor other) => Done(falw_logical_xor_(Handle, other.Handle));

        public Tensor maximum(Tensor other) => Wrap(falw_maximum(Handle, other.Handle));

        public Tensor minimum(Tensor other) => Wrap(falw_minimum(Handle, other.Handle));

        public Tensor max(Tensor other) => maximum(other);

        public Tensor min(Tensor other) => minimum(other);

        public Tensor isclose(Tensor other, double rtol = 1e-05, double atol = 1e-08, bool nanEqual = false) =>
            Wrap(falw_isclose(Handle, other.Handle, rtol, atol, nanEqual));

        public bool allclose(Tensor target, double rtol = 1e-05, double atol = 1e-08, bool equal_nan = false) =>
            Answer(falw_allclose(Handle, target.Handle, rtol, atol, equal_nan));

        public Tensor isin(Tensor test_elements, bool assumeUnique = false, bool invert = false) =>
            Wrap(falw_isin(Handle, test_elements.Handle, assumeUnique, invert));
    }
}
