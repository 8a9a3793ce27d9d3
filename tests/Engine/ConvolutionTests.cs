namespace FaLW.Tests.Engine;

/// <summary>oneDNN 3.7 gives wrong sums where channels do not fill its blocks (Models/Convolution.cs): every width is held against 64 bits.</summary>
public class ConvolutionTests
{
    [Theory]
    [InlineData(1, 2, 3, 1)]
    [InlineData(2, 4, 3, 2)]
    [InlineData(4, 4, 3, 1)]
    [InlineData(8, 16, 1, 2)]
    [InlineData(12, 24, 3, 1)]
    [InlineData(24, 40, 3, 2)]
    [InlineData(40, 8, 3, 1)]
    [InlineData(16, 32, 3, 1)]
    public void Outputs_and_gradients_are_those_of_64_bits(int inputs, int outputs, int kernel, int stride)
    {
        using var scope = NewDisposeScope();
        using var draws = new Generator(0);
        using var layer = new Convolution(inputs, outputs, kernel, stride);
        var weight = layer.parameters().Single();
        // More than once, since what is wrong is what the memory happened to hold.
        for (var i = 0; i < 3; i++)
        {
            var x = randn([4, inputs, 8, 8], generator: draws).requires_grad_();
            var (exactX, exactWeight) = (x.detach().to_type(float64).requires_grad_(), weight.detach().to_type(float64).requires_grad_());
            var y = layer.call(x);
            var exact = nn.functional.conv2d(exactX, exactWeight, null, [stride, stride], [kernel / 2, kernel / 2]);
            var direction = randn(y.shape, generator: draws);
            weight.grad = null;
            (y * direction).sum().backward();
            (exact * direction.to_type(float64)).sum().backward();

            Near(exact, y);
            Near(exactX.grad!, x.grad!);
            Near(exactWeight.grad!, weight.grad!);
        }
    }

    private static void Near(Tensor exact, Tensor found)
    {
        Assert.Equal(exact.shape, found.shape);
        Assert.InRange(((found.to_type(float64) - exact).abs().max() / exact.abs().max()).item<double>(), 0, 1e-5);
    }
}
