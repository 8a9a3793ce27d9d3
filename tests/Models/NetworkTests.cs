using TorchSharp;
using static TorchSharp.torch.nn;

namespace FaLW.Tests.Models;

public class NetworkTests
{
    public static TheoryData<string, int, int> Shapes()
    {
        var data = new TheoryData<string, int, int>();
        foreach (var network in Network.All)
            foreach (var (channels, side) in network == Network.Vgg16BnTorchvision ? [(1, 8)] : new[] { (1, 8), (1, 28), (3, 32), (3, 64) })
                data.Add(network.Name, channels, side);
        return data;
    }

    [Theory]
    [MemberData(nameof(Shapes))]
    public void Every_network_takes_the_images_of_every_benchmark(string name, int channels, int side)
    {
        using var scope = NewDisposeScope();
        using var quiet = no_grad();
        using var model = new Network(name, name == "Linear" ? 0 : 4).Create(channels, side, side, classes: 5, seed: 0, CPU);

        var logits = model.Logits(Bits.Images(2, channels, side, side));

        Assert.Equal([2L, 5L], logits.shape);
        Assert.Equal(float32, logits.dtype);
        Assert.All(Bits.Numbers(logits), value => Assert.True(float.IsFinite(value)));
    }

    [Fact]
    public void Parameters_have_the_names_of_torchvision()
    {
        using var resnet = Network.ResNet20.Create(3, 32, 32, classes: 10, seed: 0, CPU);
        var names = resnet.State.Select(entry => entry.Name).ToList();

        Assert.Equal(["conv1.weight", "bn1.weight", "bn1.bias", "layer1.0.conv1.weight", "layer1.0.bn1.weight"], names.Take(5));
        Assert.Contains("layer2.0.downsample.0.weight", names);
        Assert.Contains("layer3.2.bn2.running_var", names);
        Assert.Contains("layer2.0.downsample.1.num_batches_tracked", names);
        Assert.Equal(["fc.weight", "fc.bias"], resnet.Module.named_parameters().TakeLast(2).Select(entry => entry.name));
        Assert.DoesNotContain("layer1.0.downsample.0.weight", names);
        Assert.DoesNotContain(names, name => name.StartsWith("layer4", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("VGG-16-BN", "features.41.bias", "features.40.bias", "classifier.4.weight")]
    [InlineData("VGG-16-BN-LTH", "features.40.bias", "features.42.bias", "classifier.weight")]
    [InlineData("VGG-16-BN-torchvision", "features.40.bias", "features.42.bias", "classifier.6.weight")]
    public void Vgg_layers_are_numbered_as_in_their_source(string name, string present, string absent, string head)
    {
        using var model = new Network(name, 1).Create(3, 32, 32, classes: 10, seed: 0, CPU);
        var names = model.State.Select(entry => entry.Name).ToList();

        Assert.Contains(present, names);
        Assert.DoesNotContain(absent, names);
        Assert.Contains(head, names);
    }

    [Fact]
    public void Convolutions_start_from_Kaimings_normal_by_output_size()
    {
        using var model = Network.ResNet18.Create(3, 32, 32, classes: 10, seed: 0, CPU);
        var weights = Bits.Numbers(model.State.Single(entry => entry.Name == "layer3.1.conv1.weight").Value);
        var deviation = Math.Sqrt(weights.Average(value => (double)value * value));

        Assert.Equal(Math.Sqrt(2.0 / (9 * 256)), deviation, 1e-4);
        Assert.Equal(0, weights.Average(), 1e-4);
    }

    [Fact]
    public void A_network_that_moves_computes_with_the_weights_that_moved()
    {
        using var scope = NewDisposeScope();
        using var model = Network.ResNet8.Create(1, 8, 8, classes: 3, seed: 0, CPU);
        model.Module.to(float64);
        var stem = (Module<Tensor, Tensor>)model.Module.named_children().Single(child => child.name == "conv1").module;

        Assert.Equal(float64, stem.call(Bits.Images(2, 1, 8, 8).to_type(float64)).dtype);
        Assert.All(model.Parameters, parameter => Assert.Equal(float64, parameter.dtype));
    }

    [Fact]
    public void An_unknown_name_is_answered_with_the_known_ones()
    {
        var fault = Assert.Throws<InvalidOperationException>(() => new Network("ResNet-19").Create(3, 32, 32, 10, 0, CPU));
        Assert.Contains("\"ResNet-19\"; known are ResNet-18", fault.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(0, 8, 8, 3)]
    [InlineData(1, 0, 8, 3)]
    [InlineData(1, 8, 8, 0)]
    public void Impossible_sizes_are_refused(int channels, int height, int width, int classes) =>
        Assert.ThrowsAny<Exception>(() => Network.Linear.Create(channels, height, width, classes, 0, CPU));

    [Fact]
    public void In_json_a_network_is_its_name_and_a_width_of_its_own()
    {
        Assert.Equal("""{"Name":"ResNet-18"}""", JsonSerializer.Serialize(Network.ResNet18));
        var narrow = Network.ResNet8 with { Width = 16 };
        Assert.Equal(narrow, JsonSerializer.Deserialize<Network>(JsonSerializer.Serialize(narrow)));
    }

    // Counts published for the networks of SalUn's code and of torchvision; ResNet-8 and the toys by hand.
    [Theory]
    [InlineData("ResNet-18", 10, 11_173_962)]
    [InlineData("ResNet-18", 100, 11_220_132)]
    [InlineData("ResNet-18", 200, 11_271_432)]
    [InlineData("VGG-16-BN", 10, 15_311_818)]
    [InlineData("VGG-16-BN", 100, 15_334_948)]
    [InlineData("VGG-16-BN", 200, 15_360_648)]
    [InlineData("VGG-16-BN-LTH", 10, 14_728_266)]
    [InlineData("VGG-16-BN-LTH", 100, 14_774_436)]
    [InlineData("VGG-16-BN-LTH", 200, 14_825_736)]
    [InlineData("VGG-16-BN-torchvision", 10, 134_309_962)]
    [InlineData("ResNet-20", 10, 272_474)]
    [InlineData("Linear", 10, 30_730)]
    [InlineData("Perceptron", 10, 197_322)]
    public void The_network_has_the_published_number_of_parameters(string name, int classes, long count) =>
        Assert.Equal(count, Count(new Network(name), classes));

    [Theory]
    [InlineData(0, 32)]
    [InlineData(8, 8)]
    public void ResNet_8_counts_as_its_layers_add_up(int asked, long width)
    {
        const int Classes = 20;
        var stem = (9 * 3 * width) + (2 * width);
        var first = (18 * width * width) + (4 * width);
        long Next(long inputs) => (18 * inputs * inputs) + (36 * inputs * inputs) + (2 * inputs * inputs) + (12 * inputs);
        var head = (4 * width * Classes) + Classes;

        Assert.Equal(stem + first + Next(width) + Next(2 * width) + head, Count(Network.ResNet8 with { Width = asked }, Classes));
    }

    private static long Count(Network network, int classes)
    {
        using var module = network.Build(new InputShape(3, 32, 32), classes);
        return module.parameters().Sum(parameter => parameter.numel());
    }
}

/// <summary>Checkpoints and numbers of Python's torch, made by fixtures/networks.py from its own definition of the layers.</summary>
public class ReferenceTests
{
    [Theory]
    [InlineData("resnet8", "ResNet-8", 2, 1, 8)]
    [InlineData("resnet20", "ResNet-20", 2, 3, 16)]
    [InlineData("resnet18", "ResNet-18", 2, 3, 16)]
    [InlineData("vgg16lth", "VGG-16-BN-LTH", 1, 3, 32)]
    public void Logits_gradients_and_statistics_are_those_of_Python(string file, string name, int width, int channels, int side)
    {
        using var scope = NewDisposeScope();
        using var model = new Network(name, width).Create(channels, side, side, classes: 4, seed: 0, CPU);
        model.Load(Fixture.Of($"{file}.safetensors"));
        var expected = Safetensors.Read(Fixture.Of($"{file}.io.safetensors"), CPU).ToDictionary(entry => entry.Name, entry => entry.Value);

        model.Evaluate();
        using (no_grad()) Close(expected["evaluated"], model.Logits(expected["input"]));

        model.Train();
        var logits = model.Logits(expected["input"]);
        functional.cross_entropy(logits, arange(4, dtype: int64)).backward();
        Close(expected["trained"], logits);
        Close(expected["gradient"], model.Parameters.First().grad!);
        Close(expected["mean"], model.State.First(entry => entry.Name.EndsWith("running_mean", StringComparison.Ordinal)).Value);
    }

    private static void Close(Tensor expected, Tensor actual)
    {
        Assert.Equal(expected.shape, actual.shape);
        Assert.InRange(Bits.LargestDifference(expected, actual), 0, 2e-5);
    }
}
