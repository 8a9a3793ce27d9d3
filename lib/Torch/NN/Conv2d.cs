using static TorchSharp.torch;

namespace TorchSharp
{
    namespace Modules
    {
        public sealed class Conv2d : Convolution
        {
            internal Conv2d(long in_channels, long out_channels, (long, long) kernel_size, (long, long)? stride, (long, long)? padding,
                Padding? padding_type, (long, long)? dilation, long groups, bool bias, PaddingModes padding_mode, Device? device,
                ScalarType? dtype)
                : base(nameof(Conv2d), in_channels, out_channels,
                    new(Both(kernel_size), Both(stride), padding_type is null ? Both(padding, 0) : null, padding_type, Both(dilation)),
                    groups, bias, padding_mode, device, dtype)
            {
            }

            public override Tensor forward(Tensor input)
            {
                var channels = input.ndim is 3 or 4 ? input.size((int)input.ndim - 3) : -1;
                if (channels != in_channels)
                    throw new ArgumentException(
                        FormattableString.Invariant($"Expected 3D (unbatched) or 4D (batched) input with {in_channels} channels to Conv2d, ") +
                        $"got [{string.Join(", ", input.shape)}].",
                        nameof(input));
                if (padding_mode != PaddingModes.Zeros)
                {
                    using var padded = nn.functional.pad(input, Border(), padding_mode);
                    return nn.functional.conv2d(padded, weight, bias, stride, [0, 0], dilation, groups);
                }
                return padding_type is { } kind
                    ? nn.functional.conv2d_padding(input, weight, bias, stride, kind, dilation, groups)
                    : nn.functional.conv2d(input, weight, bias, stride, padding, dilation, groups);
            }

            private static long[] Both((long, long)? pair, long otherwise = 1) => [pair?.Item1 ?? otherwise, pair?.Item2 ?? otherwise];
        }
    }

    public static partial class torch
    {
        public static partial class nn
        {
            public static Modules.Conv2d Conv2d(long in_channels, long out_channels, long kernel_size, long stride = 1, long padding = 0,
                long dilation = 1, PaddingModes padding_mode = PaddingModes.Zeros, long groups = 1, bool bias = true,
                Device? device = null, ScalarType? dtype = null) =>
                new(in_channels, out_channels, (kernel_size, kernel_size), (stride, stride), (padding, padding), null,
                    (dilation, dilation), groups, bias, padding_mode, device, dtype);

            public static Modules.Conv2d Conv2d(long in_channels, long out_channels, (long, long) kernel_size, (long, long)? stride = null,
                (long, long)? padding = null, (long, long)? dilation = null, PaddingModes padding_mode = PaddingModes.Zeros,
                long groups = 1, bool bias = true, Device? device = null, ScalarType? dtype = null) =>
                new(in_channels, out_channels, kernel_size, stride, padding, null, dilation, groups, bias, padding_mode, device, dtype);

            public static Modules.Conv2d Conv2d(long in_channels, long out_channels, long kernel_size, Padding padding, long stride = 1,
                long dilation = 1, PaddingModes padding_mode = PaddingModes.Zeros, long groups = 1, bool bias = true,
                Device? device = null, ScalarType? dtype = null) =>
                new(in_channels, out_channels, (kernel_size, kernel_size), (stride, stride), null, padding,
                    (dilation, dilation), groups, bias, padding_mode, device, dtype);

            public static Modules.Conv2d Conv2d(long in_channels, long out_channels, (long, long) kernel_size, Padding padding,
                (long, long)? stride = null, (long, long)? dilation = null, PaddingModes padding_mode = PaddingModes.Zeros,
                long groups = 1, bool bias = true, Device? device = null, ScalarType? dtype = null) =>
                new(in_channels, out_channels, kernel_size, stride, null, padding, dilation, groups, bias, padding_mode, device, dtype);

            public static partial class functional
            {
                public static Tensor conv2d(Tensor input, Tensor weight, Tensor? bias = null, long[]? strides = null,
                    long[]? padding = null, long[]? dilation = null, long groups = 1)
                {
                    strides ??= One;
                    padding ??= Zero;
                    dilation ??= One;
                    return Native.Wrap(Native.falw_conv2d(input.Handle, weight.Handle, Maybe(bias), strides, strides.Length,
                        padding, padding.Length, dilation, dilation.Length, groups));
                }

                public static Tensor conv2d_padding(Tensor input, Tensor weight, Tensor? bias = null, long[]? strides = null,
                    Padding padding = Padding.Valid, long[]? dilation = null, long groups = 1)
                {
                    strides ??= One;
                    dilation ??= One;
                    return Native.Wrap(Native.falw_conv2d_named(input.Handle, weight.Handle, Maybe(bias), strides, strides.Length,
                        padding == Padding.Same, dilation, dilation.Length, groups));
                }

                private static readonly long[] Zero = [0];
                private static readonly long[] One = [1];

                private static TensorHandle Maybe(Tensor? tensor) => tensor is null ? TensorHandle.None : tensor.Handle;
            }
        }
    }
}
