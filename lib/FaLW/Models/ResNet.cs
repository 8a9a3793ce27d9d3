using TorchSharp.Modules;
using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace FaLW.Models;

/// <summary>
/// A residual network for small images: a 3x3 stem without pooling, then stages of basic blocks, each
/// stage but the first halving the image and doubling the channels, then the mean over the image and one
/// linear layer. With stages 2-2-2-2 and width 64 it is the ResNet-18 of SalUn's code (Fan et al., ICLR
/// 2024), with 3-3-3 and width 16 the ResNet-20 of He et al. (2016), section 4.2, with 1x1 shortcuts.
/// Field names are the parameter names of torchvision and of SalUn's code.
/// </summary>
internal sealed class ResNet : Module<Tensor, Tensor>
{
    private readonly Convolution conv1;
    private readonly BatchNorm2d bn1;
    private readonly Sequential layer1;
    private readonly Sequential layer2;
    private readonly Sequential layer3;
    private readonly Sequential? layer4;
    private readonly Linear fc;

    /// <summary>Draws the weights from torch's generator.</summary>
    /// <param name="channels">Channels of the images.</param>
    /// <param name="width">Channels of the first stage.</param>
    /// <param name="blocks">Blocks in each stage; three or four stages.</param>
    /// <param name="classes">Number of logits.</param>
    public ResNet(int channels, int width, int[] blocks, int classes) : base(nameof(ResNet))
    {
        conv1 = new Convolution(channels, width, kernel: 3);
        bn1 = BatchNorm2d(width);
        layer1 = Stage(width, width, blocks[0], stride: 1);
        layer2 = Stage(width, 2 * width, blocks[1], stride: 2);
        layer3 = Stage(2 * width, 4 * width, blocks[2], stride: 2);
        layer4 = blocks.Length > 3 ? Stage(4 * width, 8 * width, blocks[3], stride: 2) : null;
        fc = Linear(width << (blocks.Length - 1), classes);
        RegisterComponents();
    }

    /// <inheritdoc/>
    public override Tensor forward(Tensor images)
    {
        using var scope = NewDisposeScope();
        var x = bn1.call(conv1.call(images)).relu_();
        x = layer3.call(layer2.call(layer1.call(x)));
        if (layer4 is not null) x = layer4.call(x);
        var features = x.to_type(float32).mean([2, 3]);
        return fc.call(features).MoveToOuterDisposeScope();
    }

    private static Sequential Stage(long inputs, long outputs, int blocks, long stride) => Sequential(
        Enumerable.Range(0, blocks).Select(block => block == 0
            ? new BasicBlock(inputs, outputs, stride)
            : new BasicBlock(outputs, outputs, stride: 1)));
}
