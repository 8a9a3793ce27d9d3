using System.Runtime.InteropServices;

namespace TorchSharp;

/// <summary>Elements chosen by place, list or mask.</summary>
internal static partial class Native
{
    [LibraryImport(Shim)]
    internal static partial TensorHandle falw_index(TensorHandle self, ReadOnlySpan<Place> entries, long count);
    [LibraryImport(Shim)]
    internal static partial int falw_index_put_(TensorHandle self, ReadOnlySpan<Place> entries, long count, TensorHandle value);
    [LibraryImport(Shim)]
    internal static partial int falw_index_put_number_(TensorHandle self, ReadOnlySpan<Place> entries, long count, Number value);
    [LibraryImport(Shim)]
    internal static partial TensorHandle falw_select(TensorHandle self, long dim, long index);
    [LibraryImport(Shim)]
    internal static partial TensorHandle falw_narrow(TensorHandle self, long dim, long start, long length);
    [LibraryImport(Shim)]
    internal static partial TensorHandle falw_slice(TensorHandle self, long dim, long start, long finish, long step);
    [LibraryImport(Shim)]
    internal static partial TensorHandle falw_index_select(TensorHandle self, long dim, TensorHandle index);
    [LibraryImport(Shim)]
    internal static partial TensorHandle falw_take(TensorHandle self, TensorHandle index);
    [LibraryImport(Shim)]
    internal static partial TensorHandle falw_take_along_dim(TensorHandle self, TensorHandle index, long dim);
    [LibraryImport(Shim)]
    internal static partial TensorHandle falw_gather(TensorHandle self, long dim, TensorHandle index);
    [LibraryImport(Shim)]
    internal static partial TensorHandle falw_masked_select(TensorHandle self, TensorHandle mask);
    [LibraryImport(Shim)]
    internal static partial TensorHandle falw_nonzero(TensorHandle self);
    [LibraryImport(Shim)]
    internal static partial TensorListHandle falw_nonzero_list(TensorHandle self);
    [LibraryImport(Shim)]
    internal static partial TensorHandle falw_where(TensorHandle condition, TensorHandle x, TensorHandle y);
    [LibraryImport(Shim)]
    internal static partial TensorHandle falw_isin(TensorHandle self, TensorHandle among, Flag unique, Flag invert);
    [LibraryImport(Shim)]
    internal static partial TensorHandle falw_scatter(TensorHandle self, long dim, TensorHandle index, TensorHandle source);
    [LibraryImport(Shim)]
    internal static partial int falw_scatter_(TensorHandle self, long dim, TensorHandle index, TensorHandle source);
    [LibraryImport(Shim)]
    internal static partial TensorHandle falw_scatter_add(TensorHandle self, long dim, TensorHandle index, TensorHandle source);
    [LibraryImport(Shim)]
    internal static partial int falw_scatter_add_(TensorHandle self, long dim, TensorHandle index, TensorHandle source);
    [LibraryImport(Shim)]
    internal static partial TensorHandle falw_index_copy(TensorHandle self, long dim, TensorHandle index, TensorHandle source);
    [LibraryImport(Shim)]
    internal static partial int falw_index_copy_(TensorHandle self, long dim, TensorHandle index, TensorHandle source);
    [LibraryImport(Shim)]
    internal static partial TensorHandle falw_index_add(TensorHandle self, long dim, TensorHandle index, TensorHandle source, Number alpha);
    [LibraryImport(Shim)]
    internal static partial int falw_index_add_(TensorHandle self, long dim, TensorHandle index, TensorHandle source, Number alpha);
    [LibraryImport(Shim)]
    internal static partial TensorHandle falw_index_fill(TensorHandle self, long dim, TensorHandle index, Number value);
    [LibraryImport(Shim)]
    internal static partial int falw_index_fill_(TensorHandle self, long dim, TensorHandle index, Number value);
    [LibraryImport(Shim)]
    internal static partial TensorHandle falw_masked_fill(TensorHandle self, TensorHandle mask, Number value);
    [LibraryImport(Shim)]
    internal static partial int falw_masked_fill_(TensorHandle self, TensorHandle mask, Number value);
    [LibraryImport(Shim)]
    internal static partial TensorHandle falw_masked_scatter(TensorHandle self, TensorHandle mask, TensorHandle source);
    [LibraryImport(Shim)]
    internal static partial int falw_masked_scatter_(TensorHandle self, TensorHandle mask, TensorHandle source);
}
