using System.Runtime.InteropServices;

namespace TorchSharp;

/// <summary>A tensor's life and what it is made of.</summary>
internal static partial class Native
{
    [LibraryImport(Shim)]
    internal static partial void falw_free(nint self);
    [LibraryImport(Shim)]
    internal static partial void falw_list_free(nint list);
    [LibraryImport(Shim)]
    internal static partial long falw_list_count(TensorListHandle list);
    [LibraryImport(Shim)]
    internal static partial TensorHandle falw_list_item(TensorListHandle list, long index);
    [LibraryImport(Shim)]
    internal static partial TensorHandle falw_alias(TensorHandle self);
    [LibraryImport(Shim)]
    internal static partial long falw_dim(TensorHandle self);
    [LibraryImport(Shim)]
    internal static partial long falw_numel(TensorHandle self);
    [LibraryImport(Shim)]
    internal static partial long falw_element_size(TensorHandle self);
    [LibraryImport(Shim)]
    internal static partial long falw_size(TensorHandle self, long dim);
    [LibraryImport(Shim)]
    internal static partial int falw_sizes(TensorHandle self, Span<long> into);
    [LibraryImport(Shim)]
    internal static partial int falw_strides(TensorHandle self, Span<long> into);
    [LibraryImport(Shim)]
    internal static partial long falw_storage_offset(TensorHandle self);
    [LibraryImport(Shim)]
    internal static partial int falw_dtype(TensorHandle self);
    [LibraryImport(Shim)]
    internal static partial int falw_device_type(TensorHandle self);
    [LibraryImport(Shim)]
    internal static partial int falw_device_index(TensorHandle self);
    [LibraryImport(Shim)]
    internal static partial int falw_is_contiguous(TensorHandle self);
    [LibraryImport(Shim)]
    internal static partial int falw_is_sparse(TensorHandle self);
    [LibraryImport(Shim)]
    internal static partial int falw_is_pinned(TensorHandle self);
    [LibraryImport(Shim)]
    internal static partial int falw_is_nonzero(TensorHandle self);
    [LibraryImport(Shim)]
    internal static partial nint falw_data(TensorHandle self);
    [LibraryImport(Shim)]
    internal static partial int falw_item(TensorHandle self, out Number into);
    [LibraryImport(Shim)]
    internal static partial TensorHandle falw_to(TensorHandle self, int dtype, int device, int index, Flag copy, Flag non_blocking);
    [LibraryImport(Shim)]
    internal static partial TensorHandle falw_to_type(TensorHandle self, int dtype, Flag copy, Flag non_blocking);
    [LibraryImport(Shim)]
    internal static partial TensorHandle falw_to_device(TensorHandle self, int device, int index, Flag copy, Flag non_blocking);
    [LibraryImport(Shim)]
    internal static partial TensorHandle falw_pin_memory(TensorHandle self);
    [LibraryImport(Shim)]
    internal static partial TensorHandle falw_clone(TensorHandle self);
    [LibraryImport(Shim)]
    internal static partial TensorHandle falw_contiguous(TensorHandle self);
    [LibraryImport(Shim)]
    internal static partial int falw_copy_(TensorHandle self, TensorHandle source, Flag non_blocking);
    [LibraryImport(Shim)]
    internal static partial int falw_set_(TensorHandle self, TensorHandle source);
}
