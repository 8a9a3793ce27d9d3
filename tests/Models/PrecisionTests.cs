using FaLW.Models;
using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace FaLW.Tests.Models;

public class PrecisionTests
{
    [Theory]
    [InlineData("ResNet-8", 16)]
    [InlineData("VGG-16-BN-LTH", 8)]
    public void Channels_last_gives_the_same_logits_and_gradients(string name, int width)
    {
        using var scope = NewDisposeScope();
        using var model = new Network(name, width).Create(3, 16, 16, classes: 5, seed: 0, CPU);
        using var other = model.Copy();
        other.ChannelsLast = true;

        var (logits, gradients) = Pass(model);
        var (otherLogits, otherGradients) = Pass(other);

        Assert.InRange(Bits.LargestDifference(logits, otherLogits), 0, 1e-5);
        Assert.All(gradients.Zip(otherGradients), pair => Assert.InRange(Bits.LargestDifference(pair.First, pair.Second), 0, 1e-4));
    }

    [Fact]
    public void Rearranging_keeps_the_parameter_objects_and_their_values()
    {
        using var model = Network.ResNet8.Create(3, 16, 16, classes: 5, seed: 0, CPU);
        var parameters = model.Parameters.ToList();
        var before = Bits.Of(model);

        model.ChannelsLast = true;
        Assert.True(parameters.SequenceEqual(model.Parameters, ReferenceEqualityComparer.Instance));
        Assert.False(parameters[0].is_contiguous());
        Assert.Equal(before, Bits.Of(model));

        model.ChannelsLast = false;
        Assert.True(parameters[0].is_contiguous());
        Assert.Equal(before, Bits.Of(model));
    }

    // bfloat16 rounds to 2^-9; VGG's last blocks normalise over eight values each, which enlarges that.
    [Theory]
    [InlineData("ResNet-8", 32, 0.05)]
    [InlineData("ResNet-18", 8, 0.05)]
    [InlineData("VGG-16-BN", 16, 0.2)]
    public void BFloat16_is_near_Float32_and_leaves_weights_and_gradients_in_32_bits(string name, int width, double tolerance)
    {
        Assert.SkipUnless(BFloat16Support.IsHere(CPU), "This processor has no bfloat16 convolutions.");
        using var scope = NewDisposeScope();
        using var model = new Network(name, width).Create(3, 16, 16, classes: 5, seed: 0, CPU);
        var (exact, _) = Pass(model);
        model.Module.zero_grad();
        model.Precision = Precision.BFloat16;
        var (rounded, gradients) = Pass(model);

        var scale = Bits.Numbers(exact).Max(Math.Abs);
        Assert.InRange(Bits.LargestDifference(exact, rounded) / scale, 1e-9, tolerance);
        Assert.Equal(float32, rounded.dtype);
        Assert.All(gradients, gradient => Assert.Equal(float32, gradient.dtype));
        Assert.All(model.Parameters, parameter => Assert.Equal(float32, parameter.dtype));
        Assert.All(model.State, entry => Assert.NotEqual(bfloat16, entry.Value.dtype));
    }

    [Fact]
    public void A_processor_without_bfloat16_is_told_so_before_any_step()
    {
        using var model = Network.ResNet8.Create(3, 16, 16, classes: 5, seed: 0, CPU);
        var refusal = Record.Exception(() => model.Precision = Precision.BFloat16);

        if (BFloat16Support.IsHere(CPU)) Assert.Null(refusal);
        else Assert.Contains("Precision.Float32", Assert.IsType<InvalidOperationException>(refusal).Message, StringComparison.Ordinal);
    }

    private static (Tensor Logits, List<Tensor> Gradients) Pass(Classifier model)
    {
        var logits = model.Logits(Bits.Images(8, 3, 16, 16));
        functional.cross_entropy(logits, tensor(new long[] { 0, 1, 2, 3, 4, 0, 1, 2 })).backward();
        return (logits, [.. model.Parameters.Select(parameter => parameter.grad!)]);
    }
}
