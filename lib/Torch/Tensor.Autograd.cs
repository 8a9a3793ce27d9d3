using static TorchSharp.Native;

namespace TorchSharp;

public static partial class torch
{
    /// <content>Gradients of one tensor.</content>
    public partial class Tensor
    {
        public bool is_leaf => Answer(falw_is_leaf(Handle));

        public bool requires_grad
        {
            get => Answer(falw_requires_grad(Handle));
            set => Check(falw_set_requires_grad(Handle, value));
        }

        /// <summary>The gradient, null when there is none. Each read is a new wrapper, owned by the current dispose scope.</summary>
        public Tensor? grad
        {
            get
            {
                Check(falw_grad(Handle, out var gradient));
                return gradient.IsInvalid ? null : new Tensor(gradient);
            }

            set => Check(falw_set_grad(Handle, value is null ? TensorHandle.None : value.Handle));
        }

        public Tensor requires_grad_(bool requires_grad = true) => with_requires_grad(requires_grad);

        /// <summary>Sets the flag on this tensor and returns it, as TorchSharp does.</summary>
        public Tensor with_requires_grad(bool requires_grad = true)
        {
            this.requires_grad = requires_grad;
            return this;
        }

        public void retain_grad() => Check(falw_retain_grad(Handle));

        public Tensor detach() => Wrap(falw_detach(Handle));

        public Tensor detach_() => Done(falw_detach_(Handle));

        public void backward() => autograd.backward([this]);

        public void backward(
            IList<Tensor>? grad_tensors = null, bool retain_graph = false, bool create_graph = false, IList<Tensor>? inputs = null) =>
            autograd.backward([this], grad_tensors, retain_graph, create_graph, inputs);
    }
}
