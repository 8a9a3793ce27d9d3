using TorchSharp.Modules;
using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace FaLW.Models;

/// <summary>
/// The basic residual block (He et al., "Deep residual learning for image recognition", 2016, Figure 2):
/// two 3x3 convolutions beside a shortcut, which is a 1x1 convolution where the shape changes.
/// Field names are torchvision's parameter names.
/// </summary>
internal sealed class BasicBlock : Module<Tensor, Tensor>
{
    private readonly Convolution conv1;
    private readonly BatchNorm2d bn1;
    private readonly Convolution conv2;
    private readonly BatchNorm2d bn2;
    private readonly Sequential? downsample;

    /// <summary>A block from so many channels to so many, shrinking the image by the stride.</summary>
    public BasicBlock(long inputs, long outputs, long stride) : base(nameof(BasicBlock))
    {
        conv1 = new Convolution(inputs, outputs, kernel: 3, stride);
        bn1 = BatchNorm2d(outputs);
        conv2 = new Convolution(outputs, outputs, kernel: 3);
        bn2 = BatchNorm2d(outputs);
        if (stride != 1 || inputs != outputs)
            downsample = Sequential(new Convolution(inputs, outputs, kernel: 1, stride), BatchNorm2d(outputs));
        RegisterComponents();
    }

    /// <inheritdoc/>
    public override Tensor forward(Tensor input)
    {
        using var scope = NewDisposeScope();
        var shortcut = downsample is null ? input : downsample.call(input);
        var hidden = bn1.call(conv1.call(input)).relu_();
        return bn2.call(conv2.call(hidden)).add_(shortcut).relu_().MoveToOuterDisposeScope();
    }
}
