using System.Runtime.InteropServices;

namespace TorchSharp;

/// <summary>Gradients.</summary>
internal static partial class Native
{
    [LibraryImport(Shim)]
    internal static partial int falw_requires_grad(TensorHandle self);
    [LibraryImport(Shim)]
    internal static partial int falw_set_requires_grad(TensorHandle self, Flag value);
    [LibraryImport(Shim)]
    internal static partial int falw_is_leaf(TensorHandle self);
    [LibraryImport(Shim)]
    internal static partial int falw_retain_grad(TensorHandle self);
    [LibraryImport(Shim)]
    internal static partial TensorHandle falw_detach(TensorHandle self);
    [LibraryImport(Shim)]
    internal static partial int falw_detach_(TensorHandle self);
    [LibraryImport(Shim)]
    internal static partial int falw_grad(TensorHandle self, out TensorHandle into);
    [LibraryImport(Shim)]
    internal static partial int falw_set_grad(TensorHandle self, TensorHandle grad);
    [LibraryImport(Shim)]
    internal static partial int falw_backward(
        ReadOnlySpan<nint> tensors, long count, ReadOnlySpan<nint> grads, long grad_count, Flag retain_graph, Flag create_graph,
        ReadOnlySpan<nint> inputs, long input_count);
    [LibraryImport(Shim)]
    internal static partial TensorListHandle falw_autograd_grad(
        ReadOnlySpan<nint> outputs, long output_count, ReadOnlySpan<nint> inputs, long input_count, ReadOnlySpan<nint> grads,
        long grad_count, Flag retain_graph, Flag create_graph, Flag allow_unused);
    [LibraryImport(Shim)]
    internal static partial int falw_grad_enabled();
    [LibraryImport(Shim)]
    internal static partial void falw_set_grad_enabled(Flag enabled);
    [LibraryImport(Shim)]
    internal static partial nint falw_inference_enter(Flag enabled);
    [LibraryImport(Shim)]
    internal static partial void falw_inference_leave(nint guard);
    [LibraryImport(Shim)]
    internal static partial int falw_inference_enabled();
}
