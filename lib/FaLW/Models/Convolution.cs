using TorchSharp;
using TorchSharp.Modules;
using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace FaLW.Models;

/// <summary>
/// A square convolution that keeps the size of its input at stride 1, with 32-bit weights that are cast
/// for the computation where a smaller format is asked for. Weights are drawn from Kaiming's normal
/// distribution by output size (He et al., "Delving deep into rectifiers", 2015), biases are zero.
/// </summary>
internal sealed class Convolution : Module<Tensor, Tensor>
{
    private const long Block = 16;
    private readonly Parameter weight;
    private readonly Parameter? bias;
    private readonly long[] stride;
    private readonly long[] padding;
    private bool channelsLast;

    /// <summary>Draws the weights from torch's generator.</summary>
    /// <param name="inputs">Input channels.</param>
    /// <param name="outputs">Output channels.</param>
    /// <param name="kernel">Side of the kernel, odd.</param>
    /// <param name="stride">Step of the kernel.</param>
    /// <param name="hasBias">Whether a number is added per output channel.</param>
    public Convolution(long inputs, long outputs, long kernel, long stride = 1, bool hasBias = false) : base(nameof(Convolution))
    {
        this.stride = [stride, stride];
        padding = [kernel / 2, kernel / 2];
        weight = Parameter(empty([outputs, inputs, kernel, kernel], dtype: float32));
        weight.DetachFromDisposeScope();
        init.kaiming_normal_(weight, mode: init.FanInOut.FanOut, nonlinearity: init.NonlinearityType.ReLU);
        if (hasBias)
        {
            bias = Parameter(zeros([outputs], dtype: float32));
            bias.DetachFromDisposeScope();
        }
        RegisterComponents();
    }

    /// <summary>The format this layer computes in and hands on.</summary>
    public Precision Precision { get; set; }

    /// <summary>Puts the weights into the given memory order; gradients and momentum follow them.</summary>
    public void Arrange(bool channelsLast)
    {
        this.channelsLast = channelsLast;
        Layout.Rearrange(weight, channelsLast);
    }

    /// <inheritdoc/>
    public override Tensor forward(Tensor input)
    {
        using var scope = NewDisposeScope();
        var (x, w, b) = (input, (Tensor)weight, (Tensor?)bias);
        if (Precision == Precision.BFloat16) (x, w, b) = (x.to_type(bfloat16), w.to_type(bfloat16), b?.to_type(bfloat16));
        var (inputs, outputs) = PartialBlocks(input) ? (Missing(w.shape[1], few: Block), Missing(w.shape[0], few: 0)) : (0, 0);
        if (inputs + outputs == 0) return functional.conv2d(x, w, b, stride, padding).MoveToOuterDisposeScope();
        if (inputs > 0) x = functional.pad(x, [0, 0, 0, 0, 0, inputs]);
        w = functional.pad(w, [0, 0, 0, 0, 0, inputs, 0, outputs]);
        b = b is null ? null : functional.pad(b, [0, outputs]);
        return functional.conv2d(x, w, b, stride, padding).narrow(1, 0, weight.shape[0]).MoveToOuterDisposeScope();
    }

    // On a processor oneDNN 3.7, which libtorch 2.10 contains, works in blocks of up to 16 channels and does not clear what a last, partial
    // block lacks: whatever the memory held before enters the sums, in gradients by the input and, above 16 input channels, in outputs too.
    // Channels of zero fill the block. With channels last it takes no blocks, except that one channel has no order.
    // To be deleted with that version; tests/Engine compares widths with 64 bits.
    private bool PartialBlocks(Tensor input) => input.device.type == DeviceType.CPU && (!channelsLast || input.shape[1] == 1);

    private static long Missing(long channels, long few) => channels <= few ? 0 : (Block - (channels % Block)) % Block;
}
