using static TorchSharp.Native;

namespace TorchSharp;

public static partial class torch
{
    /// <content>Elements chosen by place, by list or by mask, and put back.</content>
    public partial class Tensor
    {
        public Tensor select(long dim, long index) => Wrap(falw_select(Handle, dim, index));

        public Tensor narrow(long dim, long start, long length) => Wrap(falw_narrow(Handle, dim, start, length));

        public Tensor slice(long dim, long start, long finish, long step) => Wrap(falw_slice(Handle, dim, start, finish, step));

        public Tensor index_select(long dim, Tensor index) => Wrap(falw_index_select(Handle, dim, index.Handle));

        public Tensor take(Tensor index) => Wrap(falw_take(Handle, index.Handle));

        public Tensor take_along_dim(Tensor indices, long dim) => Wrap(falw_take_along_dim(Handle, indices.Handle, dim));

        public Tensor gather(long dim, Tensor index) => Wrap(falw_gather(Handle, dim, index.Handle));

        public Tensor scatter(long dim, Tensor index, Tensor src) => Wrap(falw_scatter(Handle, dim, index.Handle, src.Handle));

        public Tensor scatter_(long dim, Tensor index, Tensor src) => Done(falw_scatter_(Handle, dim, index.Handle, src.Handle));

        public Tensor scatter_add(long dim, Tensor index, Tensor src) => Wrap(falw_scatter_add(Handle, dim, index.Handle, src.Handle));

        public Tensor scatter_add_(long dim, Tensor index, Tensor src) => Done(falw_scatter_add_(Handle, dim, index.Handle, src.Handle));

        public Tensor index_add(long dim, Tensor index, Tensor source, Scalar alpha) =>
            Wrap(falw_index_add(Handle, dim, index.Handle, source.Handle, alpha.Value));

        public Tensor index_add_(long dim, Tensor index, Tensor source, Scalar alpha) =>
            Done(falw_index_add_(Handle, dim, index.Handle, source.Handle, alpha.Value));

        public Tensor index_copy(long dim, Tensor index, Tensor source) => Wrap(falw_index_copy(Handle, dim, index.Handle, source.Handle));

        public Tensor index_copy_(long dim, Tensor index, Tensor source) =>
            Done(falw_index_copy_(Handle, dim, index.Handle, source.Handle));

        public Tensor index_fill(long dim, Tensor index, Scalar value) => Wrap(falw_index_fill(Handle, dim, index.Handle, value.Value));

        public Tensor index_fill_(long dim, Tensor index, Scalar value) => Done(falw_index_fill_(Handle, dim, index.Handle, value.Value));

        public Tensor masked_fill(Tensor mask, Scalar value) => Wrap(falw_masked_fill(Handle, mask.Handle, value.Value));

        public Tensor masked_fill_(Tensor mask, Scalar value) => Done(falw_masked_fill_(Handle, mask.Handle, value.Value));

        public Tensor masked_select(Tensor mask) => Wrap(falw_masked_select(Handle, mask.Handle));

        public Tensor masked_scatter(Tensor mask, Tensor value) => Wrap(falw_masked_scatter(Handle, mask.Handle, value.Handle));

        public Tensor masked_scatter_(Tensor mask, Tensor value) => Done(falw_masked_scatter_(Handle, mask.Handle, value.Handle));

        public Tensor nonzero() => Wrap(falw_nonzero(Handle));

        /// <summary>This tensor's elements where <paramref name="condition"/> holds, those of <paramref name="y"/> elsewhere.</summary>
        public Tensor where(Tensor condition, Tensor y) =>
            condition.dtype == ScalarType.Bool
                ? Wrap(falw_where(condition.Handle, Handle, y.Handle))
                : throw new ArgumentException($"The condition to 'where' must be a boolean tensor: {condition.dtype}.", nameof(condition));
    }
}
