namespace TorchSharp
{
    namespace Modules
    {
        /// <summary>A tensor that a module trains. It takes the tensor it is made from over: that wrapper is gone afterwards.</summary>
        public class Parameter : torch.Tensor
        {
            public Parameter(torch.Tensor data, bool requires_grad = true) :
                base(Native.falw_alias(data.with_requires_grad(requires_grad).Handle))
            {
                MoveToOtherDisposeScope(data.OwningDisposeScope);
                data.Dispose();
            }
        }
    }

    public static partial class torch
    {
        public static partial class nn
        {
            public static Modules.Parameter Parameter(Tensor data, bool requires_grad = true) => new(data, requires_grad);
        }
    }

    public static class ParameterExtensionMethods
    {
        public static Modules.Parameter AsParameter(this torch.Tensor tensor) => new(tensor);
    }
}
