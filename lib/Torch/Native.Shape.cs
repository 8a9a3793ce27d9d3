using System.Runtime.InteropServices;

namespace TorchSharp;

/// <summary>The same elements in another arrangement.</summary>
internal static partial class Native
{
    [LibraryImport(Shim)]
    internal static partial TensorHandle falw_view(TensorHandle self, ReadOnlySpan<long> size, long n);
    [LibraryImport(Shim)]
    internal static partial TensorHandle falw_reshape(TensorHandle self, ReadOnlySpan<long> size, long n);
    [LibraryImport(Shim)]
    internal static partial TensorHandle falw_expand(TensorHandle self, ReadOnlySpan<long> size, long n, Flag @implicit);
    [LibraryImport(Shim)]
    internal static partial TensorHandle falw_repeat(TensorHandle self, ReadOnlySpan<long> size, long n);
    [LibraryImport(Shim)]
    internal static partial TensorHandle falw_permute(TensorHandle self, ReadOnlySpan<long> size, long n);
    [LibraryImport(Shim)]
    internal static partial TensorHandle falw_flip(TensorHandle self, ReadOnlySpan<long> size, long n);
    [LibraryImport(Shim)]
    internal static partial TensorHandle falw_as_strided(
        TensorHandle self, ReadOnlySpan<long> size, long n, ReadOnlySpan<long> stride, long offset);
    [LibraryImport(Shim)]
    internal static partial TensorHandle falw_flatten(TensorHandle self, long start, long end);
    [LibraryImport(Shim)]
    internal static partial TensorHandle falw_unflatten(TensorHandle self, long dim, ReadOnlySpan<long> size, long n);
    [LibraryImport(Shim)]
    internal static partial TensorHandle falw_transpose(TensorHandle self, long one, long two);
    [LibraryImport(Shim)]
    internal static partial TensorHandle falw_t(TensorHandle self);
    [LibraryImport(Shim)]
    internal static partial TensorHandle falw_unsqueeze(TensorHandle self, long dim);
    [LibraryImport(Shim)]
    internal static partial int falw_unsqueeze_(TensorHandle self, long dim);
    [LibraryImport(Shim)]
    internal static partial TensorHandle falw_squeeze(TensorHandle self);
    [LibraryImport(Shim)]
    internal static partial TensorHandle falw_squeeze_dim(TensorHandle self, long dim);
    [LibraryImport(Shim)]
    internal static partial TensorHandle falw_movedim(TensorHandle self, ReadOnlySpan<long> size, long n, ReadOnlySpan<long> destination);
    [LibraryImport(Shim)]
    internal static partial TensorHandle falw_roll(
        TensorHandle self, ReadOnlySpan<long> shifts, long shift_count, ReadOnlySpan<long> size, long n);
    [LibraryImport(Shim)]
    internal static partial TensorHandle falw_repeat_interleave(TensorHandle self, long repeats, Flag flat, long dim);
    [LibraryImport(Shim)]
    internal static partial TensorHandle falw_repeat_interleave_tensor(TensorHandle self, TensorHandle repeats, Flag flat, long dim);
    [LibraryImport(Shim)]
    internal static partial TensorHandle falw_triu(TensorHandle self, long diagonal);
    [LibraryImport(Shim)]
    internal static partial TensorHandle falw_tril(TensorHandle self, long diagonal);
    [LibraryImport(Shim)]
    internal static partial TensorHandle falw_diag(TensorHandle self, long diagonal);
    [LibraryImport(Shim)]
    internal static partial TensorHandle falw_diagonal(TensorHandle self, long offset, long one, long two);
    [LibraryImport(Shim)]
    internal static partial TensorHandle falw_unfold(TensorHandle self, long dim, long size, long step);
    [LibraryImport(Shim)]
    internal static partial TensorHandle falw_cat(ReadOnlySpan<nint> items, long count, long dim);
    [LibraryImport(Shim)]
    internal static partial TensorHandle falw_stack(ReadOnlySpan<nint> items, long count, long dim);
    [LibraryImport(Shim)]
    internal static partial TensorListHandle falw_broadcast_tensors(ReadOnlySpan<nint> items, long count);
    [LibraryImport(Shim)]
    internal static partial TensorListHandle falw_meshgrid(ReadOnlySpan<nint> items, long count, Flag by_row);
    [LibraryImport(Shim)]
    internal static partial TensorListHandle falw_chunk(TensorHandle self, long chunks, long dim);
    [LibraryImport(Shim)]
    internal static partial TensorListHandle falw_split(TensorHandle self, long size, long dim);
    [LibraryImport(Shim)]
    internal static partial TensorListHandle falw_split_sizes(TensorHandle self, ReadOnlySpan<long> size, long n, long dim);
    [LibraryImport(Shim)]
    internal static partial TensorListHandle falw_unbind(TensorHandle self, long dim);
    [LibraryImport(Shim)]
    internal static partial int falw_squeeze_(TensorHandle self);
    [LibraryImport(Shim)]
    internal static partial int falw_squeeze_dim_(TensorHandle self, long dim);
    [LibraryImport(Shim)]
    internal static partial TensorListHandle falw_tensor_split(TensorHandle self, long sections, long dim);
    [LibraryImport(Shim)]
    internal static partial TensorHandle falw_tile(TensorHandle self, ReadOnlySpan<long> size, long n);
}
