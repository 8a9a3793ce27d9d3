using static TorchSharp.Native;

namespace TorchSharp;

public static partial class torch
{
    public static partial class autograd
    {
        /// <summary>
        /// Sum of the gradients of <paramref name="outputs"/> with respect to <paramref name="inputs"/>, not accumulated anywhere.
        /// As in TorchSharp <paramref name="retain_graph"/> does not follow <paramref name="create_graph"/>: pass both for double use.
        /// An unused input gives null where <paramref name="allow_unused"/> lets it.
        /// </summary>
        public static IList<Tensor> grad(
            IList<Tensor> outputs,
            IList<Tensor> inputs,
            IList<Tensor>? grad_outputs = null,
            bool retain_graph = false,
            bool create_graph = false,
            bool allow_unused = false)
        {
            using var from = new Handles(outputs);
            using var to = new Handles(inputs);
            using var vector = new Handles(grad_outputs);
            return WrapList(falw_autograd_grad(
                from.Pointers, from.Count, to.Pointers, to.Count, vector.Pointers, vector.Count,
                retain_graph, create_graph, allow_unused))!;
        }

        /// <summary>Accumulates gradients into leaves, or only into <paramref name="inputs"/> where given.</summary>
        public static void backward(
            IList<Tensor> tensors,
            IList<Tensor>? grad_tensors = null,
            bool? retain_graph = null,
            bool create_graph = false,
            IList<Tensor>? inputs = null)
        {
            using var from = new Handles(tensors);
            using var vector = new Handles(grad_tensors);
            using var to = new Handles(inputs);
            Check(falw_backward(
                from.Pointers, from.Count, vector.Pointers, vector.Count,
                retain_graph ?? create_graph, create_graph, to.Pointers, to.Count));
        }

        public static void backward(
            Tensor tensor,
            IList<Tensor>? grad_tensors = null,
            bool? retain_graph = null,
            bool create_graph = false,
            IList<Tensor>? inputs = null) =>
            backward([tensor], grad_tensors, retain_graph, create_graph, inputs);
    }

    public static IDisposable no_grad() => new GradientMode(false);

    public static IDisposable enable_grad(bool enabled = true) => new GradientMode(enabled);

    public static IDisposable set_grad_enabled(bool mode = true) => new GradientMode(mode);

    public static bool is_grad_enabled() => falw_grad_enabled() != 0;

    public static IDisposable inference_mode(bool mode = true) => new InferenceMode(mode);

    public static bool is_inference_mode_enabled() => falw_inference_enabled() != 0;

    /// <summary>Puts the thread's former mode back when disposed.</summary>
    private sealed class GradientMode : IDisposable
    {
        private readonly bool before = is_grad_enabled();

        internal GradientMode(bool enabled) => falw_set_grad_enabled(enabled);

        public void Dispose() => falw_set_grad_enabled(before);
    }

    private sealed class InferenceMode(bool enabled) : IDisposable
    {
        private nint guard = falw_inference_enter(enabled);

        public void Dispose()
        {
            if (guard != 0) falw_inference_leave(guard);
            guard = 0;
        }
    }
}
