using System.Runtime.InteropServices;
using static TorchSharp.torch;

namespace FaLW.Tests.Torch;

/// <summary>Gradients against derivatives known by hand, and the rules about who keeps them.</summary>
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
    public void Every_read_of_a_gradient_is_a_wrapper_of_the_same_memory()
    {
        using var scope = NewDisposeScope();
        var x = ones(2, requires_grad: true);
        (x * 3).sum().backward();
        var count = scope.DisposablesCount;
        var first = x.grad!;
        var second = x.grad!;
        Assert.NotSame(first, second);
        Assert.Equal(count + 2, scope.DisposablesCount);
        first.zero_();
        Assert.Equal([0f, 0f], second.data<float>().ToArray());
        second.Dispose();
        Assert.NotNull(x.grad);
    }

    [Fact]
    public void A_graph_serves_once_unless_it_is_retained()
    {
        using var scope = NewDisposeScope();
        var x = ones(2, requires_grad: true);
        var y = (x * x).sum();
        y.backward(retain_graph: true);
        y.backward();
        var failure = Assert.Throws<ExternalException>(() => y.backward());
        Assert.Contains("backward through the graph a second time", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_second_derivative_needs_create_graph_and_retain_graph()
    {
        using var scope = NewDisposeScope();
        var x = tensor(new[] { 2f }, requires_grad: true);
        var first = autograd.grad(outputs: [x.pow(3).sum()], inputs: [x], retain_graph: true, create_graph: true)[0];
        Assert.Equal(12f, first.item<float>());
        var second = autograd.grad(outputs: [first.sum()], inputs: [x])[0];
        Assert.Equal(12f, second.item<float>());
        Assert.Null(x.grad);
    }

    [Fact]
    public void A_weighted_gradient_takes_grad_outputs()
    {
        using var scope = NewDisposeScope();
        var x = ones(2, requires_grad: true);
        var weights = tensor(new[] { 10f, 100f });
        var gradient = autograd.grad([x * 2], [x], grad_outputs: [weights])[0];
        Assert.Equal([20f, 200f], gradient.data<float>().ToArray());
        autograd.backward([x * 2], grad_tensors: [weights]);
        Assert.Equal([20f, 200f], x.grad!.data<float>().ToArray());
    }

    [Fact]
    public void An_unused_input_is_an_error_or_null()
    {
        using var scope = NewDisposeScope();
        var x = ones(1, requires_grad: true);
        var unused = ones(1, requires_grad: true);
        Assert.Throws<ExternalException>(() => autograd.grad([x.sum()], [x, unused]));
        var gradients = autograd.grad([x.sum()], [x, unused], allow_unused: true);
        Assert.Equal(1f, gradients[0].item<float>());
        Assert.Null(gradients[1]);
    }

    [Fact]
    public void Backward_can_be_limited_to_some_leaves()
    {
        using var scope = NewDisposeScope();
        var x = ones(1, requires_grad: true);
        var y = ones(1, requires_grad: true);
        (x * y).sum().backward(inputs: [y]);
        Assert.Null(x.grad);
        Assert.Equal(1f, y.grad!.item<float>());
    }

    [Fact]
    public void An_inner_gradient_is_kept_where_asked()
    {
        using var scope = NewDisposeScope();
        var x = ones(2, requires_grad: true);
        var inner = x * 3;
        inner.retain_grad();
        (inner * inner).sum().backward();
        Assert.Equal([6f, 6f], inner.grad!.data<float>().ToArray());
    }
}
