using static TorchSharp.Native;

namespace TorchSharp;

public static partial class torch
{
    /// <content>The same elements in another arrangement; most of these are views.</content>
    public partial class Tensor
    {
        public Tensor view(params long[] shape) => Wrap(falw_view(Handle, shape, shape.Length));

        public Tensor view_as(Tensor other) => view(other.shape);

        public Tensor reshape(params long[] shape) => Wrap(falw_reshape(Handle, shape, shape.Length));

        public Tensor flatten(long start_dim = 0, long end_dim = -1) => Wrap(falw_flatten(Handle, start_dim, end_dim));

        public Tensor unflatten(long dim, params long[] sizes) => Wrap(falw_unflatten(Handle, dim, sizes, sizes.Length));

        public Tensor ravel() => reshape(-1);

        public Tensor squeeze(long? dim = null) => Wrap(dim is { } one ? falw_squeeze_dim(Handle, one) : falw_squeeze(Handle));

        public Tensor unsqueeze(long dim) => Wrap(falw_unsqueeze(Handle, dim));

        public Tensor unsqueeze_(long dim) => Done(falw_unsqueeze_(Handle, dim));

        public Tensor expand(ReadOnlySpan<long> sizes, bool isImplicit = false) =>
            Wrap(falw_expand(Handle, sizes, sizes.Length, isImplicit));

        public Tensor expand(long[] sizes, bool isImplicit = false) => expand((ReadOnlySpan<long>)sizes, isImplicit);

        public Tensor expand(params long[] sizes) => expand((ReadOnlySpan<long>)sizes);

        public Tensor expand_as(Tensor other) => expand(other.shape);

        public Tensor broadcast_to(params long[] shape) => expand(shape);

        public Tensor repeat(params long[] sizes) => Wrap(falw_repeat(Handle, sizes, sizes.Length));

        public Tensor repeat_interleave(long repeats, long? dim = null) =>
            Wrap(falw_repeat_interleave(Handle, repeats, dim is null, dim ?? 0));

        public Tensor repeat_interleave(Tensor repeats, long? dim = null) =>
            Wrap(falw_repeat_interleave_tensor(Handle, repeats.Handle, dim is null, dim ?? 0));

        public Tensor permute(params long[] permutation) => Wrap(falw_permute(Handle, permutation, permutation.Length));

        public Tensor permute(IEnumerable<long> permutation) => permute(permutation.ToArray());

        public Tensor transpose(long dim0, long dim1) => Wrap(falw_transpose(Handle, dim0, dim1));

        public Tensor t() => Wrap(falw_t(Handle));

        public Tensor T => permute([.. Enumerable.Range(0, (int)ndim).Select(i => ndim - 1 - i)]);

        public Tensor mT => transpose(-2, -1);

        public Tensor movedim(long[] source, long[] destination) => Wrap(falw_movedim(Handle, source, source.Length, destination));

        public Tensor flip(params long[] dims) => Wrap(falw_flip(Handle, dims, dims.Length));

        public Tensor roll(long shifts, long? dims = null) => dims is { } one ? roll([shifts], [one]) : roll([shifts], []);

        public Tensor roll(long[] shifts, long[] dims) => roll((ReadOnlySpan<long>)shifts, dims);

        public Tensor roll(ReadOnlySpan<long> shifts, ReadOnlySpan<long> dims = default) =>
            Wrap(falw_roll(Handle, shifts, shifts.Length, dims, dims.Length));

        public Tensor as_strided(long[] size, long[] strides, long storageOffset = 0L) =>
            Wrap(falw_as_strided(Handle, size, size.Length, strides, storageOffset));

        public Tensor unfold(long dimension, long size, long step) => Wrap(falw_unfold(Handle, dimension, size, step));

        public Tensor triu(long diagonal = 0) => Wrap(falw_triu(Handle, diagonal));

        public Tensor tril(long diagonal = 0) => Wrap(falw_tril(Handle, diagonal));

        public Tensor diag(long diagonal = 0) => Wrap(falw_diag(Handle, diagonal));

        public Tensor diagonal(long offset = 0L, long dim1 = 0L, long dim2 = 1L) => Wrap(falw_diagonal(Handle, offset, dim1, dim2));

        public Tensor[] chunk(long chunks, long dim = 0L) => WrapAll(falw_chunk(Handle, chunks, dim));

        public Tensor[] split(long size, int dim = 0) => WrapAll(falw_split(Handle, size, dim));

        public Tensor[] split(long[] sizes, long dim = 0) => WrapAll(falw_split_sizes(Handle, sizes, sizes.Length, dim));

        public Tensor[] unbind(long dimension = 0L) => WrapAll(falw_unbind(Handle, dimension));

        public Tensor squeeze_(long? dim = null) => Done(dim is { } one ? falw_squeeze_dim_(Handle, one) : falw_squeeze_(Handle));

        public Tensor tile(long[] reps) => Wrap(falw_tile(Handle, reps, reps.Length));

        public Tensor[] tensor_split(long size, long dim = 0L) => WrapAll(falw_tensor_split(Handle, size, dim));
    }
}
