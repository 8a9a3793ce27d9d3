using TorchSharp.Utils;
using static TorchSharp.torch;

namespace TorchSharp
{
    namespace Modules
    {
        /// <summary>Weight [outputs, inputs] and bias [outputs].</summary>
        public sealed class Linear : nn.Module<Tensor, Tensor>
        {
            [ComponentName(Name = nameof(weight))]
            private Parameter? _weight;

            [ComponentName(Name = nameof(bias))]
            private Parameter? _bias;

            internal Linear(Parameter weight, Parameter? bias) : base(nameof(Linear))
            {
                (out_features, in_features) = (weight.size(0), weight.size(1));
                this.weight = weight;
                if (bias is not null) this.bias = bias;
            }

            internal Linear(long inputSize, long outputSize, bool hasBias, Device? device, ScalarType? dtype) : base(nameof(Linear))
            {
                (out_features, in_features) = (outputSize, inputSize);
                weight = nn.Parameter(empty(outputSize, inputSize, dtype, device));
                if (hasBias) bias = nn.Parameter(empty(outputSize, dtype, device));
                Layers.Start(weight, bias);
            }

            public long in_features { get; set; }

            public long out_features { get; set; }

            public Parameter weight
            {
                get => _weight!;
                set => Layers.Replace(ref _weight, value, p => ConditionallyRegisterParameter(nameof(weight), p));
            }

            public Parameter? bias
            {
                get => _bias;
                set => Layers.Replace(ref _bias, value, p => ConditionallyRegisterParameter(nameof(bias), p));
            }

            public override Tensor forward(Tensor input) => nn.functional.linear(input, weight, bias);
        }
    }

    public static partial class torch
    {
        public static partial class nn
        {
            public static Modules.Linear Linear(
                long inputSize, long outputSize, bool hasBias = true, Device? device = null, ScalarType? dtype = null) =>
                new(inputSize, outputSize, hasBias, device, dtype);

            public static Modules.Linear Linear(Modules.Parameter weight, Modules.Parameter? bias = null) => new(weight, bias);

            public static partial class functional
            {
                public static Tensor linear(Tensor input, Tensor weights, Tensor? bias = null) =>
                    Native.Wrap(Native.falw_linear(input.Handle, weights.Handle, Maybe(bias)));
            }
        }
    }
}
