using TorchSharp.Modules;
using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace FaLW.Models;

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
        foreach (var linear in classifier.modules().Append(classifier).OfType<Linear>()) Small(linear);
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

    /// <inheritdoc/>
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

    private static void Small(Linear layer)
    {
        init.normal_(layer.weight, 0, 0.01);
        init.zeros_(layer.bias!);
    }
}
