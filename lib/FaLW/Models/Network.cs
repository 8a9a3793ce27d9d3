using System.Text.Json.Serialization;
using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace FaLW.Models;

/// <summary>
/// Which network: a name and, where it differs from the published one, a width. Every network of the kit takes
/// images of any channel count and size, because its last map is pooled to a fixed one. A network of your own is a record that
/// derives from this, with its settings as parameters and <see cref="Layers"/>; the page of this room shows one.
/// </summary>
/// <param name="Name">One of the names in <see cref="All"/>, or what tables are to call a network of your own.</param>
/// <param name="Width">Channels of the first stage (hidden units of the perceptron); 0 means the published width. A network of your own may leave it.</param>
public record Network(
    string Name, [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)] int Width = 0)
{
    private static readonly Lock Drawing = new();

    /// <summary>ResNet-18 for small images as in SalUn's code, stages 64-128-256-512: 11,173,962 parameters for 10 classes.</summary>
    public static Network ResNet18 { get; } = new("ResNet-18");

    /// <summary>ResNet-20 (He et al. 2016, section 4.2) with 1x1 shortcuts, stages 16-32-64: 272,474 parameters for 10 classes.</summary>
    public static Network ResNet20 { get; } = new("ResNet-20");

    /// <summary>One basic block per stage, stages 32-64-128: the network of the CPU scale. Not a published network.</summary>
    public static Network ResNet8 { get; } = new("ResNet-8");

    /// <summary>VGG-16 with batch normalisation as SalUn's vgg16_bn: 15,311,818 parameters for 10 classes.</summary>
    public static Network Vgg16Bn { get; } = new("VGG-16-BN");

    /// <summary>VGG-16 with batch normalisation as SalUn's vgg16_bn_lth: 14,728,266 parameters for 10 classes.</summary>
    public static Network Vgg16BnLth { get; } = new("VGG-16-BN-LTH");

    /// <summary>VGG-16 with batch normalisation as torchvision's vgg16_bn: 134,309,962 parameters for 10 classes.</summary>
    public static Network Vgg16BnTorchvision { get; } = new("VGG-16-BN-torchvision");

    /// <summary>One hidden layer of 64 units, for teaching and tests.</summary>
    public static Network Perceptron { get; } = new("Perceptron");

    /// <summary>Multinomial logistic regression on the pixels, for teaching and tests.</summary>
    public static Network Linear { get; } = new("Linear");

    /// <summary>Every network this kit knows, at its published width.</summary>
    public static IReadOnlyList<Network> All { get; } =
        [ResNet18, ResNet20, ResNet8, Vgg16Bn, Vgg16BnLth, Vgg16BnTorchvision, Perceptron, Linear];

    /// <summary>Whether a training step draws: dropout does, and anybody's own network may, from the one generator of the process, which the trainer then sets.</summary>
    internal bool DrawsWhileTraining => IsForeign || Name == Vgg16BnTorchvision.Name;

    private bool IsForeign => GetType() != typeof(Network);

    private string TooNarrow => Invariant($"A network cannot be {Width} wide; leave the width out for the published one.");

    private string Unknown => $"There is no network \"{Name}\"; known are {string.Join(", ", All.Select(network => network.Name))}.";

    /// <summary>A new classifier with weights drawn from the seed on the CPU, so that every device starts from the same ones.</summary>
    /// <param name="channels">Channels of the images.</param>
    /// <param name="height">Rows of pixels.</param>
    /// <param name="width">Columns of pixels.</param>
    /// <param name="classes">Number of classes, at least 1.</param>
    /// <param name="seed">Seed of the weights; zero is a seed.</param>
    /// <param name="device">Where the classifier is to live.</param>
    /// <exception cref="InvalidOperationException">There is no network of that name, a size is out of range, or a network of your own does not give one logit per class.</exception>
    public Classifier Create(int channels, int height, int width, int classes, int seed, Device device)
    {
        var shape = new InputShape(channels, height, width);
        lock (Drawing)
        {
            manual_seed(seed);
            return new Classifier(this, shape, classes, Build(shape, classes), device);
        }
    }

    /// <summary>One sentence for each thing that keeps the network from being made; empty when nothing does.</summary>
    public virtual IEnumerable<string> Faults() =>
        Must.All(Width < 0 ? TooNarrow : null, IsForeign || All.Any(network => network.Name == Name) ? null : Unknown);

    /// <summary>
    /// The layers, with weights drawn from torch's generator, which was seeded before; the parameters get their names from
    /// <c>RegisterComponents</c>. They must map float32 [n, channels, height, width] to [n, classes], before softmax. Take care with
    /// <c>matmul</c>: shapes that do not fit end the process, where <c>mm</c> and <c>Linear</c> throw.
    /// </summary>
    /// <param name="shape">Channels, rows and columns of the images.</param>
    /// <param name="classes">Number of logits.</param>
    protected virtual Module<Tensor, Tensor> Layers(InputShape shape, int classes) => Name switch
    {
        "ResNet-18" => new ResNet(shape.Channels, WidthOr(64), [2, 2, 2, 2], classes),
        "ResNet-20" => new ResNet(shape.Channels, WidthOr(16), [3, 3, 3], classes),
        "ResNet-8" => new ResNet(shape.Channels, WidthOr(32), [1, 1, 1], classes),
        "VGG-16-BN" => Vgg16.Saliency(shape.Channels, WidthOr(64), classes),
        "VGG-16-BN-LTH" => Vgg16.LotteryTicket(shape.Channels, WidthOr(64), classes),
        "VGG-16-BN-torchvision" => Vgg16.Torchvision(shape.Channels, WidthOr(64), classes),
        "Perceptron" => new Perceptron(shape.Pixels, WidthOr(64), classes),
        "Linear" => new Perceptron(shape.Pixels, units: Width, classes),
        _ => throw new InvalidOperationException(Unknown),
    };

    internal Module<Tensor, Tensor> Build(InputShape shape, int classes)
    {
        if (shape.Channels < 1 || shape.Height < 1 || shape.Width < 1)
            throw new InvalidOperationException($"An image has at least one channel, row and column, but {shape} was asked for.");
        ArgumentOutOfRangeException.ThrowIfLessThan(classes, 1);
        if (Width < 0) throw new InvalidOperationException(TooNarrow);
        // Fresh layers draw their weights; nobody else may draw meanwhile.
        lock (Drawing) return IsForeign ? Tried(Layers(shape, classes), shape, classes) : Layers(shape, classes);
    }

    // Two images of zeros tell what the layers make of a batch before anything is trained.
    private Module<Tensor, Tensor> Tried(Module<Tensor, Tensor>? layers, InputShape shape, int classes)
    {
        if (layers is null) throw new InvalidOperationException($"The network {Name} ({GetType().Name}) gave no layers. Return a module from Layers.");
        using var noGradient = no_grad();
        using var scope = NewDisposeScope();
        layers.eval();
        var logits = layers.call(zeros(2, shape.Channels, shape.Height, shape.Width));
        layers.train();
        if (logits.dim() != 2 || logits.shape[0] != 2 || logits.shape[1] != classes || logits.dtype != float32)
            throw new InvalidOperationException(
                Invariant($"The network {Name} ({GetType().Name}) made {logits.dtype} [{string.Join(", ", logits.shape)}] of two images, but there are {classes} classes: it must make Float32 [2, {classes}]. Let its last layer have as many outputs as classes."));
        return layers;
    }

    private int WidthOr(int published) => Width == 0 ? published : Width;
}

/// <summary>Shape of one image.</summary>
/// <param name="Channels">1 (grey) or 3 (red, green, blue).</param>
/// <param name="Height">Rows of pixels.</param>
/// <param name="Width">Columns of pixels.</param>
public sealed record InputShape(int Channels, int Height, int Width)
{
    /// <summary>Numbers in one image.</summary>
    public int Pixels => Channels * Height * Width;

    internal bool Fits(ReadOnlySpan<long> batch) => batch is [_, var channels, var height, var width] && (channels, height, width) == (Channels, Height, Width);

    /// <summary>"3x32x32".</summary>
    public override string ToString() => Invariant($"{Channels}x{Height}x{Width}");
}
