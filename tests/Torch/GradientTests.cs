using static TorchSharp.torch;

namespace FaLW.Tests.Torch;

/// <summary>Gradients against derivatives known by hand.</summary>
public sealed class GradientTests
{
    [Fact]
    public void The_gradient_of_a_cube_is_three_squares()
    {
        using var scope = NewDisposeScope();
        var x = tensor(new[] { 1f, -2f, 3f }, requires_grad: true);
        Assert.Null(x.grad);
        x.pow(3).sum().backward();
        Assert.Equal([3f, 12f, 27f], x.grad!.data<float>().ToArray());
        x.pow(3).sum().backward();
        Assert.Equal([6f, 24f, 54f], x.grad!.data<float>().ToArray());
        x.grad = null;
        Assert.Null(x.grad);
    }

    [Fact]
    public void No_graph_grows_under_no_grad()
    {
        using var scope = NewDisposeScope();
        var x = ones(2, requires_grad: true);
        using (no_grad())
        {
            Assert.False((x * 2).requires_grad);
            using (enable_grad()) Assert.True((x * 2).requires_grad);
            Assert.False(is_grad_enabled());
        }
        Assert.True((x * 2).requires_grad);
    }
}
