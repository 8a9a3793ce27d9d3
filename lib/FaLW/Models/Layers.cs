using TorchSharp;
using TorchSharp.Modules;
using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace FaLW.Models;

/// <summary>
/// A residual network for small images: a 3x3 stem without pooling, then three or four stages of basic blocks, each
/// stage but the first halving the image and doubling the channels, then the mean over the image and one
/// linear layer. With stages 2-2-2-2 and width 64 it is the ResNet-18 of SalUn's code (Fan et al., ICLR
/// 2024), with 3-3-3 and width 16 the ResNet-20 of He et al. (2016), section 4.2, with 1x1 shortcuts.
/// Field names are the parameter names of torchvision and of SalUn's code.
/// </summary>
internal sealed class ResNet : Module<Tensor, Tensor>
{
    private readonly Convolution conv1;
    private readonly BatchNorm2d bn1;
    private readonly Sequential layer1, layer2, layer3;
    private readonly Sequential? layer4;
    private readonly Linear fc;

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

    public override Tensor forward(Tensor images)
    {
        using var scope = NewDisposeScope();
        var x = bn1.call(conv1.call(images)).relu_();
        x = layer3.call(layer2.call(layer1.call(x)));
        if (layer4 is not null) x = layer4.call(x);
        return fc.call(x.to_type(float32).mean([2, 3])).MoveToOuterDisposeScope();
    }

    private static Sequential Stage(long inputs, long outputs, int blocks, long stride) => Sequential(
        Enumerable.Range(0, blocks).Select(block => block == 0 ? new BasicBlock(inputs, outputs, stride) : new BasicBlock(outputs, outputs, stride: 1)));
}

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

    public override Tensor forward(Tensor input)
    {
        using var scope = NewDisposeScope();
        var shortcut = downsample is null ? input : downsample.call(input);
        var hidden = bn1.call(conv1.call(input)).relu_();
        return bn2.call(conv2.call(hidden)).add_(shortcut).relu_().MoveToOuterDisposeScope();
    }
}

/// <summary>
/// VGG-16 with batch normalisation (Simonyan and Zisserman, "Very deep convolutional networks", 2015,
/// configuration D) in the three variants in use; the static methods say whose. Parameter names are
/// torchvision's: features.N, classifier.N.
/// </summary>
internal sealed class Vgg16 : Module<Tensor, Tensor>
{
    private readonly Sequential features;
    private readonly Module<Tensor, Tensor> classifier;
    private readonly long[] map;

    private Vgg16(Sequential features, int side, Module<Tensor, Tensor> classifier) : base(nameof(Vgg16))
    {
        (this.features, this.classifier, map) = (features, classifier, [side, side]);
        foreach (var linear in classifier.modules().Append(classifier).OfType<Linear>())
        {
            init.normal_(linear.weight, 0, 0.01);
            init.zeros_(linear.bias!);
        }

        RegisterComponents();
    }

    /// <summary>SalUn's vgg16_bn: convolutions without bias, four poolings, a 2x2 map, a head of three layers 256 wide.</summary>
    public static Vgg16 Saliency(int channels, int width, int classes) => new(
        Features(channels, width, poolings: 4, hasBias: false),
        side: 2,
        Sequential(Linear(4 * 8 * width, 256), ReLU(inplace: true), Linear(256, 256), ReLU(inplace: true), Linear(256, classes)));

    /// <summary>SalUn's vgg16_bn_lth: convolutions with bias, four poolings, the mean of the map, one linear layer.</summary>
    public static Vgg16 LotteryTicket(int channels, int width, int classes) =>
        new(Features(channels, width, poolings: 4, hasBias: true), side: 1, Linear(8 * width, classes));

    /// <summary>torchvision's vgg16_bn, made for 224 pixels: five poolings, a 7x7 map, two layers of 4096 with dropout.</summary>
    public static Vgg16 Torchvision(int channels, int width, int classes) => new(
        Features(channels, width, poolings: 5, hasBias: true),
        side: 7,
        Sequential(
            Linear(49 * 8 * width, 4096), ReLU(inplace: true), Dropout(0.5),
            Linear(4096, 4096), ReLU(inplace: true), Dropout(0.5),
            Linear(4096, classes)));

    public override Tensor forward(Tensor images)
    {
        using var scope = NewDisposeScope();
        var maps = functional.adaptive_avg_pool2d(features.call(images).to_type(float32), map);
        return classifier.call(maps.flatten(1)).MoveToOuterDisposeScope();
    }

    private static Sequential Features(int channels, int width, int poolings, bool hasBias)
    {
        var layers = new List<Module<Tensor, Tensor>>();
        long inputs = channels;
        foreach (var (stage, (outputs, depth)) in new[] { (1, 2), (2, 2), (4, 3), (8, 3), (8, 3) }.Index())
        {
            for (var layer = 0; layer < depth; layer++, inputs = outputs * width)
                layers.AddRange([new Convolution(inputs, outputs * width, kernel: 3, hasBias: hasBias), BatchNorm2d(outputs * width), ReLU(inplace: true)]);
            if (stage < poolings) layers.Add(new HalvingPool());
        }

        return Sequential(layers);
    }

    /// <summary>Two by two maximum pooling that leaves a map of a single pixel as it is, so that a network made for 32 pixels also takes images of 8.</summary>
    private sealed class HalvingPool() : Module<Tensor, Tensor>(nameof(HalvingPool))
    {
        public override Tensor forward(Tensor input) =>
            input.shape[2] > 1 && input.shape[3] > 1 ? functional.max_pool2d(input, [2, 2]) : input.alias();
    }
}

/// <summary>
/// Pixels to logits with at most one hidden layer: small enough to check by hand. Without hidden units it
/// is multinomial logistic regression.
/// </summary>
internal sealed class Perceptron : Module<Tensor, Tensor>
{
    private readonly Linear? hidden;
    private readonly Linear fc;

    public Perceptron(int pixels, int units, int classes) : base(nameof(Perceptron))
    {
        hidden = units > 0 ? Linear(pixels, units) : null;
        fc = Linear(units > 0 ? units : pixels, classes);
        RegisterComponents();
    }

    public override Tensor forward(Tensor images)
    {
        using var scope = NewDisposeScope();
        var x = images.flatten(1);
        if (hidden is not null) x = hidden.call(x).relu_();
        return fc.call(x).MoveToOuterDisposeScope();
    }
}

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
    private readonly long[] stride, padding;
    private bool channelsLast;

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

    /// <summary>
    /// Puts the weights into the given memory order, in place: the parameter stays the same object for optimizers and masks that know it,
    /// and gradients and momentum follow it.
    /// </summary>
    public void Arrange(bool channelsLast)
    {
        this.channelsLast = channelsLast;
        using var noGradient = no_grad();
        using var scope = NewDisposeScope();
        weight.set_(channelsLast ? ChannelsLast(weight) : weight.contiguous());
    }

    /// <summary>The same [n, channels, height, width] tensor with the channels of one pixel side by side in memory, as convolutions on CPUs and tensor cores prefer it.</summary>
    public static Tensor ChannelsLast(Tensor tensor) => tensor.permute(0, 2, 3, 1).contiguous().permute(0, 3, 1, 2);

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
