using TorchSharp.Utils;
using static TorchSharp.torch;

namespace TorchSharp
{
    public enum PaddingModes
    {
        Zeros = 0,
        Reflect = 1,
        Replicate = 2,
        Circular = 3,
        Constant = 4,
    }

    public enum Padding
    {
        Valid = 0,
        Same = 1,
    }

    namespace Modules
    {
        /// <summary>What convolutions share: settings, weight [out, in / groups, kernel...] and bias [out].</summary>
        public abstract class Convolution : nn.Module<Tensor, Tensor>
        {
            [ComponentName(Name = nameof(weight))]
            private Parameter? _weight;

            [ComponentName(Name = nameof(bias))]
            private Parameter? _bias;

            private protected Convolution(string name, long in_channels, long out_channels, Window window, long groups, bool bias,
                PaddingModes padding_mode, Device? device, ScalarType? dtype) : base(name)
            {
                if (window.PaddingType == Padding.Same && window.Stride.Any(s => s != 1))
                    throw new ArgumentException("padding='same' is not supported for strided convolutions. Give the padding as a number.");
                (this.in_channels, this.out_channels, this.groups, this.padding_mode) = (in_channels, out_channels, groups, padding_mode);
                (kernel_size, stride, dilation) = (window.Kernel, window.Stride, window.Dilation);
                (padding, padding_type) = (window.Padding, window.PaddingType);
                weight = nn.Parameter(empty((long[])[out_channels, in_channels / groups, .. kernel_size], dtype, device));
                if (bias) this.bias = nn.Parameter(empty(out_channels, dtype, device));
                reset_parameters();
            }

            public long in_channels { get; }

            public long out_channels { get; }

            public long[] kernel_size { get; set; }

            public long[] stride { get; set; }

            public long[]? padding { get; private set; }

            public Padding? padding_type { get; private set; }

            public long[] dilation { get; set; }

            public long groups { get; set; }

            public PaddingModes padding_mode { get; set; }

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

            /// <summary>PyTorch's start: weights uniform as He et al. 2015 with a = sqrt(5), biases uniform in 1 / sqrt(fan in).</summary>
            public void reset_parameters() => Layers.Start(weight, bias);

            /// <summary>Before and after, last dimension first, as `pad` takes it.</summary>
            private protected long[] Border() => padding is not null
                ? [.. padding.Reverse().SelectMany(p => new[] { p, p })]
                : [.. Enumerable.Range(0, kernel_size.Length).Reverse().SelectMany(SameBorder)];

            private long[] SameBorder(int i)
            {
                var total = padding_type == Padding.Same ? dilation[i] * (kernel_size[i] - 1) : 0;
                return [total / 2, total - (total / 2)];
            }

            /// <summary>How a kernel walks over its input.</summary>
            private protected readonly record struct Window(
                long[] Kernel, long[] Stride, long[]? Padding, Padding? PaddingType, long[] Dilation);
        }
    }
}
