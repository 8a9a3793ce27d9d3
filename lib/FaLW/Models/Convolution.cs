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
    private readonly Parameter weight;
    private readonly Parameter? bias;
    private readonly long[] stride;
    private readonly long[] padding;

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
    public void Arrange(bool channelsLast) => Layout.Rearrange(weight, channelsLast);

    /// <inheritdoc/>
    public override Tensor forward(Tensor input)
    {
        if (Precision == Precision.Float32) return functional.conv2d(input, weight, bias, stride, padding);
        using var scope = NewDisposeScope();
        return functional
            .conv2d(input.to_type(bfloat16), weight.to_type(bfloat16), bias?.to_type(bfloat16), stride, padding)
            .MoveToOuterDisposeScope();
    }
}
