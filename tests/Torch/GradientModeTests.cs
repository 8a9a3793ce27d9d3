using System.Runtime.InteropServices;
using static TorchSharp.torch;

namespace FaLW.Tests.Torch;

/// <summary>Where graphs grow and where they do not.</summary>
public sealed class GradientModeTests
{
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
        using (set_grad_enabled(false)) Assert.False(is_grad_enabled());
    }

    [Fact]
    public void The_mode_belongs_to_the_thread()
    {
        using var off = no_grad();
        var elsewhere = false;
        var worker = new Thread(() => elsewhere = is_grad_enabled());
        worker.Start();
        worker.Join();
        Assert.True(elsewhere);
        Assert.False(is_grad_enabled());
    }

    [Fact]
    public void An_inference_tensor_cannot_be_saved_for_backward()
    {
        using var scope = NewDisposeScope();
        var weights = ones(2, requires_grad: true);
        Tensor made;
        using (inference_mode()) made = weights * 2;
        Assert.False(made.requires_grad);
        Assert.Contains(
            "Inference tensors",
            Assert.Throws<ExternalException>(() => weights * made).Message,
            StringComparison.Ordinal);
        Assert.True((weights * weights).requires_grad);
    }

    [Fact]
    public void A_leaf_is_what_no_operation_made()
    {
        using var scope = NewDisposeScope();
        var x = ones(2).requires_grad_();
        Assert.True(x.is_leaf);
        Assert.False((x * 1).is_leaf);
        Assert.True((x * 1).detach().is_leaf);
        Assert.False((x * 1).detach().requires_grad);
        Assert.True(ones(2).with_requires_grad().requires_grad);
        x.requires_grad = false;
        Assert.False((x * 1).requires_grad);
    }

    [Fact]
    public void A_leaf_may_not_be_changed_in_place_while_it_learns()
    {
        using var scope = NewDisposeScope();
        var x = ones(2, requires_grad: true);
        Assert.Contains("leaf Variable", Assert.Throws<ExternalException>(() => x.add_(1)).Message, StringComparison.Ordinal);
        using (no_grad()) x.add_(1);
        Assert.Equal([2f, 2f], x.detach().data<float>().ToArray());
    }

    [Fact]
    public void A_detached_tensor_shares_memory_and_a_clone_does_not()
    {
        using var scope = NewDisposeScope();
        var x = ones(1, requires_grad: true);
        x.detach().fill_(5);
        Assert.Equal(5f, x.item<float>());
        using (no_grad()) x.clone().fill_(7);
        Assert.Equal(5f, x.item<float>());
    }
}
