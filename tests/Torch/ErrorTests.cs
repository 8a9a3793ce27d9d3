using System.Runtime.InteropServices;
using static TorchSharp.torch;

namespace FaLW.Tests.Torch;

/// <summary>libtorch's errors arrive with libtorch's words.</summary>
public sealed class ErrorTests
{
    [Fact]
    public void A_shape_mismatch_names_both_shapes()
    {
        using var scope = NewDisposeScope();
        var failure = Assert.Throws<ExternalException>(() => ones(2, 3).matmul(ones(4, 5)));
        Assert.Contains("2x3 and 4x5", failure.Message, StringComparison.Ordinal);
        failure = Assert.Throws<ExternalException>(() => ones(2) + ones(3));
        Assert.Contains("The size of tensor a (2) must match the size of tensor b (3)", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void The_message_says_what_was_wrong()
    {
        using var scope = NewDisposeScope();
        var t = ones(3);
        Says("index out of range", () => t.index_select(0, tensor(new[] { 5L })));
        Says("Dimension out of range", () => t.sum(3));
        Says("shape '[4]' is invalid for input of size 3", () => t.view(4));
        Says("Tensors must have same number of dimensions", () => cat([t, ones(2, 2)]));
        Says("index 7 out of range for tensor of size", () => t[7]);
        Says("can't be cast", () => ones(3, dtype: int64).add_(t));
    }

    private static void Says(string words, Func<Tensor> act) =>
        Assert.Contains(words, Assert.Throws<ExternalException>(() => act()).Message, StringComparison.Ordinal);

    [Fact]
    public void An_error_does_not_spoil_the_next_call()
    {
        using var scope = NewDisposeScope();
        for (var i = 0; i < 3; i++)
        {
            Assert.Throws<ExternalException>(() => ones(2).view(5));
            Assert.Equal(2f, ones(2).sum().item<float>());
        }
    }

    [Fact]
    public void Threads_do_not_see_each_others_errors()
    {
        var messages = new string[2];
        Parallel.For(0, 2, i =>
        {
            using var scope = NewDisposeScope();
            for (var n = 0; n < 50; n++)
                messages[i] = Assert.Throws<ExternalException>(() => ones(10 + i).view(100 + i)).Message;
        });
        Assert.Contains("[100]", messages[0], StringComparison.Ordinal);
        Assert.Contains("[101]", messages[1], StringComparison.Ordinal);
    }

    [Fact]
    public void A_failed_operation_leaves_no_tensor_behind()
    {
        using var scope = NewDisposeScope();
        var t = ones(2);
        Assert.Throws<ExternalException>(() => t.view(5));
        Assert.Throws<ExternalException>(() => t.max(9));
        Assert.Throws<ExternalException>(() => t.chunk(2, dim: 4));
        Assert.Equal(1, scope.DisposablesCount);
    }

    [Fact]
    public void A_device_that_is_not_there_is_refused_with_a_sentence()
    {
        Assert.Throws<ArgumentException>(() => device("toaster"));
        if (cuda.is_available()) return;
        Assert.Throws<InvalidOperationException>(() => device("cuda"));
        Assert.Throws<InvalidOperationException>(() => ones(2, device: new Device("cuda:0")));
    }
}
