using FaLW.Models;
using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace FaLW.Tests.Models;

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
