using static TorchSharp.Native;

namespace TorchSharp;

/// <content>Joining, splitting, choosing and rearranging, as functions.</content>
public static partial class torch
{
    public static Tensor cat(IList<Tensor> tensors, long dim = 0)
    {
        using var items = new Handles(tensors);
        return Wrap(falw_cat(items.Pointers, items.Count, dim));
    }

    public static Tensor concat(IList<Tensor> tensors, long dim = 0) => cat(tensors, dim);

    public static Tensor stack(IEnumerable<Tensor> tensors, long dim = 0)
    {
        using var items = new Handles(tensors);
        return Wrap(falw_stack(items.Pointers, items.Count, dim));
    }

    public static Tensor vstack(IList<Tensor> tensors) => cat(tensors);

    public static IList<Tensor> broadcast_tensors(params Tensor[] tensors)
    {
        using var items = new Handles(tensors);
        return WrapAll(falw_broadcast_tensors(items.Pointers, items.Count));
    }

    public static Tensor[] meshgrid(IEnumerable<Tensor> tensors, string indexing = "ij")
    {
        using var items = new Handles(tensors);
        return WrapAll(falw_meshgrid(items.Pointers, items.Count, string.Equals(indexing, "ij", StringComparison.Ordinal)));
    }

    public static Tensor[] chunk(Tensor input, long chunks, long dim = 0) => input.chunk(chunks, dim);

    public static Tensor[] split(Tensor tensor, long[] split_size_or_sections, long dim = 0L) => tensor.split(split_size_or_sections, dim);

    public static Tensor[] unbind(Tensor input, long dim = 0L) => input.unbind(dim);

    public static Tensor where(Tensor condition, Tensor x, Tensor y) => x.where(condition, y);

    /// <summary>The places where the condition holds: one tensor of indices per dimension.</summary>
    public static Tensor[] where(Tensor condition) => WrapAll(falw_nonzero_list(condition.Handle));

    public static Tensor gather(Tensor input, long dim, Tensor index) => input.gather(dim, index);

    public static Tensor scatter(Tensor input, long dim, Tensor index, Tensor src) => input.scatter(dim, index, src);

    public static Tensor scatter_add(Tensor input, long dim, Tensor index, Tensor src) => input.scatter_add(dim, index, src);

    public static Tensor index_select(Tensor input, long dim, Tensor index) => input.index_select(dim, index);

    public static Tensor masked_select(Tensor input, Tensor mask) => input.masked_select(mask);

    public static Tensor nonzero(Tensor input) => input.nonzero();

    public static Tensor narrow(Tensor input, long dim, long start, long length) => input.narrow(dim, start, length);

    public static Tensor select(Tensor input, long dim, long index) => input.select(dim, index);

    public static Tensor take(Tensor input, Tensor index) => input.take(index);

    public static Tensor flatten(Tensor input, long start_dim = 0, long end_dim = -1) => input.flatten(start_dim, end_dim);

    public static Tensor reshape(Tensor input, params long[] shape) => input.reshape(shape);

    public static Tensor permute(Tensor input, params long[] permutation) => input.permute(permutation);

    public static Tensor transpose(Tensor input, long dim0, long dim1) => input.transpose(dim0, dim1);

    public static Tensor squeeze(Tensor input, long? dim = null) => input.squeeze(dim);

    public static Tensor unsqueeze(Tensor input, long dim) => input.unsqueeze(dim);

    public static Tensor broadcast_to(Tensor input, params long[] shape) => input.broadcast_to(shape);

    public static Tensor flip(Tensor input, params long[] dims) => input.flip(dims);

    public static Tensor roll(Tensor input, long shifts, long? dims = null) => input.roll(shifts, dims);

    public static Tensor repeat_interleave(Tensor input, long repeats, long? dim = null) => input.repeat_interleave(repeats, dim);

    public static Tensor triu(Tensor input, long diagonal = 0L) => input.triu(diagonal);

    public static Tensor tril(Tensor input, long diagonal = 0) => input.tril(diagonal);

    public static Tensor diag(Tensor input, long diagonal = 0) => input.diag(diagonal);

    public static Tensor clone(Tensor input) => input.clone();

    public static Tensor hstack(IList<Tensor> tensors) => cat(tensors, tensors[0].ndim == 1 ? 0 : 1);

    public static Tensor tile(Tensor input, long[] dims) => input.tile(dims);

    public static Tensor[] tensor_split(Tensor input, long indices_or_sections, long dim = 0L) =>
        input.tensor_split(indices_or_sections, dim);
}
