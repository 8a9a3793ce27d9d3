using static TorchSharp.torch;

namespace FaLW.Tests.Torch;

/// <summary>Whatever is done with a disposed tensor throws; nothing crashes.</summary>
public sealed class DisposedTests
{
    public static TheoryData<string> Uses => [.. Actions.Keys];

    private static Dictionary<string, Action<Tensor>> Actions { get; } = new(StringComparer.Ordinal)
    {
        ["left operand"] = t => _ = t + 1,
        ["right operand"] = t => _ = ones(2) + t,
        ["shape"] = t => _ = t.shape,
        ["type"] = t => _ = t.dtype,
        ["device"] = t => _ = t.device,
        ["item"] = t => _ = t.item<float>(),
        ["data"] = t => _ = t.data<float>(),
        ["bytes"] = t => _ = t.bytes.Length,
        ["in place"] = t => t.add_(1),
        ["list"] = t => _ = cat([ones(2), t]),
        ["index"] = t => _ = t[0],
        ["as index"] = t => _ = ones(3)[t],
        ["backward"] = t => t.backward(),
        ["gradient"] = t => _ = t.grad,
        ["alias"] = t => _ = t.alias(),
        ["copy"] = t => ones(2).copy_(t),
        ["move"] = t => _ = t.to(CPU),
        ["two results"] = t => _ = t.max(0),
    };

    [Theory]
    [MemberData(nameof(Uses))]
    public void Using_it_throws(string use)
    {
        using var scope = NewDisposeScope();
        var tensor = ones(2, requires_grad: true);
        tensor.Dispose();
        Assert.ThrowsAny<InvalidOperationException>(() => Actions[use](tensor));
    }

    [Fact]
    public void Reading_elements_after_the_end_throws_instead_of_reading_freed_memory()
    {
        using var scope = NewDisposeScope();
        var tensor = ones(4);
        var elements = tensor.data<float>();
        Assert.Equal(1f, elements[3]);
        tensor.Dispose();
        Assert.ThrowsAny<InvalidOperationException>(() => elements[3]);
    }

    [Fact]
    public void Disposing_the_pieces_of_a_graph_leaves_the_graph_usable()
    {
        using var scope = NewDisposeScope();
        var x = ones(3, requires_grad: true);
        var square = x * x;
        var sum = square.sum();
        square.Dispose();
        sum.backward();
        Assert.Equal([2f, 2f, 2f], x.grad!.data<float>().ToArray());
    }
}
