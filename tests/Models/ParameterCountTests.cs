using FaLW.Models;

namespace FaLW.Tests.Models;

/// <summary>Counts published for the networks of SalUn's code and of torchvision; ResNet-8 and the toys by hand.</summary>
public class ParameterCountTests
{
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
