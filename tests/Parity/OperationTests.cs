using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace FaLW.Tests.Parity;

/// <summary>Forward and gradients of every layer, loss and function against Python's torch. Made by generate.py.</summary>
public sealed class OperationTests
{
    private const int Final = 99;

    private static readonly Lazy<Stored> Fixture = new(() => Portable.Stored<Stored>("operations.json"));

    public static TheoryData<string> Layers => [.. Fixture.Value.Cases.Where(c => c.Buffers is not null).Select(c => c.Name)];

    public static TheoryData<string> Functions => [.. Fixture.Value.Cases.Where(c => c.Buffers is null).Select(c => c.Name)];

    [Theory]
    [MemberData(nameof(Layers))]
    public void A_layer_agrees(string name)
    {
        using var scope = NewDisposeScope();
        var expected = Of(name);
        using var module = Cases.Layers[name]();
        Fill(module);
        module.train(expected.Train);
        var inputs = expected.Tensors();
        var x = inputs["x"];
        var output = name switch
        {
            "BatchNorm2d evaluation" => Evaluated(module, x),
            "BatchNorm2d" or "BatchNorm2d momentum 0.3, eps 0.001" => module.call(module.call(x)),
            _ => module.call(x),
        };
        Compare(expected, output, inputs);
        Assert.Equal(expected.Gradients.Keys.Except(["x"], StringComparer.Ordinal), module.named_parameters().Select(p => p.name));
        foreach (var (part, parameter) in module.named_parameters()) Near.Equal(expected.Gradients[part], parameter.grad, part);
        Assert.Equal(expected.Buffers!.Keys, module.named_buffers().Select(b => b.name));
        foreach (var (part, buffer) in module.named_buffers()) Near.Equal(expected.Buffers[part], buffer, part);
    }

    [Theory]
    [MemberData(nameof(Functions))]
    public void A_function_agrees(string name)
    {
        using var scope = NewDisposeScope();
        var expected = Of(name);
        var inputs = expected.Tensors();
        Compare(expected, Cases.Functions[name](inputs), inputs);
    }

    [Theory]
    [InlineData("Conv2d")]
    [InlineData("Linear")]
    public void A_seed_gives_a_fresh_layer_the_same_weights(string name)
    {
        using var scope = NewDisposeScope();
        manual_seed(7);
        using var module = Cases.Layers[name]();
        foreach (var (part, values) in Fixture.Value.Initial.Single(i => i.Name == name).Parameters)
            Near.Equal(values, module.get_parameter(part), part, 1e-6);
    }

    [Fact]
    public void Every_case_here_has_its_numbers() => Assert.Equal(
        Cases.Layers.Keys.Concat(Cases.Functions.Keys).Order(StringComparer.Ordinal),
        Fixture.Value.Cases.Select(c => c.Name).Order(StringComparer.Ordinal));

    private static Case Of(string name) => Fixture.Value.Cases.Single(c => c.Name == name);

    private static void Fill(Module module)
    {
        using var still = no_grad();
        foreach (var (parameter, i) in module.parameters().Select((p, i) => (p, i)))
            parameter.copy_(Portable.Noise(parameter.shape, 10 + i, -0.5, 0.5));
    }

    private static Tensor Evaluated(Module<Tensor, Tensor> module, Tensor x)
    {
        using (no_grad()) module.call((x * 2) + 1);
        module.eval();
        return module.call(x);
    }

    private static void Compare(Case expected, Tensor output, IReadOnlyDictionary<string, Tensor> inputs)
    {
        Assert.Equal(expected.Shape, output.shape);
        Near.Equal(expected.Output, output, "output");
        (output * Portable.Noise(output.shape, Final)).sum().backward();
        foreach (var (name, input) in inputs)
            if (expected.Gradients.TryGetValue(name, out var values)) Near.Equal(values, input.grad, name);
    }

    private sealed record Stored(string Torch, List<Initial> Initial, List<Case> Cases);

    private sealed record Initial(string Name, Dictionary<string, double[]> Parameters);

    private sealed record Input(long[] Shape, int Salt);

    private sealed record Case(
        string Name, bool Train, Dictionary<string, Input> Inputs, long[] Shape, double[] Output,
        Dictionary<string, double[]> Gradients, Dictionary<string, double[]>? Buffers)
    {
        public Dictionary<string, Tensor> Tensors() =>
            Inputs.ToDictionary(i => i.Key, i => Portable.Noise(i.Value.Shape, i.Value.Salt).requires_grad_(), StringComparer.Ordinal);
    }
}
